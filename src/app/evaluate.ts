import { join } from 'node:path';
import type { Remember } from '../conversation/remember.ts';
import type { Ask } from '../domain.ts';
import type { Subject } from '../evaluation/evaluate-sets.ts';
import { loadKnowledge } from '../knowledge/load-knowledge.ts';
import { quotablePassages } from '../knowledge/read-articles.ts';
import type { Log } from '../log.ts';
import type { Embedder } from '../models/embedder.ts';
import { buildIndex } from '../retrieval/build-index.ts';
import type { HybridSearch } from '../retrieval/hybrid-search.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';

export interface EvaluateParts {
  /** Folder of the package, absolute. */
  readonly root: string;
  readonly log: Log;
  readonly embedder: Embedder;
  readonly hybrid: HybridSearch;
  /** The index of this installation. */
  readonly index: KnowledgeIndex;
  /** The whole path of a question over an index. */
  readonly askOver: (index: () => Promise<KnowledgeIndex>, remember?: Remember) => Ask;
  readonly write: (text: string) => void;
}

/** Measures this installation and the articles of other subjects against the project's question sets; true when every target is met. */
export async function evaluate(parts: EvaluateParts): Promise<boolean> {
  const { root, log, embedder, hybrid, index, askOver, write } = parts;
  const [{ evaluateSets, questionSets, targets }, { evaluateConversations, conversationText }] = await Promise.all([
    import('../evaluation/evaluate-sets.ts'),
    import('../evaluation/evaluate-conversations.ts'),
  ]);
  const { readConversations } = await import('../evaluation/conversation-set.ts');
  const { openScript } = await import('../evaluation/scripted-conversation.ts');
  const ask = askOver(async () => index);
  const subjects: Subject[] = [{ index, ask, sets: await questionSets(join(root, 'tests', 'evals')) }];
  const others = join(root, 'tests', 'fixtures', 'articles-other');
  for (const document of (await loadKnowledge(others)).documents) {
    const passages = quotablePassages(document);
    const built = await buildIndex({
      directory: null,
      embedder,
      hnsw: null,
      log,
      documents: [document],
      passages,
      now: Date.now,
    });
    const sets = [join(others, `${document.id}.questions.json`)];
    subjects.push({ index: built.index, ask: askOver(async () => built.index), sets });
  }
  const areSetsMet = await evaluateSets({ subjects, search: hybrid, write });
  const scripts = join(root, 'tests', 'evals', 'conversations-tune.json');
  const figures = await evaluateConversations(await readConversations(scripts), () =>
    openScript((remember) => askOver(async () => index, remember)),
  );
  write(conversationText('conversations-tune', figures));
  const isThreadKept = figures.followUpsRight >= targets.followUpsRight && figures.draggedAlong <= targets.draggedAlong;
  return areSetsMet && isThreadKept;
}
