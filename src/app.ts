import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createExtractiveWriter } from './answering/extractive-writer.ts';
import { loadLexicons } from './answering/lexicons/load-lexicons.ts';
import { createRateSentences } from './answering/sentence-relevance.ts';
import { createVerify } from './answering/verify.ts';
import { createWriterChoice } from './app/active-writer.ts';
import { createDiscord, joinAlone } from './app/discord.ts';
import { evaluate } from './app/evaluate.ts';
import { createKeepStore } from './app/keep-store.ts';
import { createKnowledgeBase } from './app/knowledge-base.ts';
import { lintOwnWords } from './app/lint-own-words.ts';
import { openStore } from './app/open-store.ts';
import { createOwnerFaq } from './app/owner-faq.ts';
import { serve } from './app/serve.ts';
import { createSharedKnowledge } from './app/shared-knowledge.ts';
import type { CliApp } from './channels/cli/cli-app.ts';
import { doctorLines } from './channels/cli/doctor-lines.ts';
import type { Config, EmbedderConfig } from './config.ts';
import { createAsk } from './conversation/ask.ts';
import { createCheckFaq } from './conversation/check-faq.ts';
import { createKnownQuestions } from './conversation/known-questions.ts';
import { createDetectLocale } from './conversation/locale.ts';
import { openConversation } from './conversation/open-conversation.ts';
import { createRemember, forgetful, type Remember } from './conversation/remember.ts';
import { createStandAlone } from './conversation/standalone.ts';
import { createStepBack } from './conversation/step-back.ts';
import { createSuggest } from './conversation/suggestions.ts';
import { loadTriage } from './conversation/triage/load-triage.ts';
import { createTurnTaking } from './conversation/turn-taking.ts';
import { openClaimLint } from './knowledge/read-articles.ts';
import { stem } from './language/tokens.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { Embedder } from './models/embedder.ts';
import { createStaticEmbedder } from './models/static-embedder.ts';
import { loadStaticWeights } from './models/static-weights.ts';
import { createTermVectors } from './models/term-vectors.ts';
import { loadHnsw } from './retrieval/hnsw-index.ts';
import { createHybridSearch } from './retrieval/hybrid-search.ts';
import type { KnowledgeIndex } from './retrieval/knowledge-index.ts';
import { loadThesaurus } from './retrieval/thesaurus.ts';
import { loadUtterances } from './retrieval/utterances.ts';
import { loadWordRelations } from './retrieval/word-relations.ts';

export interface AppParts {
  readonly config: Config;
  readonly log: Log;
  /** Folder of the package, absolute. */
  readonly root: string;
  /** Address of Discord's REST interface; Discord's own unless given. */
  readonly discordApi?: string;
}

export type App = CliApp;

