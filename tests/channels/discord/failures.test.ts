import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Answer, Ask } from '../../../src/domain.ts';
import { runningBot } from './running-bot.ts';

const shiatsu = { question: 'What is shiatsu?' };

/** An answer of a model that takes its time: a sentence every so often. */
function slowAsk(sentences: readonly string[], everyMs: number, beforeMs = 0): Ask {
  const id = 'neck-and-spine-massage#shiatsu/1';
  return async function* ask({ signal }) {
    yield { type: 'answer-start', turnId: 'slow-turn', conversationId: 'slow' };
    const wait = (ms: number) => pause(ms, undefined, signal ? { signal } : {}).catch(() => {});
    await wait(beforeMs);
    const said = [];
    for (const text of sentences) {
      await wait(everyMs);
      if (signal?.aborted) return;
      const sentence = { text, citations: [id], quoted: false };
      said.push(sentence);
      yield { type: 'sentence-verified', sentence };
    }
    await wait(everyMs);
    if (signal?.aborted) return;
    const passages = [
      { id, document: 'd', title: 'Title', headings: ['Shiatsu'], text: '', start: 0, end: 0, score: 1 },
    ];
    const answer: Answer = {
      turnId: 'slow-turn',
      conversationId: 'slow',
      outcome: 'answered',
      reason: null,
      text: sentences.join(' '),
      sentences: said,
      passages,
      suggestions: [],
      mode: 'generated',
    };
    yield { type: 'answer-end', answer };
  };
}

