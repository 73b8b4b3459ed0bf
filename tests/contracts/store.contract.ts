import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoreOptions } from '../../src/store/database-store.ts';
import { conversationIdleMs, keptTurns, type QuestionRow, type Store, type Turn } from '../../src/store/store.ts';

/** A new, empty database that several stores can be opened on, like several replicas. */
export interface StorePlace {
  open(options: StoreOptions): Promise<Store>;
  /** Everything that is in its tables, as text. */
  dump(): Promise<string>;
  remove(): Promise<void>;
}

const startedAt = Date.parse('2026-11-25T12:00:00Z');
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const unlimited = { perMinute: 0, perDay: 0 };
export const noLimits = { address: unlimited, conversation: unlimited, user: unlimited, everyone: unlimited };

/** What every store does; `createPlace` makes a fresh database. */
export function storeContract(name: string, createPlace: () => Promise<StorePlace>): void {
  describe(`store contract: ${name}`, () => {
    let clock = 0;
    beforeEach(() => {
      clock = startedAt;
    });
    const opened: Store[] = [];
    const places: StorePlace[] = [];
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((store) => store.close()));
      await Promise.all(places.splice(0).map((place) => place.remove()));
    });

    /** So many replicas on one new database, with one clock. */
    async function open(count: number, options: Partial<StoreOptions> = {}) {
      const place = await createPlace();
      places.push(place);
      const all = { keepQuestionsDays: 0, limits: noLimits, now: () => clock, purgeMs: 0, ...options };
      const more = async () => {
        const store = await place.open(all);
        opened.push(store);
        return store;
      };
      const stores = await Promise.all(Array.from({ length: count }, more));
      return { place, more, stores, store: stores[0]!, other: stores[1] ?? stores[0]! };
    }

    describe('conversations', () => {
      it('create > ids and tokens are long and never the same', async () => {
        const { store } = await open(1);
        const made = await Promise.all(
          Array.from({ length: 50 }, () => store.conversations.create({ channel: 'http' })),
        );
        for (const { id, token } of made) {
          expect(Buffer.from(id, 'base64url')).toHaveLength(16);
          expect(Buffer.from(token, 'base64url')).toHaveLength(32);
        }
        expect(new Set(made.flatMap(({ id, token }) => [id, token])).size).toBe(100);
      });

      it('open > its own token opens it on another replica, with turns in order', async () => {
        const { store, other } = await open(2);
        const { id, token } = await store.conversations.create({ channel: 'http', locale: 'de-CH' });
        const turns = [turn('t1'), turn('t2', { listed: ['Shiatsu', 'Swedish'], reason: 'not-in-article' })];
        for (const one of turns) expect(await store.conversations.append(id, one)).toBe(true);
        expect(await other.conversations.open(id, token)).toEqual({
          id,
          channel: 'http',
          locale: 'de-CH',
          crisisOpen: false,
          turns,
        });
      });

      it.each([
        ['an unknown id', 'A'.repeat(22), undefined],
        ['a foreign token', undefined, 'B'.repeat(43)],
        ['no token', undefined, ''],
        ['an id that no database could hold', '\u0000\ud800', undefined],
        ['an id with a pattern', '%', undefined],
      ])('open > %s and nothing is opened', async (_, otherId, otherToken) => {
        const { store } = await open(1);
        const { id, token } = await store.conversations.create({ channel: 'http' });
        expect(await store.conversations.open(otherId ?? id, otherToken ?? token)).toBeNull();
        expect(await store.conversations.owns(otherId ?? id, otherToken ?? token)).toBe(false);
      });

      it('open > the token of another conversation opens nothing', async () => {
        const { store } = await open(1);
        const [one, other] = await Promise.all([1, 2].map(() => store.conversations.create({ channel: 'http' })));
        expect(await store.conversations.open(one!.id, other!.token)).toBeNull();
        // A keyed one has no token at all, not an empty one.
        const keyed = await store.conversations.findOrCreate({ channel: 'discord', key: 'thread 1' });
        expect(await store.conversations.open(keyed.id, '')).toBeNull();
      });

      it('open > after half an hour without use nothing is opened, but its owner may still erase it', async () => {
        const { store } = await open(1);
        const { id, token } = await store.conversations.create({ channel: 'http' });
        await store.conversations.append(id, turn('t1'));
        clock += conversationIdleMs - 1000;
        expect((await store.conversations.open(id, token))?.turns).toHaveLength(1);
        clock += conversationIdleMs - 1000;
        expect(await store.conversations.open(id, token)).not.toBeNull();
        clock += conversationIdleMs;
        expect(await store.conversations.open(id, token)).toBeNull();
        expect(await store.conversations.append(id, turn('t2'))).toBe(false);
        expect(await store.conversations.findTurn('t1')).toBeNull();
        expect(await store.conversations.owns(id, token)).toBe(true);
      });

      it('append > more than twenty turns and the last twenty stay; a crisis among the first is not forgotten', async () => {
        const { store } = await open(1);
        const { id, token } = await store.conversations.create({ channel: 'http' });
        for (let at = 1; at <= keptTurns + 5; at += 1) {
          await store.conversations.append(id, turn(`t${at}`, { isCrisis: at === 2 }));
        }
        const found = await store.conversations.open(id, token);
        expect(found?.turns.map(({ turnId }) => turnId)).toEqual(
          Array.from({ length: keptTurns }, (_, at) => `t${at + 6}`),
        );
        expect(found?.crisisOpen).toBe(true);
      });

      it('append > the same turn again, or for an unknown conversation, and nothing is added', async () => {
        const { store } = await open(1);
        const { id, token } = await store.conversations.create({ channel: 'http' });
        await store.conversations.append(id, turn('t1', { asked: 'first' }));
        await store.conversations.append(id, turn('t1', { asked: 'again' }));
        const found = await store.conversations.open(id, token);
        expect(found?.turns.map(({ asked }) => asked)).toEqual(['first']);
        expect(await store.conversations.append('unknown', turn('t2'))).toBe(false);
      });

      it('append > two replicas append at once and every turn is there once', async () => {
        const { store, other } = await open(2);
        const { id, token } = await store.conversations.create({ channel: 'http' });
        const ids = Array.from({ length: keptTurns }, (_, at) => `t${at}`);
        await Promise.all(ids.map((turnId, at) => (at % 2 ? store : other).conversations.append(id, turn(turnId))));
        const found = await store.conversations.open(id, token);
        expect(found?.turns.map(({ turnId }) => turnId).toSorted()).toEqual(ids.toSorted());
      });

      it('append > any words and the same words come back', async () => {
        const { store } = await open(1);
        const { id, token } = await store.conversations.create({ channel: 'http' });
        const asked = `'; drop table nape_turns; -- \u0000 "指圧" 👩‍👩‍👧 \\u0000 ${'x'.repeat(2000)}`;
        await store.conversations.append(id, turn('t1', { asked }));
        expect((await store.conversations.open(id, token))?.turns[0]?.asked).toBe(asked);
      });

      it('findTurn > a turn is found with its conversation, by its id only', async () => {
        const { store, other } = await open(2);
        const { id } = await store.conversations.create({ channel: 'http' });
        await store.conversations.append(id, turn('t1'));
        expect(await other.conversations.findTurn('t1')).toEqual({ conversationId: id, turn: turn('t1') });
        expect(await other.conversations.findTurn('t2')).toBeNull();
        expect(await other.conversations.findTurn('\u0000')).toBeNull();
      });

      it('findOrCreate > one key asked for at once by two replicas is one conversation', async () => {
        const { store, other } = await open(2);
        const found = await Promise.all(
          Array.from({ length: 20 }, (_, at) =>
            (at % 2 ? store : other).conversations.findOrCreate({ channel: 'discord', key: 'thread 7' }),
          ),
        );
        expect(new Set(found.map(({ id }) => id)).size).toBe(1);
        const elsewhere = await store.conversations.findOrCreate({ channel: 'http', key: 'thread 7' });
        expect(elsewhere.id).not.toBe(found[0]!.id);
      });

      it('findOrCreate > after half an hour without use a new one begins', async () => {
        const { store } = await open(1);
        const key = { channel: 'discord', key: 'thread 7' } as const;
        const { id } = await store.conversations.findOrCreate(key);
        await store.conversations.append(id, turn('t1'));
        expect((await store.conversations.findOrCreate(key)).turns).toHaveLength(1);
        clock += conversationIdleMs;
        const next = await store.conversations.findOrCreate(key);
        expect(next).toMatchObject({ turns: [], crisisOpen: false });
        expect(next.id).not.toBe(id);
      });
    });

    describe('forgetting', () => {
      it('erase > nothing that belongs to the conversation is left, in tables or in what waits to be written', async () => {
        const { place, store, other } = await open(2, { keepQuestionsDays: 30 });
        const { id, token } = await store.conversations.create({ channel: 'http' });
        await store.conversations.append(id, turn('walrus-1', { asked: 'the walrus question' }));
        store.questions.record(row('walrus-1', { conversationId: id, question: 'walrus' }));
        await store.questions.flush();
        await store.feedback.save({ turnId: 'walrus-1', value: 'up', comment: 'walrus' });
        await store.claims.claim('key', 'body');
        await store.claims.finish('key', 'walrus', id);
        // These wait on either replica when the conversation goes.
        store.questions.record(row('walrus-2', { conversationId: id, question: 'walrus' }));
        other.questions.record(row('walrus-3', { conversationId: id, question: 'walrus' }));

        expect(await store.conversations.erase(id)).toBe(true);
        expect(await store.conversations.open(id, token)).toBeNull();
        expect(await store.conversations.append(id, turn('walrus-4'))).toBe(false);
        await Promise.all([store.questions.flush(), other.questions.flush()]);
        const left = await place.dump();
        // Every word and every turn id above holds the animal: no made id can, by chance.
        expect(left).not.toContain('walrus');
        expect(await store.claims.claim('key', 'body')).toEqual({ state: 'mine' });
        expect(await store.conversations.erase(id)).toBe(false);
      });

      it('erase > a result that is finished after the erasure is not kept', async () => {
        const { place, store } = await open(1);
        const { id } = await store.conversations.create({ channel: 'http' });
        await store.claims.claim('key', 'body');
        await store.conversations.erase(id);
        await store.claims.finish('key', 'the answer', id);
        expect(await store.claims.claim('key', 'body')).toEqual({ state: 'mine' });
        expect(await place.dump()).not.toContain('the answer');
      });

      it('erase > others stay', async () => {
        const { store } = await open(1);
        const [one, other] = await Promise.all([1, 2].map(() => store.conversations.create({ channel: 'http' })));
        await store.conversations.append(one!.id, turn('t1'));
        await store.conversations.append(other!.id, turn('t2'));
        await store.conversations.erase(one!.id);
        expect((await store.conversations.open(other!.id, other!.token))?.turns).toHaveLength(1);
      });

      it('onErased > both replicas hear of it, the other within two seconds', async () => {
        const { store, other } = await open(2);
        const { id } = await store.conversations.create({ channel: 'http' });
        const heard: string[] = [];
        store.conversations.onErased((erased) => heard.push(`here ${erased}`));
        const stop = other.conversations.onErased((erased) => heard.push(`there ${erased}`));
        await pause(100);
        await store.conversations.erase(id);
        expect(heard).toContain(`here ${id}`);
        await until(() => heard.includes(`there ${id}`));
        stop();
        const next = await store.conversations.create({ channel: 'http' });
        await store.conversations.erase(next.id);
        await pause(400);
        // Which of two replicas hears first is for the database to say.
        expect(heard.toSorted()).toEqual([`here ${id}`, `there ${id}`, `here ${next.id}`].toSorted());
      });

      it('eraseOwner > all conversations of one owner go, also idle ones, and no others', async () => {
        const { place, store } = await open(1);
        const keyed = (key: string, owner: string) =>
          store.conversations.findOrCreate({ channel: 'discord', key, owner });
        const first = await keyed('a', 'mara');
        await store.conversations.append(first.id, turn('t1'));
        store.questions.record(row('t1', { conversationId: first.id }));
        await store.questions.flush();
        clock += conversationIdleMs;
        await store.purge();
        const second = await keyed('b', 'mara');
        const foreign = await keyed('c', 'tom');
        expect(await place.dump()).not.toContain('mara');
        expect((await store.conversations.eraseOwner('discord', 'mara')).toSorted()).toEqual(
          [first.id, second.id].toSorted(),
        );
        expect(await store.questions.count(0)).toEqual([]);
        expect((await keyed('c', 'tom')).id).toBe(foreign.id);
      });

      it('eraseAll > only settings are left', async () => {
        const { place, store, other } = await open(2);
        await store.settings.set('guild 1', 'language', 'de');
        const { id } = await store.conversations.create({ channel: 'http' });
        await store.conversations.append(id, turn('walrus-1'));
        store.questions.record(row('walrus-1', { conversationId: id }));
        store.questions.record(row('walrus-2'));
        await store.feedback.save({ turnId: 'walrus-1', value: 'up' });
        await store.claims.claim('key', 'body');
        await store.claims.first('mark', dayMs);
        store.questions.record(row('walrus-3'));
        expect(await store.conversations.eraseAll()).toBe(1);
        await other.questions.flush();
        await store.questions.flush();
        expect(await store.questions.count(0)).toEqual([]);
        expect(await store.feedback.count()).toEqual({ up: 0, down: 0 });
        expect(await store.claims.first('mark', dayMs)).toBe(true);
        expect(await store.settings.get('guild 1', 'language')).toBe('de');
        expect(await place.dump()).not.toContain('walrus');
      });

      it('secrets > tokens, keys, owners, bodies and results cannot be read from the database', async () => {
        const { place, store } = await open(1, { limits: { ...noLimits, address: { perMinute: 5, perDay: 5 } } });
        const { token } = await store.conversations.create({ channel: 'http' });
        await store.conversations.findOrCreate({ channel: 'discord', key: 'thread 42', owner: 'user 42' });
        await store.claims.claim('claim 42', 'body 42');
        await store.claims.finish('claim 42', 'result 42', null);
        await store.claims.first('mark 42', dayMs);
        await store.limits.consume('address', '192.0.2.42');
        const all = await place.dump();
        for (const secret of [
          token,
          'thread 42',
          'user 42',
          'claim 42',
          'body 42',
          'result 42',
          'mark 42',
          '192.0.2',
        ]) {
          expect(all).not.toContain(secret);
        }
      });
    });

    describe('questions', () => {
      it('record > the row is kept without its words', async () => {
        const { place, store } = await open(1);
        store.questions.record(row('t1', { question: 'What about the walrus?', passages: ['a#b/1'] }));
        store.questions.record(row('t2', { outcome: 'refused', reason: 'not-in-article' }));
        store.questions.record(row('t3', { outcome: 'refused', reason: 'not-in-article' }));
        const counts = await store.questions.count(clock);
        expect(counts).toHaveLength(2);
        expect(counts).toContainEqual({ outcome: 'answered', reason: null, times: 1 });
        expect(counts).toContainEqual({ outcome: 'refused', reason: 'not-in-article', times: 2 });
        expect(await store.questions.count(clock + 1)).toEqual([]);
        expect(await store.questions.kept()).toEqual([]);
        const all = await place.dump();
        expect(all).toContain('a#b/1');
        expect(all).not.toContain('walrus');
      });

      it('record > written by itself soon after, and at the latest when the store is closed', async () => {
        const { store, other, more } = await open(2);
        store.questions.record(row('t1'));
        await pause(600);
        expect(await other.questions.count(0)).toEqual([{ outcome: 'answered', reason: null, times: 1 }]);
        const third = await more();
        third.questions.record(row('t2'));
        await third.close();
        opened.splice(opened.indexOf(third), 1);
        expect(await other.questions.count(0)).toEqual([{ outcome: 'answered', reason: null, times: 2 }]);
      });

      it('record > the same turn twice is one row', async () => {
        const { store, other } = await open(2);
        store.questions.record(row('t1'));
        other.questions.record(row('t1'));
        await Promise.all([store.questions.flush(), other.questions.flush()]);
        expect(await store.questions.count(0)).toEqual([{ outcome: 'answered', reason: null, times: 1 }]);
      });

      it('kept > words are masked, equal ones together, most frequent first', async () => {
        const { place, store } = await open(1, { keepQuestionsDays: 30 });
        const ask = (question: string, other: Partial<QuestionRow> = {}) =>
          store.questions.record(row(`t${Math.random().toString(36).slice(2)}`, { question, ...other }));
        ask('Is there parking?', { outcome: 'refused', reason: 'not-in-article' });
        ask('Is there  parking?', { outcome: 'refused', reason: 'not-in-article', at: clock + 5 });
        ask('Write to mara.l@example.org or +41 79 123 45 67, room 12');
        expect(await store.questions.kept()).toEqual([
          {
            question: 'Is there parking?',
            outcome: 'refused',
            reason: 'not-in-article',
            times: 2,
            lastAt: clock + 5,
          },
          {
            question: 'Write to [e-mail] or [phone], room [number]',
            outcome: 'answered',
            reason: null,
            times: 1,
            lastAt: clock,
          },
        ]);
        expect(await store.questions.kept({ outcome: 'refused' })).toHaveLength(1);
        expect(await store.questions.kept({ atLeast: 2 })).toHaveLength(1);
        expect(await store.questions.kept({ limit: 1 })).toHaveLength(1);
        expect(await place.dump()).not.toContain('example.org');
      });
    });

    describe('feedback', () => {
      it('save > a turn of a conversation or of the log is known, anything else is not', async () => {
        const { store, other } = await open(2);
        const { id } = await store.conversations.create({ channel: 'http' });
        await store.conversations.append(id, turn('t1'));
        store.questions.record(row('t2'));
        expect(await other.feedback.save({ turnId: 't1', value: 'up' })).toBe(true);
        expect(await store.feedback.save({ turnId: 't2', value: 'down', comment: 'Call me: 079 123 45 67' })).toBe(
          true,
        );
        expect(await store.feedback.save({ turnId: 't3', value: 'up' })).toBe(false);
        expect(await store.feedback.save({ turnId: "'\u0000", value: 'up' })).toBe(false);
        expect(await other.feedback.count()).toEqual({ up: 1, down: 1 });
      });

      it('save > a second one replaces the first, and a comment is masked', async () => {
        const { place, store } = await open(1);
        store.questions.record(row('t1'));
        await store.feedback.save({ turnId: 't1', value: 'up', comment: 'walrus' });
        await store.feedback.save({ turnId: 't1', value: 'down', comment: 'Call 079 123 45 67\u0000' });
        expect(await store.feedback.count()).toEqual({ up: 0, down: 1 });
        const all = await place.dump();
        expect(all).toContain('Call [phone]');
        expect(all).not.toContain('walrus');
      });
    });

    describe('settings', () => {
      it('set > the value comes back on another replica until it is removed', async () => {
        const { store, other } = await open(2);
        const value = { channels: ['1', '2'], language: null, on: true };
        await store.settings.set('guild 1', 'all', value);
        await store.settings.set('guild 2', 'all', 5);
        expect(await other.settings.get('guild 1', 'all')).toEqual(value);
        await other.settings.set('guild 1', 'all', 'changed');
        expect(await store.settings.get('guild 1', 'all')).toBe('changed');
        await store.settings.set('guild 1', 'all', undefined);
        expect(await store.settings.get('guild 1', 'all')).toBeUndefined();
        await store.settings.clear('guild 2');
        expect(await store.settings.get('guild 2', 'all')).toBeUndefined();
      });
    });

    describe('claims', () => {
      it('claim > fifty at once on two replicas and one does the work for all', async () => {
        const { store, other } = await open(2);
        let worked = 0;
        const results = await Promise.all(
          Array.from({ length: 50 }, async (_, at) => {
            const { claims } = at % 2 ? store : other;
            const claim = await claims.claim('key', 'body');
            if (claim.state === 'done') return claim.result;
            if (claim.state === 'running') return claim.wait();
            if (claim.state === 'different') return 'different';
            worked += 1;
            await pause(100);
            await claims.finish('key', 'the answer', null);
            return 'the answer';
          }),
        );
        expect(worked).toBe(1);
        expect(new Set(results)).toEqual(new Set(['the answer']));
        expect(await other.claims.claim('key', 'body')).toEqual({ state: 'done', result: 'the answer' });
      });

      it('claim > another body is told apart, before and after the work is done', async () => {
        const { store, other } = await open(2);
        await store.claims.claim('key', 'body');
        expect(await other.claims.claim('key', 'other')).toEqual({ state: 'different' });
        await store.claims.finish('key', 'done', null);
        expect(await other.claims.claim('key', 'other')).toEqual({ state: 'different' });
        expect(await other.claims.claim('other', 'body')).toEqual({ state: 'mine' });
      });

      it('release > who waits hears that there is no result, and may try', async () => {
        const { store, other } = await open(2);
        await store.claims.claim('key', 'body');
        const second = await other.claims.claim('key', 'body');
        const waited = second.state === 'running' ? second.wait() : undefined;
        await store.claims.release('key');
        expect(await waited).toBeNull();
        expect(await other.claims.claim('key', 'body')).toEqual({ state: 'mine' });
        // Whose claim is gone can finish nothing.
        await store.claims.finish('key', 'too late', null);
        expect(await store.claims.claim('key', 'body')).toMatchObject({ state: 'running' });
      });

      it('wait > the signal ends it', async () => {
        const { store } = await open(1);
        await store.claims.claim('key', 'body');
        const second = await store.claims.claim('key', 'body');
        if (second.state !== 'running') throw new Error(second.state);
        await expect(second.wait(AbortSignal.timeout(50))).rejects.toThrow();
      });

      it('claim > nobody finishes it for a minute and it is free; a result stays ten minutes', async () => {
        const { store, other } = await open(2);
        await store.claims.claim('key', 'body');
        clock += minuteMs + 1;
        expect(await other.claims.claim('key', 'body')).toEqual({ state: 'mine' });
        await store.claims.finish('key', 'from the one who was late', null);
        await other.claims.finish('key', 'the answer', null);
        clock += 9 * minuteMs;
        expect(await store.claims.claim('key', 'body')).toEqual({ state: 'done', result: 'the answer' });
        clock += 2 * minuteMs;
        expect(await store.claims.claim('key', 'body')).toEqual({ state: 'mine' });
      });

      it('first > twenty at once on two replicas and one is first, until the time is over', async () => {
        const { store, other } = await open(2);
        const once = () =>
          Promise.all(
            Array.from({ length: 20 }, (_, at) => (at % 2 ? store : other).claims.first('event 1', minuteMs)),
          );
        expect((await once()).filter(Boolean)).toHaveLength(1);
        expect((await once()).filter(Boolean)).toHaveLength(0);
        expect(await store.claims.first('event 2', minuteMs)).toBe(true);
        clock += minuteMs;
        expect((await once()).filter(Boolean)).toHaveLength(1);
      });
    });

    describe('limits', () => {
      const some = { ...noLimits, address: { perMinute: 5, perDay: 0 }, user: { perMinute: 0, perDay: 3 } };

      it('consume > two replicas count together, and say when to come back', async () => {
        const { store, other } = await open(2, { limits: some });
        const states = await Promise.all(
          Array.from({ length: 12 }, (_, at) => (at % 2 ? store : other).limits.consume('address', '192.0.2.1')),
        );
        expect(states.filter(({ allowed }) => allowed)).toHaveLength(5);
        for (const { allowed, retryAfterMs } of states) {
          if (allowed) expect(retryAfterMs).toBe(0);
          else expect(retryAfterMs).toSatisfy((ms: number) => ms > 50_000 && ms <= 60_000);
        }
        expect((await store.limits.consume('address', '192.0.2.2')).allowed).toBe(true);
      });

      it('consume > one limit a day, another kind without any', async () => {
        const { store } = await open(1, { limits: some });
        const allowed = async (kind: 'user' | 'everyone') => (await store.limits.consume(kind, 'x')).allowed;
        expect([await allowed('user'), await allowed('user'), await allowed('user'), await allowed('user')]).toEqual([
          true,
          true,
          true,
          false,
        ]);
        expect((await store.limits.consume('user', 'x')).retryAfterMs).toBeGreaterThan(23 * 60 * minuteMs);
        for (let at = 0; at < 20; at += 1) expect(await allowed('everyone')).toBe(true);
      });

      it('consume > addresses of one /64 are one, and an IPv4 address is one however it is written', async () => {
        const { store } = await open(1, { limits: { ...noLimits, address: { perMinute: 1, perDay: 0 } } });
        const allowed = async (address: string) => (await store.limits.consume('address', address)).allowed;
        expect(await allowed('2001:db8:1:2::1')).toBe(true);
        expect(await allowed('2001:0db8:0001:0002:ffff:ffff:ffff:ffff')).toBe(false);
        expect(await allowed('2001:db8:1:3::1')).toBe(true);
        expect(await allowed('192.0.2.9')).toBe(true);
        expect(await allowed('::ffff:192.0.2.9')).toBe(false);
        expect(await allowed('::FFFF:c000:209')).toBe(false);
      });

      it('takeTokens > replicas at once never take more than the day holds', async () => {
        const { store, other } = await open(2);
        const taken = await Promise.all(
          Array.from({ length: 40 }, (_, at) => (at % 2 ? store : other).limits.takeTokens(100, 1_550)),
        );
        expect(taken.filter(Boolean)).toHaveLength(15);
        expect(await other.limits.usedTokens()).toBe(1_500);
        await store.limits.takeTokens(-400, 1_550);
        expect(await store.limits.takeTokens(450, 1_550)).toBe(true);
        expect(await store.limits.takeTokens(1, 1_550)).toBe(false);
        expect(await store.limits.takeTokens(5_000_000_000, 1_000_000_000_000)).toBe(true);
        clock += dayMs;
        expect(await store.limits.usedTokens()).toBe(0);
        expect(await store.limits.takeTokens(1_550, 1_550)).toBe(true);
      });
    });

    describe('purge', () => {
      it('purge > words go after their days, rows after ninety, and what is in time stays', async () => {
        const { place, store } = await open(1, { keepQuestionsDays: 7 });
        const { id } = await store.conversations.create({ channel: 'http', locale: 'fr' });
        await store.conversations.append(id, turn('t1', { asked: 'asked about the walrus' }));
        store.questions.record(row('t1', { conversationId: id, question: 'kept walrus', at: clock }));
        await store.questions.flush();
        await store.feedback.save({ turnId: 't1', value: 'up', comment: 'comment on the walrus' });
        await store.purge();
        for (const kept of ['asked about the walrus', 'kept walrus']) expect(await place.dump()).toContain(kept);
        clock += conversationIdleMs;
        await store.purge();
        expect(await place.dump()).not.toContain('asked about the walrus');
        expect(await store.questions.kept()).toHaveLength(1);
        clock += 7 * dayMs;
        await store.purge();
        expect(await store.questions.kept()).toEqual([]);
        expect(await place.dump()).toContain('comment on the walrus');
        clock += 23 * dayMs;
        await store.purge();
        expect(await place.dump()).not.toContain('walrus');
        expect(await store.feedback.count()).toEqual({ up: 1, down: 0 });
        expect(await store.questions.count(0)).toHaveLength(1);
        clock += 61 * dayMs;
        await store.purge();
        expect(await store.feedback.count()).toEqual({ up: 0, down: 0 });
        expect(await place.dump()).not.toContain(id);
      });

      it('purge > words are no longer wanted and all go', async () => {
        const { place, store, more } = await open(1, { keepQuestionsDays: 7 });
        store.questions.record(row('t1', { question: 'kept walrus' }));
        await store.questions.flush();
        const next = await place.open({
          keepQuestionsDays: 0,
          limits: noLimits,
          now: () => clock,
          purgeMs: 0,
        });
        opened.push(next);
        await next.purge();
        expect(await place.dump()).not.toContain('walrus');
        expect(await more()).toBeDefined();
      });

      it('purge > runs by itself', async () => {
        const { place, store } = await open(1, { purgeMs: 50 });
        const { id } = await store.conversations.create({ channel: 'http' });
        await store.conversations.append(id, turn('t1', { asked: 'walrus' }));
        clock += conversationIdleMs;
        await pause(400);
        expect(await place.dump()).not.toContain('walrus');
      });
    });

    it('health > says what it is', async () => {
      const { store } = await open(1);
      expect(await store.health()).toMatchObject({ state: 'kept', detail: expect.any(String) });
    });
  });
}

export function turn(turnId: string, other: Partial<Turn> = {}): Turn {
  const nothing = { reason: null, passages: [], listed: [], suggestions: [], isCrisis: false, answer: null };
  return { turnId, asked: 'and why?', question: 'Why is it?', outcome: 'answered', at: 1, ...nothing, ...other };
}

export function row(turnId: string, other: Partial<QuestionRow> = {}): QuestionRow {
  return {
    turnId,
    conversationId: null,
    at: startedAt,
    channel: 'http',
    outcome: 'answered',
    reason: null,
    passages: [],
    latencyMs: 12.5,
    mode: 'extractive',
    question: 'Why is it?',
    ...other,
  };
}

async function until(isTrue: () => boolean, withinMs = 2000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!isTrue()) {
    if (performance.now() > end) throw new Error(`It did not happen within ${withinMs} ms.`);
    await pause(10);
  }
}
