import { describe, expect, it } from 'vitest';
import { customId, type Press, readCustomId } from '../../../src/channels/discord/custom-id.ts';
import { createFairStart } from '../../../src/channels/discord/fair-start.ts';
import { createGate } from '../../../src/channels/discord/gate.ts';
import {
  createGuildStore,
  defaultSettings,
  mayAnswer,
  withAllowed,
  withDenied,
} from '../../../src/channels/discord/guild-settings.ts';
import { createIdentifyThrottle, identifiesPerHour } from '../../../src/channels/discord/identify-throttle.ts';
import { withoutTokens } from '../../../src/channels/discord/message-text.ts';
import { readInteraction } from '../../../src/channels/discord/read-interaction.ts';
import { readMessage } from '../../../src/channels/discord/read-message.ts';
import { silentLog } from '../../../src/log.ts';

describe('customId', () => {
  it.each<Press>([
    { kind: 'up', turnId: '0f8fad5b-d9cb-469f-a165-70867728950e' },
    { kind: 'passages', turnId: 'a:b' },
    { kind: 'suggestion', turnId: '0f8fad5b-d9cb-469f-a165-70867728950e', at: 2 },
    { kind: 'question', digest: '0123456789abcdef' },
    { kind: 'faq-pick' },
    { kind: 'faq-page', page: 12 },
  ])('%j > is read as it was written, in at most 100 characters', (press) => {
    expect(readCustomId(customId(press))).toEqual(press);
    expect(customId(press).length).toBeLessThanOrEqual(100);
  });

  it.each(['', 'up', 'up:', 'suggestion:x:1', 'suggestion:12:1', 'faq-page:-1', 'question:xyz', 'toString:1', '🙂'])(
    '%j > is nothing of ours',
    (id) => {
      expect(readCustomId(id)).toBeNull();
    },
  );
});

describe('mayAnswer', () => {
  const [a, b] = ['1', '2'];

  it('no decision > everywhere; denied > not there nor in its threads', () => {
    expect(mayAnswer(defaultSettings, a, null)).toBe(true);
    const settings = withDenied(defaultSettings, a);
    expect([mayAnswer(settings, a, null), mayAnswer(settings, '9', a), mayAnswer(settings, b, null)]).toEqual([
      false,
      false,
      true,
    ]);
    expect(withAllowed(settings, a)).toEqual(defaultSettings);
  });

  it('allowed > only there and in its threads; the last one denied > nowhere', () => {
    const settings = withAllowed(defaultSettings, a);
    expect([mayAnswer(settings, a, null), mayAnswer(settings, '9', a), mayAnswer(settings, b, null)]).toEqual([
      true,
      true,
      false,
    ]);
    const none = withDenied(settings, a);
    expect([mayAnswer(none, a, null), mayAnswer(none, b, null)]).toEqual([false, false]);
  });

  it('a thread that is denied in an allowed channel > is quiet', () => {
    const settings = withDenied(withAllowed(defaultSettings, a), '9');
    expect([mayAnswer(settings, '9', a), mayAnswer(settings, '8', a)]).toEqual([false, true]);
  });
});

describe('createGuildStore', () => {
  function memory(initial: Readonly<Record<string, unknown>> = {}) {
    const values = new Map<string, unknown>(Object.entries(initial));
    let time = 0;
    const guilds = createGuildStore(
      {
        get: async (scope, key) => values.get(`${scope}/${key}`),
        set: async (scope, key, value) => void values.set(`${scope}/${key}`, value),
        clear: async (scope) => {
          for (const key of [...values.keys()]) if (key.startsWith(`${scope}/`)) values.delete(key);
        },
      },
      () => time,
    );
    return { guilds, values, pass: (ms: number) => (time += ms) };
  }

  it.each([undefined, null, 'x', { only: 'all' }, { ...defaultSettings, language: 'xx' }])(
    'kept %j > is read as no decision',
    async (kept) => {
      const { guilds } = memory({ 'discord-server:1/settings': kept });
      expect(await guilds.settings('1')).toEqual(defaultSettings);
      expect(await guilds.settings(null)).toEqual(defaultSettings);
    },
  );

  it('settings of another replica > are seen after five seconds', async () => {
    const { guilds, values, pass } = memory();
    expect((await guilds.settings('1')).threads).toBe(false);
    values.set('discord-server:1/settings', { ...defaultSettings, threads: true });
    expect((await guilds.settings('1')).threads).toBe(false);
    pass(5_000);
    expect((await guilds.settings('1')).threads).toBe(true);
  });

  it('a muted channel > is tried again after a day, or when it is allowed', async () => {
    const { guilds, pass } = memory();
    await guilds.mute('1', 'a');
    pass(60_000);
    await guilds.mute('1', 'b');
    expect(await guilds.muted('1')).toEqual(['a', 'b']);
    pass(24 * 60 * 60_000 - 60_000);
    expect(await guilds.muted('1')).toEqual(['b']);
    await guilds.unmute('1', 'b');
    expect(await guilds.muted('1')).toEqual([]);
  });
});