describe('a slow answer', () => {
  it('to a command > is acknowledged within a second, grows by verified sentences, at most one change a second', async () => {
    const { simulator, bot } = await runningBot({ ask: slowAsk(['First.', 'Second.', 'Third.'], 700, 700) });
    await bot.start();
    const asked = await simulator.person('Ada').slash('ask', shiatsu);
    const done = await asked.until(({ text }) => text.includes('Third.') && !text.includes('Still writing'), 10_000);
    expect(asked.acknowledgedAfterMs()).toBeLessThan(1_000);
    const versions = done.message.versions.filter((text) => text !== '');
    expect(versions.length).toBeGreaterThan(1);
    expect(versions[0]).toMatch(/^First\. \[1\](?: Second\. \[1\])?\n-# Still writing …$/u);
    expect(versions.at(-1)).toBe(
      'First. [1] Second. [1] Third. [1]\n\n-# [1] Title › Shiatsu\n-# I am an automated assistant. I give general information from the article, not medical advice. Please share no health details here.',
    );
    // Each version holds what the one before it held.
    const texts = versions.map((text) => text.split('\n')[0] ?? '');
    for (const [at, text] of texts.slice(1).entries()) expect(text.startsWith(texts[at] ?? '')).toBe(true);
    const edits = simulator.matching(/PATCH .*@original/u).map(({ at }) => at);
    for (const [at, time] of edits.slice(1).entries()) expect(time - (edits[at] ?? 0)).toBeGreaterThanOrEqual(950);
    expect(simulator.violations).toEqual([]);
  });

  it('to a mention > shows typing, then grows in one message', async () => {
    const { simulator, bot } = await runningBot({ ask: slowAsk(['First.', 'Second.'], 700, 700) });
    await bot.start();
    const asked = await simulator.person('Ada').mention('what is shiatsu?');
    await asked.until(({ text }) => text.includes('Second.') && !text.includes('Still writing'), 10_000);
    expect(asked.replies()).toHaveLength(1);
    expect(simulator.matching(/POST .*\/typing/u).length).toBeGreaterThan(0);
    expect(simulator.violations).toEqual([]);
  });
});

describe('a stop', () => {
  it('while an answer is under way > finishes it; a new question is told to wait', async () => {
    const { simulator, bot } = await runningBot({ ask: slowAsk(['First.'], 500, 500) });
    await bot.start();
    const ada = simulator.person('Ada');
    const asked = await ada.slash('ask', shiatsu, { patience: 'sent' });
    await pause(100);
    const stopped = bot.stop();
    const late = await ada.slash('ask', shiatsu);
    expect(late.reply().text).toBe('I am restarting. Please try again in a moment.');
    await stopped;
    expect(asked.reply().text).toContain('First. [1]');
  });

  it('that an answer outlasts > ends it, and says so', async () => {
    const { simulator, bot } = await runningBot({ ask: slowAsk(['First.'], 60_000), parts: { graceMs: 300 } });
    await bot.start();
    const asked = await simulator.person('Ada').slash('ask', shiatsu, { patience: 'acknowledged' });
    await bot.stop();
    expect(asked.replies().map(({ text }) => text)).toEqual(['I am restarting. Please try again in a moment.']);
  });
});

describe('an answer that turns out to be urgent', () => {
  const late: Ask = async function* () {
    await pause(900);
    const text = 'If you think someone may be in danger, call now.';
    const answer = { turnId: 't', conversationId: 'c', outcome: 'redirected', reason: 'crisis', text } as const;
    yield { type: 'answer-end', answer: { ...answer, sentences: [], passages: [], suggestions: [], mode: 'fixed' } };
  };

  it('after everybody saw that one was coming > is told to one person, and nothing is left for the others', async () => {
    const { simulator, bot } = await runningBot({ ask: late });
    await bot.start();
    const asked = await simulator.person('Ada').slash('ask', shiatsu, { patience: 'acknowledged' });
    const reply = await asked.until(({ text }) => text.includes('in danger'), 10_000);
    await asked.settled();
    expect(reply.isEphemeral).toBe(true);
    expect(reply.buttons).toEqual([]);
    expect(asked.replies()).toHaveLength(1);
    const shown = [...simulator.world.messages.values()].filter(({ onlyFor, deleted }) => onlyFor === null && !deleted);
    expect(shown).toEqual([]);
    expect(simulator.violations).toEqual([]);
  });
});

describe('a server where the bot may not open threads', () => {
  it('threads on > the answer goes into the channel', async () => {
    const { simulator, bot } = await runningBot({ registers: true });
    await bot.start();
    await simulator.person('Max', { permissions: ['manageGuild'] }).slash('nape thread', { switch: 'on' });
    simulator.deny(simulator.channel, 'createPublicThreads');
    const asked = await simulator.person('Ada').mention('what is shiatsu?');
    expect(asked.reply().message.channelId).toBe(simulator.channel.id);
    expect(asked.reply().text).toContain('Shiatsu grew out of traditions');
  });
});

describe('faults of the REST interface', () => {
  it('a reset socket at an edit, before or after it is carried out > the edit is made', async () => {
    const { simulator, bot } = await runningBot({ ask: slowAsk(['First.', 'Second.'], 400, 800) });
    await bot.start();
    simulator.fault({ on: /PATCH .*@original/u, effect: { destroySocket: 'before' }, times: 1 });
    simulator.fault({ on: /PATCH .*@original/u, effect: { destroySocket: 'after' }, times: 1 });
    const asked = await simulator.person('Ada').slash('ask', shiatsu);
    const done = await asked.until(({ text }) => text.includes('Second.') && text.includes('› Shiatsu'), 15_000);
    expect(done.text).toContain('First. [1] Second. [1]');
  });

  it('a message whose reply is lost > is sent once', async () => {
    const { simulator, bot } = await runningBot();
    await bot.start();
    simulator.fault({ on: /POST \/channels\/\d+\/messages/u, effect: { destroySocket: 'after' }, times: 1 });
    const asked = await simulator.person('Ada').mention('what is shiatsu?');
    await asked.settled(1_500);
    expect(asked.replies()).toHaveLength(1);
  });

  it('a first response whose reply is lost > is not taken for a failure', async () => {
    const { simulator, bot, logged } = await runningBot();
    await bot.start();
    simulator.fault({ on: /POST .*\/callback/u, effect: { destroySocket: 'after' }, times: 1 });
    const asked = await simulator.person('Ada').slash('ask', shiatsu);
    await asked.settled(800);
    expect(asked.replies()).toHaveLength(1);
    expect(logged.filter((line) => line.startsWith('warn'))).toEqual([]);
  });

  it('503 three times, and 429 > the answer comes', async () => {
    const { simulator, bot } = await runningBot();
    await bot.start();
    simulator.fault({ on: /POST \/channels\/\d+\/messages/u, effect: { status: 503 }, times: 2 });
    simulator.fault({
      on: /POST \/channels\/\d+\/messages/u,
      effect: { rateLimit: { retryAfterSeconds: 0.3 } },
      times: 1,
    });
    const asked = await simulator.person('Ada').mention('what is shiatsu?', { timeoutMs: 10_000 });
    expect(asked.replies()).toHaveLength(1);
    expect(asked.reply().text).toContain('Shiatsu grew out of traditions');
  });

  it('403 in a channel > it is left alone until somebody allows it again', async () => {
    const { simulator, bot, logged } = await runningBot({ registers: true });
    await bot.start();
    const ada = simulator.person('Ada');
    simulator.deny(simulator.channel, 'sendMessages');
    await ada.say(`<@${simulator.applicationId}> what is shiatsu?`);
    await simulator.until(() => logged.some((line) => line.includes('may not write in channel')), 'the log says so');
    simulator.deny(simulator.channel);
    const before = simulator.requests.length;
    await ada.say(`<@${simulator.applicationId}> what is shiatsu?`);
    await simulator.quiet(400);
    expect(simulator.requests.length).toBe(before);
    const max = simulator.person('Max', { permissions: ['manageGuild'] });
    expect((await max.slash('nape status')).reply().text).toContain(
      `I may not write in <#${simulator.channel.id}>, so I stay quiet there.`,
    );
    await max.slash('nape channel allow', { channel: simulator.channel.id });
    const asked = await ada.mention('what is shiatsu?');
    expect(asked.reply().text).toContain('Shiatsu grew out of traditions');
  });

  it('a channel without Read Message History > is answered without a reference', async () => {
    const { simulator, bot } = await runningBot();
    await bot.start();
    simulator.fault({
      on: /POST \/channels\/\d+\/messages/u,
      effect: { status: 400, code: 160_002, message: 'Cannot reply without permission to read message history' },
      times: 1,
    });
    const asked = await simulator.person('Ada').mention('what is shiatsu?');
    expect(asked.reply().message.replyTo).toBeNull();
  });
});

describe('events that come twice', () => {
  it('a message and an interaction > are answered once', async () => {
    const { simulator, bot } = await runningBot();
    await bot.start();
    const ada = simulator.person('Ada');
    const written = await ada.mention('what is shiatsu?');
    simulator.gateway.repeatLast('MESSAGE_CREATE');
    await simulator.quiet(400);
    expect(written.replies()).toHaveLength(1);
    const asked = await ada.slash('ask', shiatsu);
    simulator.gateway.repeatLast('INTERACTION_CREATE');
    await simulator.quiet(400);
    expect(asked.replies()).toHaveLength(1);
    expect(simulator.matching(/callback/u)).toHaveLength(1);
  });
});
