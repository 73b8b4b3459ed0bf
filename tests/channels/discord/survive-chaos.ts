import { expect } from 'vitest';
import type { Chaos } from '../../discord-simulator/gateway-chaos.ts';
import type { RunningBot } from './running-bot.ts';

const question = 'what is shiatsu?';
const answer = 'Shiatsu grew out of traditions';

/** Lets something happen to a bot, and expects that nobody in the channel is left without one answer, nor gets two. */
export async function surviveChaos(
  { simulator }: RunningBot,
  { strike, recovery, takesSeconds = 0 }: Chaos,
): Promise<void> {
  const ada = simulator.person('Ada');
  const timeoutMs = 20_000 + takesSeconds * 1000;
  const identified = simulator.identifies.length;
  await strike(simulator);
  if (recovery !== 'identifies') {
    // What is said meanwhile is heard, at once or after the resume.
    const meanwhile = await ada.mention(question, { timeoutMs });
    expect(meanwhile.reply().text).toContain(answer);
    await simulator.quiet(50);
    expect(meanwhile.replies()).toHaveLength(1);
  }
  if (recovery === 'identifies') {
    const isBack = () => simulator.identifies.length > identified && simulator.gateway.isLive();
    await simulator.until(isBack, 'a new session', timeoutMs);
  }
  const after = await ada.slash('ask', { question }, { timeoutMs });
  expect(after.reply().text).toContain(answer);
  expect(after.replies()).toHaveLength(1);
  if (recovery !== 'identifies') expect(simulator.identifies).toHaveLength(identified);
}
