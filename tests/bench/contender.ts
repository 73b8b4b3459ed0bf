import { readBenchCorpus } from './bench-corpus.ts';
import { contenders } from './contenders.ts';

// A process of its own for each contender, so that its memory can be told: `contender.ts <folder> <name>`.
const [folder = '', name = ''] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await contenders[name]!(readBenchCorpus(folder))));
