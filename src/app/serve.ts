import type { Config } from '../config.ts';
import type { Suggest } from '../conversation/suggestions.ts';
import type { Ask, IndexReport } from '../domain.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Store } from '../store/store.ts';
import type { KnowledgeBase } from './knowledge-base.ts';

export interface ServeParts {
  readonly config: Pick<Config, 'host' | 'port' | 'adminToken' | 'trustedProxies'>;
  readonly log: Log;
  readonly ask: Ask;
  readonly store: Store;
  readonly metrics: Metrics;
  readonly knowledge: KnowledgeBase;
  readonly suggest: Suggest;
  /** Does once what the first visitor should not wait for. */
  readonly warmUp: () => void;
}

/** Runs the web server until `stop`; articles that change meanwhile are indexed behind it. */
export async function serve(parts: ServeParts): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const { config, log, ask, store, metrics, knowledge, suggest } = parts;
  // Loaded here, because `nape ask` has no use for a web server.
  const { createHttpServer } = await import('../channels/http/server.ts');
  parts.warmUp();
  const last = await knowledge.openLast();
  // With a generation at hand the server answers at once, and changes are indexed behind it.
  const fresh = knowledge.index();
  if (last) {
    fresh.catch((thrown: unknown) => log.error({ reason: String(thrown) }, 'Indexing failed; the last index answers.'));
  } else await fresh;

  let suggestions: readonly string[] = [];
  async function refreshSuggestions(): Promise<void> {
    const index = knowledge.current();
    if (index) suggestions = await suggest(index);
  }
  await refreshSuggestions();

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
    ready() {
      const index = knowledge.current();
      if (!index) return { ready: false, detail: 'no index' };
      return { ready: true, detail: `${index.passages.length} passages` };
    },
    log,
  });
  const { url } = await server.start({ host: config.host, port: config.port });

  const watching = new AbortController();
  const onReport = async ({ generation, outcome }: IndexReport) => {
    log.info({ generation, outcome }, 'The articles changed.');
    await refreshSuggestions();
  };
  knowledge
    .watch((report) => void onReport(report), watching.signal)
    .catch((thrown: unknown) =>
      log.warn({ reason: String(thrown) }, 'The knowledge folder cannot be watched; restart after changes.'),
    );
  return {
    url,
    async stop() {
      watching.abort();
      await server.stop();
    },
  };
}
