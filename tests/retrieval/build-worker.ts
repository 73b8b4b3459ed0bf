import { silentLog } from '../../src/log.ts';
import { buildIndex } from '../../src/retrieval/build-index.ts';
import { loadHnsw } from '../../src/retrieval/hnsw-index.ts';
import { corpusOf } from './corpus.ts';
import { createHashingEmbedder } from './hashing-embedder.ts';

// A process of its own for the tests of builds at once and of kills: `build-worker.ts <folder> <name> <builds>`.
// Each build is of a new text, so each writes a generation; a line on stdout says that one is done.
const [directory = '', name = '', builds = '0'] = process.argv.slice(2);
const hnsw = await loadHnsw(silentLog);
for (let at = 0; at < Number(builds); at += 1) {
  const text = `${name} wrote text number ${at}.`;
  const corpus = corpusOf({ article: { Heading: [text, 'A passage that stays.'] } });
  const { unsaved } = await buildIndex({
    directory,
    ...corpus,
    embedder: createHashingEmbedder(),
    hnsw,
    log: silentLog,
    now: Date.now,
  });
  if (unsaved) throw unsaved;
  process.stdout.write(`${at}\n`);
}
