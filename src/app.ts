import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createExtractiveWriter } from './answering/extractive-writer.ts';
import type { ModelWriter } from './answering/model-writer.ts';
import { createRateSentences } from './answering/sentence-relevance.ts';
import type { Writer } from './answering/writer.ts';
import type { CliApp } from './channels/cli/cli-app.ts';
import { doctorLines } from './channels/cli/doctor-lines.ts';
import { lintLines } from './channels/cli/lint-lines.ts';
import type { ChatConfig, Config, EmbedderConfig } from './config.ts';
import { type ActiveWriter, createAsk } from './conversation/ask.ts';
import { ownTexts } from './conversation/own-texts.ts';
import { createTurnMemory } from './conversation/recent-turns.ts';
import { createStepBack } from './conversation/step-back.ts';
import { createSuggest } from './conversation/suggestions.ts';
import { readLexicon } from './conversation/triage/lexicon.ts';
import { readLexiconFiles } from './conversation/triage/read-lexicon-files.ts';
import { createTriage } from './conversation/triage/triage.ts';
import type { IndexProgress, IndexReport } from './domain.ts';
import { NapeError } from './errors.ts';
import type { Subject } from './evaluation/evaluate-sets.ts';
import type { ClaimFinding } from './knowledge/claim-lint.ts';
import { loadKnowledge } from './knowledge/load-knowledge.ts';
import { openClaimLint, quotablePassages, readArticles } from './knowledge/read-articles.ts';
import { watchFolder } from './knowledge/watch-folder.ts';
import type { Log } from './log.ts';
import type { Embedder } from './models/embedder.ts';
import { createStaticEmbedder } from './models/static-embedder.ts';
import { loadStaticWeights } from './models/static-weights.ts';
import { createTermVectors } from './models/term-vectors.ts';
import { buildIndex } from './retrieval/build-index.ts';
import { loadHnsw } from './retrieval/hnsw-index.ts';
import { createHybridSearch } from './retrieval/hybrid-search.ts';
import type { KnowledgeIndex } from './retrieval/knowledge-index.ts';
import { openIndex } from './retrieval/open-index.ts';
import { loadUtterances } from './retrieval/utterances.ts';

export interface AppParts {
  readonly config: Config;
  readonly log: Log;
  /** Folder of the package, absolute. */
  readonly root: string;
}

export type App = CliApp;

