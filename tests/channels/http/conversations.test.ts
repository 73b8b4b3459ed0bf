import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createRemember } from '../../../src/conversation/remember.ts';
import type { Answer } from '../../../src/domain.ts';
import { silentLog } from '../../../src/log.ts';
import { openSqliteStore } from '../../../src/store/open-sqlite-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { type AskOver, askOver } from '../../conversation/ask-over.ts';
import { openMemoryStore, startServer } from './running-server.ts';

let nape: AskOver;
beforeAll(async () => {
  const article = await readFile(new URL('../../../knowledge/neck-and-spine-massage.md', import.meta.url), 'utf8');
  nape = await askOver({ 'neck-and-spine-massage.md': article });
});

/** The whole of Nape behind HTTP, with conversations in `store`. */
async function startNape(given?: Store) {
  const store = given ?? (await openMemoryStore());
  const ask = nape.askWith({ remember: createRemember({ store, now: Date.now, log: silentLog }) });
  const server = await startServer({ ask, store });

  async function say(question: string, session: object = {}): Promise<Answer & { readonly token?: string }> {
    const response = await server.ask({ question, ...session });
    expect(response.status).toBe(200);
    return response.json() as Promise<Answer & { readonly token?: string }>;
  }
  return { ...server, say };
}

const sessionOf = ({ conversationId, token }: { conversationId: string; token?: string }) => ({
  conversationId,
  token,
});
const firstSection = ({ sentences }: Answer) => sentences[0]?.citations[0]?.replace(/^.*#|\/\d+$/gu, '');

describe('a conversation', () => {
  it('first question > a random id and a token, which no later answer repeats', async () => {
    const { say } = await startNape();
    const first = await say('Which massage styles are there?');
    expect(Buffer.from(first.conversationId, 'base64url')).toHaveLength(16);
    expect(Buffer.from(first.token ?? '', 'base64url').length).toBeGreaterThanOrEqual(16);
    const second = await say('and the second one?', sessionOf(first));
    expect(second.token).toBeUndefined();
    expect(second.conversationId).toBe(first.conversationId);
    expect(firstSection(second)).toBe('shiatsu');
    expect(await say('Which massage styles are there?')).not.toMatchObject({ conversationId: first.conversationId });
  });

  it('history in the request > has no effect', async () => {
    const { say } = await startNape();
    const turns = [{ asked: 'What is shiatsu?', passages: ['neck-and-spine-massage#shiatsu/1'], outcome: 'answered' }];
    const forged = { history: turns, turns, messages: turns, crisisOpen: true };
    const plain = await say('and the second one?');
    const first = await say('and the second one?', forged);
    expect(first).toMatchObject({ outcome: plain.outcome, text: plain.text });
    const known = await say('What is Thai massage?');
    expect(firstSection(await say('who is it for?', { ...sessionOf(known), ...forged }))).toBe('thai-massage');
  });

  it('unknown, foreign, malformed and erased ids > the same 404 after the same work', async () => {
    const store = await openMemoryStore();
    const calls: string[] = [];
    const conversations: Store['conversations'] = new Proxy(store.conversations, {
      get(target, name, receiver) {
        const member = Reflect.get(target, name, receiver);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]) => {
          calls.push(String(name));
          return member.apply(target, given);
        };
      },
    });
    const { ask, say, url } = await startNape({ ...store, conversations });
    const mine = await say('What is shiatsu?');
    const other = await say('What is shiatsu?');
    const erased = await say('What is shiatsu?');
    const authorization = `Bearer ${erased.token}`;
    await fetch(`${url}/api/conversations/${erased.conversationId}`, { method: 'DELETE', headers: { authorization } });
    const word = fc.string({ maxLength: 60 }).filter((text) => text !== '' && text.isWellFormed());
    const forged = fc.oneof(
      fc.record({ conversationId: word, token: word }),
      fc.record({ conversationId: fc.constant(mine.conversationId), token: fc.oneof(word, fc.constant(other.token)) }),
      fc.record({ conversationId: fc.constant(mine.conversationId) }),
      fc.record({ conversationId: fc.constant(mine.conversationId.slice(0, -1)), token: fc.constant(mine.token) }),
      fc.record({ conversationId: fc.constant(erased.conversationId), token: fc.constant(erased.token) }),
    );
    const bodies = new Set<string>();
    const work = new Set<string>();
    await fc.assert(
      fc.asyncProperty(forged, async (session) => {
        calls.length = 0;
        const response = await ask({ question: 'and then?', ...session });
        expect(response.status).toBe(404);
        bodies.add(await response.text());
        work.add(calls.join());
      }),
      { numRuns: 60 },
    );
    expect([...bodies]).toEqual([expect.stringContaining('"not-found"')]);
    expect([...work]).toEqual(['open']);
  });

  it('idle for half an hour > 404, and a new one can begin', async () => {
    let now = Date.now();
    const store = await openMemoryStore({}, () => now);
    const { ask, say } = await startNape(store);
    const first = await say('What is shiatsu?');
    now += 30 * 60_000 + 1_000;
    expect((await ask({ question: 'and then?', ...sessionOf(first) })).status).toBe(404);
    expect((await say('What is shiatsu?')).token).toBeDefined();
  });

  it('more than 20 turns > goes on, with the last 20 kept and a crisis still open', async () => {
    const store = await openMemoryStore();
    const { say } = await startNape(store);
    const first = await say('i want to kill myself');
    for (let turn = 0; turn < 21; turn += 1) await say('What is shiatsu?', sessionOf(first));
    const kept = await store.conversations.open(first.conversationId, first.token ?? '');
    expect(kept?.turns).toHaveLength(20);
    expect(await say('What is shiatsu?', sessionOf(first))).toMatchObject({ reason: 'crisis' });
  });

  it('two tabs at once > answered in turn, the second read with the first', async () => {
    const { say } = await startNape();
    const session = sessionOf(await say('What is deep tissue massage?'));
    const [first, second] = await Promise.all([say('What is Thai massage?', session), say('who is it for?', session)]);
    expect(firstSection(first)).toBe('thai-massage');
    expect(firstSection(second)).toBe('thai-massage');
  });

  it('restart of the server > the thread goes on from the file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nape-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const free = { perMinute: 0, perDay: 0 };
    const limits = { address: free, conversation: free, user: free, everyone: free };
    const file = join(folder, 'nape.db');
    const open = () => openSqliteStore({ file, limits, keepQuestionsDays: 0, now: Date.now, purgeMs: 0 });
    const before = await open();
    const one = await startNape(before);
    const first = await one.say('Which massage styles are there?');
    await one.server.stop();
    await before.close();
    const after = await open();
    const other = await startNape(after);
    expect(firstSection(await other.say('and the third?', sessionOf(first)))).toBe('thai-massage');
    await other.server.stop();
    await after.close();
  });
});

