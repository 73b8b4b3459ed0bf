import { describe, expect, it, onTestFinished } from 'vitest';
import { createEchoBot } from '../discord-simulator/echo-bot.ts';
import { simulatedBot } from '../discord-simulator/simulated-bot.ts';

// discord.js waits five seconds between two IDENTIFYs, so these take their time.
describe('a gateway connection that has to identify anew', () => {
  it('identifying twice within 5 seconds in one bucket > is an invalid session', async () => {
    const { simulator } = await simulatedBot();
    const client = createEchoBot(simulator);
    onTestFinished(() => client.destroy());
    void client.login(simulator.token).catch(() => {});
    await simulator.until(() => simulator.identifies.length === 2, 'the second one');
    expect(simulator.identifies[1]).toMatchObject({ refused: 'invalid-session' });
    simulator.clock.advance(5000);
    await simulator.until(
      () => simulator.identifies.at(-1)?.refused === null && simulator.identifies.length > 2,
      'a third one',
      15_000,
    );
    // discord.js waits for ever when it is destroyed between IDENTIFY and READY.
    await simulator.until(() => client.isReady(), 'being ready');
  });

  it('a session that cannot be resumed > identifies anew, and has missed what came between', async () => {
    const { simulator } = await simulatedBot();
    simulator.clock.advance(5000);
    simulator.gateway.forgetSessions();
    simulator.gateway.destroySockets();
    await simulator.until(() => simulator.identifies.length === 2, 'the second one', 15_000);
    await simulator.until(() => simulator.gateway.sessions.size === 1, 'the session');
    expect((await simulator.person('Ada').mention('after')).reply().text).toBe('echo after');
  });

  it('refused and silent connections > are tried again', async () => {
    const { simulator } = await simulatedBot();
    simulator.gateway.refuseNext(2);
    simulator.gateway.muteNext(1);
    simulator.gateway.destroySockets();
    await simulator.until(() => simulator.gateway.log.filter((what) => what === 'refused').length === 2, 'both', 5000);
    // A client that hears no HELLO waits for it, and what then helps is the other side.
    await simulator.until(() => simulator.gateway.connections() === 1, 'the silent one', 5000);
    simulator.gateway.destroySockets();
    const isLive = () => [...simulator.gateway.sessions.values()].some(({ connection }) => connection !== null);
    await simulator.until(isLive, 'a session', 20_000);
    expect((await simulator.person('Ada').mention('after')).reply().text).toBe('echo after');
    expect(simulator.gateway.log.filter((what) => what === 'refused')).toHaveLength(2);
  });
});