describe('createIdentifyThrottle', () => {
  function throttled(maxConcurrency = 1) {
    let time = 0;
    const throttle = createIdentifyThrottle({
      maxConcurrency,
      now: () => time,
      sleep: async (ms, signal) => {
        signal.throwIfAborted();
        time += ms;
      },
      log: silentLog,
    });
    const signal = new AbortController().signal;
    /** Gives the time at which the shard may identify. */
    async function identify(shard: number): Promise<number> {
      await throttle.waitForIdentify(shard, signal);
      return time;
    }
    return { identify, throttle };
  }

  it('one shard that cannot keep a session > waits twice as long each time, and identifies ten times an hour', async () => {
    const { identify } = throttled();
    const times: number[] = [];
    for (let at = 0; at < 25; at += 1) times.push(await identify(0));
    expect(times.slice(0, 6)).toEqual([0, 5_000, 10_000, 20_000, 40_000, 80_000]);
    const hour = 60 * 60_000;
    for (const from of times) {
      expect(times.filter((at) => at >= from && at < from + hour).length).toBeLessThanOrEqual(identifiesPerHour);
    }
  });

  it('many shards at a start > one in five seconds for each of Discord’s buckets', async () => {
    const { identify } = throttled(2);
    expect([await identify(0), await identify(1), await identify(2), await identify(3)]).toEqual([0, 0, 5_000, 5_000]);
  });

  it('a shard that closes while it waits > rejects', async () => {
    const { identify, throttle } = throttled();
    await identify(0);
    await expect(throttle.waitForIdentify(0, AbortSignal.abort(new Error('closed')))).rejects.toThrow('closed');
  });
});

describe('createFairStart', () => {
  it('answers > begin one in a round, and none while somebody is being told', async () => {
    let time = 0;
    const fair = createFairStart(() => time);
    const order: string[] = [];
    let told = () => {};
    const telling = fair.telling(() => new Promise<void>((resolve) => (told = resolve))).then(() => order.push('told'));
    const begun = [1, 2].map((number) => fair.turn().then(() => order.push(`begun ${number}`)));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(order).toEqual([]);
    told();
    await Promise.all([telling, ...begun]);
    expect(order).toEqual(['told', 'begun 1', 'begun 2']);
    // Telling that hangs is not waited for.
    void fair.telling(() => new Promise(() => {}));
    time += 1_500;
    await fair.turn();
  });
});

describe('createGate', () => {
  it('more work than places > waits in line, also behind work that fails', async () => {
    const gate = createGate(2);
    let running = 0;
    let most = 0;
    const work = (at: number) => async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
      if (at % 3 === 0) throw new Error('failed');
      return at;
    };
    const done = await Promise.allSettled(Array.from({ length: 20 }, (_, at) => gate(work(at))));
    expect(most).toBe(2);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(13);
  });
});

describe('withoutTokens', () => {
  it.each([
    ['<@123> <@!123> what is <#4> shiatsu?', 'what is shiatsu?'],
    ['shiatsu <:lotus:123> <a:spin:456> <t:17:R> </ask:7> <id:guide>', 'shiatsu'],
    ['is 3 < 4 > 2 <b>', 'is 3 < 4 > 2 <b>'],
    ['<@1>', ''],
  ])('%j > %j', (content, text) => {
    expect(withoutTokens(content)).toBe(text);
  });
});

describe('what Discord sends', () => {
  it.each([null, 1, 'x', {}, { id: 1 }, { id: '1', type: 2 }, []])(
    '%j > is no interaction and no message',
    (payload) => {
      expect(readInteraction(payload)).toBeNull();
      expect(readMessage(payload)).toBeNull();
    },
  );

  it('kinds of a later version > are unknown, and not an error', () => {
    const base = { id: '1', application_id: '2', token: 't' };
    for (const given of [
      { type: 99 },
      { type: 5, data: { custom_id: 'form', components: [] } },
      { type: 2, data: { name: 'user menu', type: 2 } },
      { type: 2, data: { name: 'menu', type: 3, target_id: '9', resolved: {} } },
    ]) {
      expect(readInteraction({ ...base, ...given })?.action).toEqual({ kind: 'unknown' });
    }
  });

  it('bots, webhooks and notices > are nobody who wrote', () => {
    const message = { id: '1', channel_id: '2', author: { id: '3' }, content: 'hi' };
    expect(readMessage(message)?.isFromPerson).toBe(true);
    for (const change of [
      { author: { id: '3', bot: true } },
      { webhook_id: '4' },
      { type: 7 },
      { type: 18 },
      { type: 20 },
    ]) {
      expect(readMessage({ ...message, ...change })?.isFromPerson).toBe(false);
    }
  });
});
