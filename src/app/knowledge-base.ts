import { join } from 'node:path';
import type { Config } from '../config.ts';
import { type CheckFaq, type Faq, faqProblems } from '../conversation/check-faq.ts';
import type { KnownQuestions } from '../conversation/known-questions.ts';
import type { IndexProgress, IndexReport } from '../domain.ts';
import { NapeError } from '../errors.ts';
import type { ClaimLint } from '../knowledge/claim-lint.ts';
import { loadFaq } from '../knowledge/load-faq.ts';
import { readArticles } from '../knowledge/read-articles.ts';
import { watchFolder } from '../knowledge/watch-folder.ts';
import type { Log } from '../log.ts';
import type { Embedder } from '../models/embedder.ts';
import { buildIndex } from '../retrieval/build-index.ts';
import type { HnswLibrary } from '../retrieval/hnsw-index.ts';
import type { HybridSearch } from '../retrieval/hybrid-search.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import { openIndex } from '../retrieval/open-index.ts';
import type { SharedKnowledge } from './shared-knowledge.ts';

export interface KnowledgeBaseParts {
  readonly config: Pick<Config, 'knowledgeDir' | 'dataDir'>;
  readonly log: Log;
  readonly embedder: Embedder;
  readonly hybrid: HybridSearch;
  readonly questions: KnownQuestions;
  readonly hnsw: HnswLibrary | null;
  readonly openLint: () => Promise<ClaimLint>;
  readonly checkFaq: CheckFaq;
  /** Where several replicas share the index; null for one that is on its own. */
  readonly shared: SharedKnowledge | null;
}

/** The articles of this installation and the generation of their index that answers now. */
export interface KnowledgeBase {
  /** What answers now; undefined until something is opened or built. */
  current(): KnowledgeIndex | undefined;
  /** The index, opened or built by the first question; questions that come meanwhile wait for the same one. */
  ready(): Promise<KnowledgeIndex>;
  /** The owner's questions and answers as they hold against an index. */
  faq(index: KnowledgeIndex | undefined): Faq;
  /** Takes the last generation from the disk as it is, without looking at the articles. */
  openLast(): Promise<KnowledgeIndex | undefined>;
  /** Reads the articles and indexes what changed; one run at a time. */
  index(onProgress?: (progress: IndexProgress) => void, signal?: AbortSignal): Promise<IndexReport>;
  /** Indexes again whenever the knowledge folder changes, until `signal` aborts. */
  watch(onReport: (report: IndexReport) => void, signal: AbortSignal): Promise<void>;
  /** Takes over what other replicas index, until `signal` aborts; hears of each new generation. */
  follow(onGeneration: (name: string) => void, signal: AbortSignal): void;
  /** Resolves when no run is under way. */
  settled(): Promise<void>;
}

export function createKnowledgeBase(parts: KnowledgeBaseParts): KnowledgeBase {
  const { config, log, embedder, hybrid, questions, hnsw, openLint, checkFaq, shared } = parts;
  const directory = join(config.dataDir, 'index');
  let current: KnowledgeIndex | undefined;
  let indexing: Promise<unknown> = Promise.resolve();
  let opening: Promise<KnowledgeIndex> | undefined;

  // Held against the articles of the index that answers, so that no answer cites a passage of another one.
  const faqs = new WeakMap<KnowledgeIndex, Faq>();

  async function openLast(): Promise<KnowledgeIndex | undefined> {
    if (current) return current;
    await pull();
    if (current) return current;
    const opened = (await openIndex({ directory, embedder, log, ...(await openParts()) })) ?? undefined;
    if (opened) faqs.set(opened, await checkFaq(await loadFaq(config.knowledgeDir), opened));
    current ??= opened;
    return current;
  }

  const openParts = async () => (await shared?.openParts()) ?? { hnsw };

  /** Takes over the generation of the other replicas when it is another one; gives its name then. */
  async function pull(): Promise<string | undefined> {
    const pulled = await shared?.pull(current?.generation);
    if (!pulled) return undefined;
    faqs.set(pulled, await checkFaq(await loadFaq(config.knowledgeDir), pulled));
    current = pulled;
    return pulled.generation;
  }

  async function build({ onProgress, signal, withClaims }: Run): Promise<IndexReport> {
    const lint = withClaims ? await openLint() : null;
    const articles = await readArticles(config.knowledgeDir, lint);
    const { documents, passages } = articles;
    const faq = await checkFaq(await loadFaq(config.knowledgeDir), articles);
    const problems = [...articles.problems, ...faqProblems(faq)];
    for (const { file, message } of problems) log.warn({ file }, message);
    // What another replica has indexed already need not be built here.
    await pull();
    const built = await buildIndex({
      directory,
      embedder,
      ...(await openParts()),
      log,
      documents,
      passages,
      problems,
      calibrate: {
        by: hybrid.by(questions.identity(faq.entries)),
        calibration(index, signal) {
          // Its questions are part of what is measured.
          faqs.set(index, faq);
          return hybrid.calibration(index, signal);
        },
      },
      now: Date.now,
      ...(onProgress && { onProgress }),
      ...(signal && { signal }),
    });
    if (built.unsaved) log.warn({ reason: built.unsaved.message }, 'The index is kept in memory only.');
    faqs.set(built.index, faq);
    current = built.index;
    const { outcome, generation } = built.report;
    if (shared && !built.unsaved && (outcome === 'built' || !(await shared.exists()))) await shared.push(generation);
    return built.report;
  }

  /** A second caller waits for the first, then looks again. */
  function inTurn(run: Run): Promise<IndexReport> {
    const done = indexing.then(() => build(run));
    indexing = done.catch(() => {});
    return done;
  }

  const index: KnowledgeBase['index'] = (onProgress, signal) => inTurn({ onProgress, signal, withClaims: true });

  /** An index that fits the articles, or the last good one when they are gone. */
  async function openOrBuild(): Promise<KnowledgeIndex> {
    try {
      await inTurn({ withClaims: false });
    } catch (thrown) {
      if (!(thrown instanceof NapeError) || thrown.code !== 'knowledge-missing') throw thrown;
      if (!(await openLast())) throw thrown;
      log.warn({ reason: thrown.message }, 'The articles cannot be read; the last index answers.');
    }
    if (!current) throw new NapeError('index-unavailable', 'No index is loaded. Run `nape index`.');
    return current;
  }

  return {
    current: () => current,
    async ready() {
      if (current) return current;
      opening ??= openOrBuild().finally(() => {
        opening = undefined;
      });
      return opening;
    },
    faq: (index) => (index && faqs.get(index)) ?? noFaq,
    openLast,
    index,
    watch(onReport, signal) {
      const failed = (thrown: unknown) =>
        log.error({ reason: messageOf(thrown) }, 'Indexing failed; the last index answers.');
      const reindex = () => void index(undefined, signal).then(onReport, (thrown) => signal.aborted || failed(thrown));
      return watchFolder(config.knowledgeDir, reindex, signal);
    },
    follow(onGeneration, signal) {
      const stop = shared?.onNews(() => {
        const pulled = indexing.then(pull);
        indexing = pulled.catch(() => {});
        void pulled.then((name) => name && !signal.aborted && onGeneration(name));
      });
      signal.addEventListener('abort', () => stop?.(), { once: true });
    },
    async settled() {
      await indexing;
    },
  };
}

const noFaq: Faq = { entries: [], statuses: [] };

interface Run {
  readonly onProgress?: ((progress: IndexProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Whether the owner is told of claims in the articles; a question has no use for that, and it takes time. */
  readonly withClaims: boolean;
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