/** Puts the parts together; nothing is read or opened until a method asks for it. */
export async function createApp({ config, log, root }: AppParts): Promise<App> {
  const [weights, utterances, triageFiles, hnsw] = await Promise.all([
    loadStaticWeights(join(root, 'models', 'static-stems')),
    loadUtterances(join(root, 'models', 'calibration', 'utterances.txt')),
    readLexiconFiles(join(root, 'lexicons', 'triage')),
    loadHnsw(log),
  ]);
  const offline = createStaticEmbedder({ weights });
  const embedder = config.embedder.kind === 'offline' ? offline : await remoteEmbedder(config, config.embedder, log);
  const hybrid = createHybridSearch({ embedder, terms: createTermVectors(weights), utterances, log });
  const directory = join(config.dataDir, 'index');
  let current: KnowledgeIndex | undefined;
  let indexing: Promise<unknown> = Promise.resolve();
  let opening: Promise<KnowledgeIndex> | undefined;

  interface Run {
    readonly onProgress?: ((progress: IndexProgress) => void) | undefined;
    readonly signal?: AbortSignal | undefined;
    /** Whether the owner is told of claims in the articles; a question has no use for that, and it takes time. */
    readonly withClaims: boolean;
  }

  async function build({ onProgress, signal, withClaims }: Run): Promise<IndexReport> {
    const lint = withClaims ? await openLint() : null;
    const { documents, passages, problems } = await readArticles(config.knowledgeDir, lint);
    for (const { file, message } of problems) log.warn({ file }, message);
    const built = await buildIndex({
      directory,
      embedder,
      hnsw,
      log,
      documents,
      passages,
      problems,
      calibrate: hybrid,
      now: Date.now,
      ...(onProgress && { onProgress }),
      ...(signal && { signal }),
    });
    if (built.unsaved) log.warn({ reason: built.unsaved.message }, 'The index is kept in memory only.');
    current = built.index;
    return built.report;
  }

  /** One run at a time: a second caller waits for the first, then looks again. */
  function inTurn(run: Run): Promise<IndexReport> {
    const done = indexing.then(() => build(run));
    indexing = done.catch(() => {});
    return done;
  }

  function index(onProgress?: (progress: IndexProgress) => void, signal?: AbortSignal): Promise<IndexReport> {
    return inTurn({ onProgress, signal, withClaims: true });
  }

  /** An index that fits the articles, or the last good one when they are gone. */
  async function openOrBuild(): Promise<KnowledgeIndex> {
    try {
      await inTurn({ withClaims: false });
    } catch (thrown) {
      if (!(thrown instanceof NapeError) || thrown.code !== 'knowledge-missing') throw thrown;
      current = (await openIndex({ directory, embedder, hnsw, log })) ?? undefined;
      if (!current) throw thrown;
      log.warn({ reason: thrown.message }, 'The articles cannot be read; the last index answers.');
    }
    if (!current) throw new NapeError('index-unavailable', 'No index is loaded. Run `nape index`.');
    return current;
  }

  /** The first question opens the index; questions that come meanwhile wait for the same one. */
  async function readyIndex(): Promise<KnowledgeIndex> {
    if (current) return current;
    opening ??= openOrBuild().finally(() => {
      opening = undefined;
    });
    return opening;
  }

  const suggest = createSuggest(hybrid);
  const extractive = createExtractiveWriter(createRateSentences(offline));
  const { triage, triageOutput } = createTriage({ lexicon: readLexicon(triageFiles) });
  const openLint = () => openClaimLint(join(root, 'lexicons'), config.knowledgeDir);
  async function openWriter(chat: ChatConfig): Promise<ModelWriter> {
    const ownWords = await openLint();
    // Words that no answer may have outside quotation marks, whatever the article says.
    const isSayable = (text: string) => triageOutput(text) === null && ownWords.own('answer', text).every(isBenefit);
    return modelWriter(config, chat, root, extractive, isSayable, log);
  }

  // Opened by the first question that needs it; what is wrong with it is one log line, and the article is quoted.
  let opened: Promise<ModelWriter | null> | undefined;
  const openModel = (chat: ChatConfig) => {
    opened ??= openWriter(chat).catch((thrown: unknown) => {
      log.error({ reason: messageOf(thrown) }, 'The model cannot be used; answers are quotations.');
      return null;
    });
    return opened;
  };
  const writerOver = (index: KnowledgeIndex): ActiveWriter => {
    const { chat } = config;
    if (!chat) return { write: extractive, isModel: false };
    const write: Writer = async function* (brief) {
      const model = await openModel(chat);
      yield* model ? model.over(index)(brief) : extractive(brief);
    };
    return { write, isModel: true };
  };
  const contacts = config.contacts;
  const turns = createTurnMemory({ now: Date.now });
  const stepBack = createStepBack({ triage, turns, contacts });
  const askOver = (index: () => Promise<KnowledgeIndex>) =>
    createAsk({
      stepBack,
      index,
      search: hybrid,
      writer: writerOver,
      quote: extractive,
      suggest,
      newId: () => randomUUID(),
      deadlineMs: config.deadlineMs,
      log,
    });
  const ask = askOver(readyIndex);
  const failed = (thrown: unknown) =>
    log.error({ reason: messageOf(thrown) }, 'Indexing failed; the last index answers.');

  function watchKnowledge(onReport: (report: IndexReport) => void, signal: AbortSignal): Promise<void> {
    const reindex = () => void index(undefined, signal).then(onReport, (thrown) => signal.aborted || failed(thrown));
    return watchFolder(config.knowledgeDir, reindex, signal);
  }

  return {
    ask,
    index,
    watch: watchKnowledge,
    doctor: () =>
      doctorLines({
        config,
        embedder,
        hasHnsw: hnsw !== null,
        index: () => index(),
        loaded: () => current,
        // Asked anew, so that the owner reads the fault itself.
        checkModel: async (chat) => (await openWriter(chat)).check(),
      }),
    async lint() {
      const lint = await openLint();
      const prompts = join(root, 'prompts');
      const files = (await readdir(prompts)).filter((file) => file.endsWith('.md'));
      const texts = [
        ...ownTexts(),
        ...(await Promise.all(
          files.map(async (file) => ({ where: `prompts/${file}`, text: await readFile(join(prompts, file), 'utf8') })),
        )),
      ];
      const { documents } = await loadKnowledge(config.knowledgeDir);
      return lintLines(lint, texts, documents);
    },
    async serve() {
      // Loaded here, because `nape ask` has no use for a web server.
      const { createHttpServer } = await import('./channels/http/server.ts');
      // The first reading compiles the patterns, which the first visitor should not wait for.
      triage({ text: 'What is shiatsu?', earlier: [], crisisOpen: false });
      current ??= (await openIndex({ directory, embedder, hnsw, log })) ?? undefined;
      // With a generation at hand the server answers at once, and changes are indexed behind it.
      const fresh = index();
      if (current) fresh.catch(failed);
      else await fresh;
      let suggestions: readonly string[] = current ? await suggest(current, '', []) : [];
      const server = createHttpServer({
        ask,
        passage: (id) => current?.passage(id),
        suggestions: () => suggestions,
        ready: () =>
          current
            ? { ready: true, detail: `${current.passages.length} passages` }
            : { ready: false, detail: 'no index' },
        log,
      });
      const { url } = await server.start({ host: config.host, port: config.port });
      const watching = new AbortController();
      const refresh = async (report: IndexReport) => {
        log.info({ generation: report.generation, outcome: report.outcome }, 'The articles changed.');
        if (current) suggestions = await suggest(current, '', []);
      };
      watchKnowledge((report) => void refresh(report), watching.signal).catch((thrown: unknown) =>
        log.warn({ reason: String(thrown) }, 'The knowledge folder cannot be watched; restart after changes.'),
      );
      return {
        url,
        async stop() {
          watching.abort();
          await server.stop();
        },
      };
    },
    async evaluate(write) {
      const { evaluateSets, questionSets } = await import('./evaluation/evaluate-sets.ts');
      const index = await readyIndex();
      const subjects: Subject[] = [{ index, ask, sets: await questionSets(join(root, 'tests', 'evals')) }];
      const others = join(root, 'tests', 'fixtures', 'articles-other');
      for (const document of (await loadKnowledge(others)).documents) {
        const parts = { directory: null, embedder, hnsw: null, log, documents: [document], now: Date.now };
        const built = await buildIndex({ ...parts, passages: quotablePassages(document) });
        const sets = [join(others, `${document.id}.questions.json`)];
        subjects.push({ index: built.index, ask: askOver(async () => built.index), sets });
      }
      return evaluateSets({ subjects, search: hybrid, write });
    },
    async close() {
      await indexing;
    },
  };
}

async function modelWriter(
  config: Config,
  chat: ChatConfig,
  root: string,
  extractive: Writer,
  isSayable: (text: string) => boolean,
  log: Log,
): Promise<ModelWriter> {
  const { openModelWriter } = await import('./answering/model-writer.ts');
  const { openAi: server, deadlineMs } = config;
  const prompts = join(root, 'prompts');
  return openModelWriter({ chat, server, prompts, extractive, isSayable, deadlineMs, log, now: () => new Date() });
}

/** Loaded only when it is chosen: the vendor's code takes longer to load than all of Nape. */
async function remoteEmbedder(
  config: Config,
  { model, dimension }: Extract<EmbedderConfig, { readonly kind: 'openai' }>,
  log: Log,
): Promise<Embedder> {
  const { createOpenAiEmbedder } = await import('./models/openai-embedder.ts');
  return createOpenAiEmbedder({ ...config.openAi, model, dimension, deadlineMs: config.deadlineMs, log });
}

/** A benefit in a model's sentence has been held against the article by the gates; other claims are not its to make. */
function isBenefit({ kind }: ClaimFinding): boolean {
  return kind === 'benefit';
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
