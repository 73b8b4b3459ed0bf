import { describe, expect, it } from 'vitest';
import { gatewayChaos } from '../../discord-simulator/gateway-chaos.ts';
import { runningBot } from './running-bot.ts';
import { surviveChaos } from './survive-chaos.ts';

// What takes long by itself is in the slow suite, which also repeats all of it.
const quick = gatewayChaos.filter(({ takesSeconds = 0 }) => takesSeconds === 0);

describe('the bot, when its connection meets', () => {
  it.concurrent.for(quick)('$name > is there again, and answers once', async (chaos, { onTestFinished }) => {
    // An hour of six seconds: Discord's five seconds between two IDENTIFYs are 8 ms of it.
    const running = await runningBot({
      simulator: { ...(chaos.isSilent && { heartbeatMs: 300 }), identifyEveryMs: 8 },
      gateway: { hourMs: 6_000 },
      registers: true,
      onTestFinished,
    });
    await running.bot.start();
    await surviveChaos(running, chaos);
    expect(running.simulator.violations).toEqual([]);
    expect(running.logged.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