/** Puts the parts together: the only place where implementations are chosen. No index is opened until a method asks for it. */
export async function createApp({ config, log, root, discordApi }: AppParts): Promise<App> {
  const [weights, utterances, thesaurus, relations, { triage, triageOutput }, hnsw] = await Promise.all([
    loadStaticWeights(join(root, 'models', 'static-stems')),
    loadUtterances(join(root, 'models', 'calibration', 'utterances.txt')),
    loadThesaurus(join(root, 'lexicons', 'everyday-words.txt')),
    loadWordRelations(join(root, 'lexicons', 'wordnet-relations.txt')),
    loadTriage(root),
    loadHnsw(log),
  ]);
  const offline = createStaticEmbedder({ weights });
  const embedder = config.embedder.kind === 'offline' ? offline : await remoteEmbedder(config, config.embedder, log);
  const terms = createTermVectors(weights);
  const questions = createKnownQuestions();
  const hybrid = createHybridSearch({
    embedder,
    terms,
    thesaurus,
    relations,
    knownQuestions: questions.over((index) => knowledge.faq(index).entries),
    utterances,
    log,
  });
  const openLint = () => openClaimLint(join(root, 'lexicons'), config.knowledgeDir);
  const store = openStore(config, log);
  const checkFaq = createCheckFaq(async (ground) => ({
    verify: createVerify({ ...ground, lexicons: await loadLexicons() }),
    lint: await openLint(),
    triageOutput,
  }));
  const { generations } = store;
  const directory = join(config.dataDir, 'index');
  const shared = generations && createSharedKnowledge({ generations, directory, embedder, hnsw, log });
  const knowledge = createKnowledgeBase({ config, log, embedder, hybrid, questions, hnsw, openLint, checkFaq, shared });

  const extractive = createExtractiveWriter(createRateSentences(offline));
  const ownerFaq = createOwnerFaq({ knowledge, embedder, terms, utterances, hybrid, extractive, triage, log });
  const writers = createWriterChoice({ config, log, root, extractive, openLint, triageOutput, tokens: store.limits });
  const detectLocale = createDetectLocale((word) => weights.rows.has(stem(word)));
  const suggest = createSuggest(hybrid, ownerFaq.questionAbout);
  const stepBack = createStepBack({ triage, contacts: config.contacts });
  const metrics = createMetrics({ clock: () => performance.now() });
  const takeTurn = createTurnTaking();
  const askOver = (index: () => Promise<KnowledgeIndex>, remember: Remember = forgetful) =>
    createAsk({
      detectLocale,
      stepBack,
      index,
      standAlone: createStandAlone({ search: hybrid, rewriter: writers.rewriter, log }),
      curated: ownerFaq.curated.match,
      search: hybrid,
      writer: writers.over,
      quote: extractive,
      suggest,
      takeTurn,
      remember,
      newId: () => randomUUID(),
      deadlineMs: config.deadlineMs,
      clock: () => performance.now(),
      log,
    });
  const ask = metrics.counted(askOver(knowledge.ready, createRemember({ store, now: Date.now, log })));

  // The first reading compiles the patterns.
  const warmUp = () => void triage({ text: 'What is shiatsu?', earlier: [], crisisOpen: false });
  const discord = createDiscord({
    config,
    ...(discordApi !== undefined && { api: discordApi }),
    log,
    ask,
    store,
    knowledge,
    suggest,
    faq: () => knowledge.faq(knowledge.current()).entries,
    triage,
    detectLocale,
  });

  return {
    ask,
    openConversation: async () => openConversation(store.conversations),
    discord: {
      inviteLink: discord.inviteLink,
      register: discord.register,
      preview: discord.preview,
      join: () => joinAlone({ discord, knowledge, log, warmUp }),
    },
    index: knowledge.index,
    watch: knowledge.watch,
    doctor: async () => [
      ...(await doctorLines({
        config,
        embedder,
        hasHnsw: hnsw !== null,
        index: () => knowledge.index(),
        loaded: knowledge.current,
        store: () => store.health(),
        checkModel: async (chat) => (await writers.openModel(chat)).check(),
      })),
      ...(await discord.doctor()),
    ],
    keep: createKeepStore(config, store),
    lint: async () => lintOwnWords({ lint: await openLint(), root, knowledgeDir: config.knowledgeDir }),
    faq: ownerFaq.report,
    suggestFaq: () => ownerFaq.suggest(store.questions),
    serve: () =>
      serve({
        config,
        log,
        root,
        ask,
        store,
        metrics,
        knowledge,
        suggest,
        discord,
        warmUp,
        warmUpFaq: ownerFaq.curated.warmUp,
      }),
    evaluate: async (write) =>
      evaluate({ root, log, embedder, hybrid, index: await knowledge.ready(), askOver, write }),
    async close() {
      await knowledge.settled();
      await store.close();
    },
  };
}

/** Loaded only when it is chosen: the vendor's code takes longer to load than all of Nape. */
async function remoteEmbedder(
  { openAi, deadlineMs }: Config,
  { model, dimension }: Extract<EmbedderConfig, { readonly kind: 'openai' }>,
  log: Log,
): Promise<Embedder> {
  const { createOpenAiEmbedder } = await import('./models/openai-embedder.ts');
  return createOpenAiEmbedder({ ...openAi, model, dimension, deadlineMs, log });
}
