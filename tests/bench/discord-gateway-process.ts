import { setTimeout as pause } from 'node:timers/promises';
import { createGateway } from '../../src/channels/discord/gateway.ts';
import { silentLog } from '../../src/log.ts';

/** What the process of a bot tells: see `benchDiscord`. */
export interface GatewayFigures {
  readonly startMs: number;
  readonly guilds: number;
  readonly heapBefore: number;
  readonly heapAfter: number;
  readonly residentBefore: number;
  readonly residentAfter: number;
}

const [, , api = '', token = '', lastChannelId = ''] = process.argv;
const before = memory();
const gateway = createGateway({
  token,
  api,
  shards: 'auto',
  onInteraction: () => {},
  onLeft() {},
  onMessage: () => {},
  log: silentLog,
  now: Date.now,
  sleep: async (ms, signal) => void (await pause(ms, undefined, { signal })),
  random: Math.random,
});
const started = performance.now();
await gateway.start();
// Servers come one by one after the connection is there.
while (!gateway.channel(lastChannelId)) await pause(5);
const startMs = performance.now() - started;
const after = memory();
const figures: GatewayFigures = {
  startMs,
  guilds: gateway.guildCount(),
  heapBefore: before.heapUsed,
  heapAfter: after.heapUsed,
  residentBefore: before.rss,
  residentAfter: after.rss,
};
process.send?.(figures);
await gateway.stop();
process.disconnect?.();

function memory(): NodeJS.MemoryUsage {
  globalThis.gc?.();
  return process.memoryUsage();
}
