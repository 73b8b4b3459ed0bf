import { cpus } from 'node:os';
import { benchCommands } from './command-bench.ts';
import { benchHttp } from './http-bench.ts';

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}\n`);
console.log(benchCommands());
console.log();
console.log(await benchHttp());