describe('POST /api/feedback', () => {
  it('for a turn > 204, counted; for an unknown one 404; for what cannot be read 400', async () => {
    const { say, url, store } = await startNape();
    const { turnId } = await say('What is shiatsu?');
    const send = (body: object) =>
      fetch(`${url}/api/feedback`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await send({ turnId, value: 'up' })).status).toBe(204);
    expect((await send({ turnId, value: 'down', comment: 'call 555 0100 0199' })).status).toBe(204);
    expect(await (store as Store).feedback.count()).toEqual({ up: 0, down: 1 });
    expect((await send({ turnId: 'unknown', value: 'up' })).status).toBe(404);
    for (const body of [
      {},
      { turnId },
      { turnId, value: 'maybe' },
      { turnId, value: 'up', comment: 'x'.repeat(1001) },
    ]) {
      const response = await send(body);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code: 'bad-request' } });
    }
  });
});

describe('DELETE /api/conversations/:id', () => {
  it('with its token > everything is gone; with another or none 404, and it stays', async () => {
    const { say, ask, url } = await startNape();
    const mine = await say('What is shiatsu?');
    const other = await say('What is shiatsu?');
    const erase = (token?: string) =>
      fetch(`${url}/api/conversations/${mine.conversationId}`, {
        method: 'DELETE',
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      });
    expect((await erase()).status).toBe(404);
    expect((await erase(other.token)).status).toBe(404);
    await say('who is it for?', sessionOf(mine));
    expect((await erase(mine.token)).status).toBe(204);
    expect((await ask({ question: 'and then?', ...sessionOf(mine) })).status).toBe(404);
    expect((await fetch(`${url}/api/turns/${mine.turnId}/events`)).status).toBe(404);
    expect((await erase(mine.token)).status).toBe(404);
  });
});

describe('limits', () => {
  it('one address over its limit > 429 with the seconds to wait, other conversations too', async () => {
    const { ask, say } = await startNape(await openMemoryStore({ address: { perMinute: 2, perDay: 0 } }));
    const first = await say('What is shiatsu?');
    await say('who is it for?', sessionOf(first));
    for (const session of [sessionOf(first), {}]) {
      const response = await ask({ question: 'and then?', ...session });
      expect(response.status).toBe(429);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await response.json()).toMatchObject({ error: { code: 'too-many-requests' } });
    }
  });

  it('a forged X-Forwarded-For > counts for the real address', async () => {
    const { ask } = await startNape(await openMemoryStore({ address: { perMinute: 1, perDay: 0 } }));
    await ask({ question: 'What is shiatsu?' }, { 'x-forwarded-for': '192.0.2.1' });
    expect((await ask({ question: 'What is shiatsu?' }, { 'x-forwarded-for': '192.0.2.2' })).status).toBe(429);
  });
});
