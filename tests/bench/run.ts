import { cpus } from 'node:os';
import { benchCommands } from './command-bench.ts';
import { benchDiscord } from './discord-bench.ts';
import { benchHttp } from './http-bench.ts';
import { benchModel } from './model-bench.ts';
import { benchRetrieval } from './retrieval-bench.ts';
import { benchSearch } from './search-bench.ts';
import { benchWidget } from './widget-bench.ts';

// `npm run bench -- 5000` takes so many passages instead of 100,000.
const largeSize = Number(process.argv[2] ?? 100_000);
if (!Number.isSafeInteger(largeSize) || largeSize < 100)
  throw new Error(`${process.argv[2]} is not a number of passages`);

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}\n`);
console.log(benchCommands());
console.log();
console.log(await benchHttp());
console.log();
console.log(await benchDiscord());
console.log();
console.log(await benchModel());
console.log();
console.log(await benchSearch());
console.log();
console.log(await benchRetrieval('article'));
console.log();
console.log(await benchRetrieval(largeSize));
console.log();
console.log(await benchWidget());
