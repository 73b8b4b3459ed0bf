import type { Config } from '../../config.ts';
import type { IndexReport } from '../../domain.ts';
import type { Embedder } from '../../models/embedder.ts';
import type { KnowledgeIndex } from '../../retrieval/knowledge-index.ts';
import type { DoctorLine } from './cli-app.ts';

export interface DoctorParts {
  readonly config: Config;
  readonly embedder: Embedder;
  readonly hasHnsw: boolean;
  /** Brings the index up to date, as the first question would. */
  readonly index: () => Promise<IndexReport>;
  readonly loaded: () => KnowledgeIndex | undefined;
}

/** What `nape doctor` finds: what is configured, which mode runs and why. */
export async function doctorLines(parts: DoctorParts): Promise<readonly DoctorLine[]> {
  const { config, embedder } = parts;
  return [
    { state: 'ok', subject: 'node', text: process.version },
    { state: 'ok', subject: 'articles', text: config.knowledgeDir },
    ...(await indexLines(parts)),
    parts.hasHnsw
      ? { state: 'ok', subject: 'vectors', text: 'hnswlib-node is loaded' }
      : {
          state: 'warning',
          subject: 'vectors',
          text: 'hnswlib-node cannot be loaded; search is exact, and slower on large articles',
          nextStep: 'Install a C++ toolchain, then run npm rebuild hnswlib-node.',
        },
    { state: 'ok', subject: 'embedder', text: embedderText(config, embedder) },
    {
      state: 'ok',
      subject: 'answers',
      text: 'extractive: the article’s own sentences, quoted and cited; this mode needs no key',
    },
    { state: 'ok', subject: 'server', text: `listens on ${config.host}:${config.port} when started` },
  ];
}

function embedderText({ embedder: { kind } }: Config, { identity, dimension }: Embedder): string {
  const where =
    kind === 'offline' ? 'on this machine, nothing is sent' : 'remote: passages and questions are sent there';
  return `${identity}, ${dimension} dimensions, ${where}`;
}

async function indexLines({ config, index, loaded }: DoctorParts): Promise<readonly DoctorLine[]> {
  try {
    const { problems, generation } = await index();
    const passages = loaded()?.passages.length ?? 0;
    const documents = loaded()?.documents.length ?? 0;
    const inMemory = generation === 'memory';
    return [
      ...problems.map(
        ({ file, message }): DoctorLine => ({ state: 'warning', subject: 'articles', text: `${file}: ${message}` }),
      ),
      {
        state: inMemory ? 'warning' : 'ok',
        subject: 'index',
        text: `${documents} ${documents === 1 ? 'article' : 'articles'}, ${passages} passages, generation ${generation}`,
        ...(inMemory && { nextStep: `Make ${config.dataDir} writable, so that the index outlives the process.` }),
      },
    ];
  } catch (thrown) {
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    return [{ state: 'problem', subject: 'index', text, nextStep: 'Mend this, then run nape index.' }];
  }
}
