import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createDiscordSimulator } from '../discord-simulator/discord-simulator.ts';
import type { GatewayFigures } from './discord-gateway-process.ts';

const guilds = 2_000;
const channelsPerGuild = 20;
const megabyte = 1024 * 1024;

/** How long the bot takes to join the gateway with many servers, and what they take of its memory, in a process of its own. */
export async function benchDiscord(): Promise<string> {
  const simulator = await createDiscordSimulator({ moreGuilds: guilds - 1, channelsPerGuild });
  const script = fileURLToPath(new URL('discord-gateway-process.ts', import.meta.url));
  const lastChannelId = [...simulator.world.channels.keys()].at(-1) ?? '';
  const child = fork(script, [simulator.api, simulator.token, lastChannelId], {
    execArgv: ['--import', 'tsx', '--expose-gc'],
  });
  const [figures] = (await once(child, 'message')) as [GatewayFigures];
  await once(child, 'exit');
  await simulator.stop();
  const { startMs, heapBefore, heapAfter, residentBefore, residentAfter } = figures;
  const inMb = (bytes: number) => `${(bytes / megabyte).toFixed(0)} MB`;
  return [
    `Discord: ${figures.guilds} servers of ${channelsPerGuild} channels`,
    `  connected and all servers known after ${(startMs / 1000).toFixed(2)} s`,
    `  heap ${inMb(heapBefore)} before and ${inMb(heapAfter)} after, resident ${inMb(residentBefore)} and ${inMb(residentAfter)}`,
  ].join('\n');
}
