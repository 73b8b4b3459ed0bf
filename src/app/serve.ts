import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Suggest } from '../conversation/suggestions.ts';
import { createWidgetSettings } from '../conversation/widget-settings.ts';
import type { Ask, IndexReport } from '../domain.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { KnowledgeIndex } from '../retrieval/knowledge-index.ts';
import type { Store } from '../store/store.ts';
import { type Discord, reportJoined } from './discord.ts';
import type { KnowledgeBase } from './knowledge-base.ts';

export interface ServeParts {
  readonly config: Pick<Config, 'host' | 'port' | 'adminToken' | 'trustedProxies' | 'contacts' | 'allowedOrigins'>;
  /** Folder of the package, absolute. */
  readonly root: string;
  readonly log: Log;
  readonly ask: Ask;
  readonly store: Store;
  readonly metrics: Metrics;
  readonly knowledge: KnowledgeBase;
  readonly suggest: Suggest;
  readonly discord: Discord;
  /** Does once what the first visitor should not wait for. */
  readonly warmUp: () => void;
  /** The same for the FAQ of an index. */
  readonly warmUpFaq: (index: KnowledgeIndex) => Promise<void>;
}

/** A server that runs. */
export interface Serving {
  readonly url: string;
  /** The lines that put the widget into a page; null when it is not built. */
  readonly snippet: string | null;
  stop(): Promise<void>;
}

/** Runs the web server until `stop`; articles that change meanwhile are indexed behind it. */
export async function serve(parts: ServeParts): Promise<Serving> {
  const { config, log, root, ask, store, metrics, knowledge, suggest, discord } = parts;
  // Loaded here, because `nape ask` has no use for a web server.
  const [{ createHttpServer }, { readWidgetFiles, widgetSnippet }] = await Promise.all([
    import('../channels/http/server.ts'),
    import('../channels/http/widget-files.ts'),
  ]);
  parts.warmUp();
  const last = await knowledge.openLast();
  // With a generation at hand the server answers at once, and changes are indexed behind it.
  const fresh = knowledge.index();
  if (last) {
    fresh.catch((thrown: unknown) => log.error({ reason: String(thrown) }, 'Indexing failed; the last index answers.'));
  } else await fresh;

  let suggestions: readonly string[] = [];
  async function refresh(): Promise<void> {
    const index = knowledge.current();
    if (!index) return;
    suggestions = await suggest(index);
    await parts.warmUpFaq(index);
  }
  await refresh();

  const files = readWidgetFiles(join(root, 'dist', 'widget'));
  if (!files.current) log.warn({}, 'The widget is not built; run `npm run build`.');
  const settings = createWidgetSettings({
    contacts: config.contacts,
    suggestions: () => suggestions,
    articleLanguage: () => knowledge.current()?.documents[0]?.language ?? 'en',
  });
  const bot = await discord.open();
  const server = createHttpServer({
    ask,
    store,
    metrics,
    adminToken: config.adminToken,
    trustedProxies: config.trustedProxies,
    passage: (id) => knowledge.current()?.passage(id),
    suggestions: () => suggestions,
    faq() {
      const index = knowledge.current();
      const documents = index?.documents ?? [];
      return {
        entries: knowledge.faq(index).entries,
        titles: documents.map(({ title }) => title),
        language: documents[0]?.language ?? 'en',
      };
    },
    discord: bot?.http ?? null,
    ready() {
      const index = knowledge.current();
      if (!index) return { ready: false, detail: 'no index' };
      return { ready: true, detail: `${index.passages.length} passages` };
    },
    widget: { files, settings },
    allowedOrigins: config.allowedOrigins,
    log,
  });
  const { url } = await server.start({ host: config.host, port: config.port });

  bot?.start().then(
    (failed) => reportJoined(bot, failed, log),
    (thrown: unknown) => log.error({ reason: String(thrown) }, 'Discord: the bot could not be started'),
  );

  const watching = new AbortController();
  const onReport = async ({ generation, outcome }: IndexReport) => {
    log.info({ generation, outcome }, 'The articles changed.');
    await refresh();
  };
  knowledge
    .watch((report) => void onReport(report), watching.signal)
    .catch((thrown: unknown) =>
      log.warn({ reason: String(thrown) }, 'The knowledge folder cannot be watched; restart after changes.'),
    );
  const onGeneration = (generation: string) => {
    log.info({ generation }, 'Another replica indexed the articles.');
    void refresh();
  };
  knowledge.follow(onGeneration, watching.signal);
  return {
    url,
    snippet: widgetSnippet(files, url),
    async stop() {
      watching.abort();
      await Promise.all([server.stop(), bot?.stop()]);
    },
  };
}
