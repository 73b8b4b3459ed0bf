import { join } from 'node:path';
import { loadLexicons } from '../../src/answering/lexicons/load-lexicons.ts';
import { createVerify } from '../../src/answering/verify.ts';
import { createCheckFaq } from '../../src/conversation/check-faq.ts';
import { createKnownQuestions } from '../../src/conversation/known-questions.ts';
import { loadTriage } from '../../src/conversation/triage/load-triage.ts';
import type { Document, FaqEntry } from '../../src/domain.ts';
import { loadFaq } from '../../src/knowledge/load-faq.ts';
import { loadKnowledge } from '../../src/knowledge/load-knowledge.ts';
import { openClaimLint, quotablePassages } from '../../src/knowledge/read-articles.ts';
import { silentLog } from '../../src/log.ts';
import { createStaticEmbedder } from '../../src/models/static-embedder.ts';
import { loadStaticWeights } from '../../src/models/static-weights.ts';
import { createTermVectors } from '../../src/models/term-vectors.ts';
import { buildIndex } from '../../src/retrieval/build-index.ts';
import { createHybridSearch, type HybridSearch } from '../../src/retrieval/hybrid-search.ts';
import type { KnowledgeIndex } from '../../src/retrieval/knowledge-index.ts';
import { loadThesaurus } from '../../src/retrieval/thesaurus.ts';
import { loadUtterances } from '../../src/retrieval/utterances.ts';
import { loadWordRelations } from '../../src/retrieval/word-relations.ts';

/** An article with its question sets, and the search over it. */
export interface Subject {
  readonly index: KnowledgeIndex;
  readonly sets: readonly string[];
}

/** This installation's article with its FAQ and the articles of other subjects, each in an index in memory. */
export async function openSubjects(root: string, setsOfOwn: readonly string[]) {
  const weights = await loadStaticWeights(join(root, 'models', 'static-stems'));
  const utterances = await loadUtterances(join(root, 'models', 'calibration', 'utterances.txt'));
  const embedder = createStaticEmbedder({ weights });
  const index = async (documents: readonly Document[]): Promise<KnowledgeIndex> => {
    const passages = documents.flatMap(quotablePassages);
    const built = { directory: null, embedder, hnsw: null, log: silentLog, documents, passages, now: () => 0 };
    return (await buildIndex(built)).index;
  };
  const knowledge = join(root, 'knowledge');
  const own = await index((await loadKnowledge(knowledge)).documents);
  const entries = await faqEntries(root, knowledge, own);
  const search: HybridSearch = createHybridSearch({
    embedder,
    terms: createTermVectors(weights),
    thesaurus: await loadThesaurus(join(root, 'lexicons', 'everyday-words.txt')),
    relations: await loadWordRelations(join(root, 'lexicons', 'wordnet-relations.txt')),
    knownQuestions: createKnownQuestions().over((index) => (index === own ? entries : [])),
    utterances,
    log: silentLog,
  });
  const others = join(root, 'tests', 'fixtures', 'articles-other');
  const subjects: Subject[] = [{ index: own, sets: setsOfOwn }];
  for (const document of (await loadKnowledge(others)).documents) {
    subjects.push({ index: await index([document]), sets: [join(others, `${document.id}.questions.json`)] });
  }
  return { subjects, search, utterances };
}

async function faqEntries(root: string, folder: string, index: KnowledgeIndex): Promise<readonly FaqEntry[]> {
  const written = await loadFaq(folder);
  const { triageOutput } = await loadTriage(root);
  const check = createCheckFaq(async (ground) => ({
    verify: createVerify({ ...ground, lexicons: await loadLexicons() }),
    lint: await openClaimLint(join(root, 'lexicons'), folder),
    triageOutput,
  }));
  return written ? (await check(written, index)).entries : [];
}
