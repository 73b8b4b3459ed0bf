import { describe, expect, it } from 'vitest';
import { runningBot } from '../channels/discord/running-bot.ts';
import { surviveChaos } from '../channels/discord/survive-chaos.ts';
import { gatewayChaos } from '../discord-simulator/gateway-chaos.ts';

/** An hour of 15 seconds: Discord's five seconds between two IDENTIFYs are 20 ms of it. */
const hourMs = 15_000;
const identifyEveryMs = 20;

describe('the bot, twenty times in a row', () => {
  for (const chaos of gatewayChaos) {
    // What takes half a minute by itself is not repeated twenty times.
    const times = chaos.takesSeconds ? 2 : 20;
    it.concurrent(`${chaos.name} > is there again each time, with at most 10 IDENTIFYs an hour`, async ({
      onTestFinished,
    }) => {
      const running = await runningBot({
        simulator: { ...(chaos.isSilent && { heartbeatMs: 500 }), identifyEveryMs },
        gateway: { hourMs },
        registers: true,
        onTestFinished,
      });
      const { simulator, bot, logged } = running;
      await bot.start();
      for (let time = 1; time <= times; time += 1) {
        await surviveChaos(running, { takesSeconds: 2 * (hourMs / 1000), ...chaos }).catch((error: Error) => {
          const lately = [...simulator.gateway.log.slice(-8), ...logged.slice(-5)].join('\n');
          throw new Error(`the ${time}th time: ${error.message}\n${lately}`);
        });
      }
      expect(mostInAnHour(simulator.identifies.map(({ at }) => at))).toBeLessThanOrEqual(10);
      expect(simulator.identifies.filter(({ refused }) => refused !== null)).toEqual([]);
      expect(simulator.violations).toEqual([]);
      expect(logged.filter((line) => line.startsWith('error'))).toEqual([]);
    }, 300_000);
  }
});

/** As they arrive: what was sent an hour apart can arrive some milliseconds closer together. */
function mostInAnHour(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 0.99 * hourMs).length));
}
