import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Ask } from '../../src/domain.ts';
import { nape, runningBot } from '../channels/discord/running-bot.ts';
import type { Exchange } from '../discord-simulator/people/exchange.ts';

const people = 1_000;
const modelMs = 60_000;
/** All of them within 20 seconds, so that each waits for the model while all the others come. */
const everyMs = 20;

/** The real search of a question, and then a model that takes a minute before its first sentence. */
const slowModel: Ask = async function* ({ text, signal }) {
  for await (const event of nape.ask({ text })) {
    if (event.type === 'sentence-verified') continue;
    if (event.type === 'answer-end') await pause(modelMs, undefined, signal ? { signal } : {}).catch(() => {});
    yield event;
  }
};

describe('a thousand people, and a model that takes a minute', () => {
  it('all interactions > are acknowledged within a second, and answered', async () => {
    const { simulator, bot, logged } = await runningBot({ ask: slowModel, simulator: { globalPerSecond: 100_000 } });
    await bot.start();
    const asked: Exchange[] = [];
    for (let at = 0; at < people; at += 1) {
      const person = simulator.person(`Person ${at}`);
      asked.push(await person.slash('ask', { question: 'What is shiatsu?' }, { patience: 'sent' }));
      await pause(everyMs);
    }
    await simulator.until(() => asked.every(isAcknowledged), 'all acknowledged', 10_000);
    expect(slowest(asked)).toBeLessThan(1_000);
    await simulator.until(
      () => asked.every((one) => one.replies()[0]?.text.includes('Shiatsu grew out of traditions')),
      'all answered',
      modelMs + 60_000,
    );
    expect(logged.filter((line) => line.startsWith('warn'))).toEqual([]);
    expect(simulator.violations).toEqual([]);
  }, 240_000);

  it('all of them in the same moment > are acknowledged within the three seconds that Discord gives', async () => {
    const { simulator, bot } = await runningBot({ ask: slowModel, parts: { graceMs: 0 } });
    await bot.start();
    const asked = await Promise.all(
      Array.from({ length: people }, (_, at) =>
        simulator.person(`Person ${at}`).slash('ask', { question: 'What is shiatsu?' }, { patience: 'sent' }),
      ),
    );
    await simulator.until(() => asked.every(isAcknowledged), 'all acknowledged', 10_000);
    expect(slowest(asked)).toBeLessThan(3_000);
  }, 120_000);
});

function isAcknowledged({ interaction }: Exchange): boolean {
  return interaction !== null && interaction.acknowledgedAt !== null;
}

/** Milliseconds; also told, because this is a figure to watch. */
function slowest(asked: readonly Exchange[]): number {
  const times = asked.map((one) => one.acknowledgedAfterMs()).sort((left, right) => left - right);
  const [median = 0, last = 0] = [times[times.length / 2], times.at(-1)];
  process.stderr.write(`${times.length} acknowledged after: median ${median} ms, last ${last} ms\n`);
  return last;
}
