import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../src/domain.ts';
import { root } from '../repository/source-files.ts';
import { type PostgresServer, startPostgresServer } from './postgres-server.ts';

interface Replica {
  readonly url: string;
  readonly knowledge: string;
  kill(signal: NodeJS.Signals): Promise<void>;
}

const perMinute = 12;
let database: PostgresServer;
let folder: string;
let one: Replica;
let other: Replica;

beforeAll(async () => {
  database = await startPostgresServer();
  folder = await mkdtemp(join(tmpdir(), 'nape-replicas-'));
  const address = await database.createDatabase();
  // The first migrates the database and makes the index, at the same time as the second wants to.
  [one, other] = await Promise.all([startReplica(address, 'one'), startReplica(address, 'other')]);
}, 120_000);

afterAll(async () => {
  await Promise.all([one?.kill('SIGKILL'), other?.kill('SIGKILL')]);
  await database?.remove();
  await rm(folder, { recursive: true, force: true });
});

/** `nape serve` in a process of its own, with articles and a data folder of its own. */
async function startReplica(databaseUrl: string, name: string): Promise<Replica> {
  const knowledge = join(folder, name, 'knowledge');
  await cp(join(root, 'knowledge'), knowledge, { recursive: true });
  const served: ChildProcess = spawn(process.execPath, ['--import', 'tsx', join(root, 'src/main.ts'), 'serve'], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      NAPE_DATA_DIR: join(folder, name, 'data'),
      NAPE_KNOWLEDGE_DIR: knowledge,
      NAPE_TRUSTED_PROXIES: '127.0.0.1',
      NAPE_LIMIT_PER_MINUTE: `${perMinute}`,
      PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => served.once('exit', () => resolve()));
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (text: string) => {
      said += text;
      const found = /Nape is at (\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    };
    served.stdout?.setEncoding('utf8').on('data', listen);
    served.stderr?.setEncoding('utf8').on('data', listen);
    void ended.then(() => reject(new Error(`The replica ended: ${said}`)));
  });
  return {
    url,
    knowledge,
    async kill(signal) {
      served.kill(signal);
      await ended;
    },
  };
}

interface Conversation {
  readonly conversationId?: string;
  readonly token?: string;
}

/** Asks as somebody at `address`, so that each test has a limit of its own. */
function post(
  { url }: Replica,
  address: string,
  body: Conversation & { readonly question: string },
): Promise<Response> {
  return fetch(`${url}/api/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify(body),
  });
}

async function ask(replica: Replica, address: string, question: string, { conversationId, token }: Conversation = {}) {
  const response = await post(replica, address, {
    question,
    ...(conversationId && token && { conversationId, token }),
  });
  expect(response.status).toBe(200);
  return response.json() as Promise<Answer & { readonly token: string }>;
}

async function passages({ url }: Replica): Promise<string> {
  return (await fetch(`${url}/readyz`)).text();
}

describe('two replicas on one PostgreSQL', () => {
  it('a conversation that hops between them > keeps its thread', async () => {
    const first = await ask(one, '203.0.113.1', 'Which specialized approaches are there?');
    const second = await ask(other, '203.0.113.1', 'What is the second one?', first);
    expect(second.conversationId).toBe(first.conversationId);
    expect(second.sentences[0]?.citations).toEqual(first.sentences[1]?.citations);
    await ask(one, '203.0.113.1', 'What is shiatsu?', first);
    const follow = await ask(other, '203.0.113.1', 'and what does it release?', first);
    expect(follow.sentences[0]?.citations[0]).toContain('#shiatsu');
  });

  it('a token of another conversation > is refused by both', async () => {
    const mine = await ask(one, '203.0.113.2', 'What is shiatsu?');
    const foreign = await ask(other, '203.0.113.2', 'What is shiatsu?');
    const question = 'and then?';
    for (const replica of [one, other]) {
      const body = { question, conversationId: mine.conversationId, token: foreign.token };
      expect((await post(replica, '203.0.113.2', body)).status).toBe(404);
    }
  });

  it('the limit of one address > holds over both together', async () => {
    const replies = await Promise.all(
      Array.from({ length: 2 * perMinute }, (_, at) =>
        post(at % 2 ? one : other, '203.0.113.3', { question: 'What is shiatsu?' }),
      ),
    );
    const refused = replies.filter(({ status }) => status === 429);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(perMinute);
    expect(refused).toHaveLength(perMinute);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('articles that change at one > the other answers from them within two seconds', async () => {
    const file = join(one.knowledge, 'neck-and-spine-massage.md');
    const article = await readFile(file, 'utf8');
    const before = await passages(one);
    expect(await passages(other)).toBe(before);
    await writeFile(
      file,
      `${article}\n## Marma Massage\n\nMarma massage is a gentle massage of the neck with two thumbs.\n`,
    );
    const isThere = async (replica: Replica) => (await passages(replica)) !== before;
    await expect.poll(() => isThere(one), { timeout: 30_000, interval: 10 }).toBe(true);
    await expect.poll(() => isThere(other), { timeout: 2_000, interval: 10 }).toBe(true);
    const answer = await ask(other, '203.0.113.4', 'What is a marma massage?');
    expect(answer.sentences[0]?.text).toContain('two thumbs');
  });

  it('one of them is killed > the other goes on with the conversation, and erases it', async () => {
    const first = await ask(one, '203.0.113.5', 'What is shiatsu?');
    await one.kill('SIGKILL');
    const follow = await ask(other, '203.0.113.5', 'and what does it release?', first);
    expect(follow.sentences[0]?.citations[0]).toContain('#shiatsu');
    const headers = { authorization: `Bearer ${first.token}` };
    const erased = await fetch(`${other.url}/api/conversations/${first.conversationId}`, { method: 'DELETE', headers });
    expect(erased.status).toBe(204);
    const { conversationId, token } = first;
    const late = await post(other, '203.0.113.5', { question: 'and then?', conversationId, token });
    expect(late.status).toBe(404);
  });
});
