import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Log } from '../../src/log.ts';
import { type AskOver, answerTo, askOver } from '../conversation/ask-over.ts';
import { modelOver } from '../conversation/model-over.ts';
import { chatFaults } from '../openai-server/modes.ts';
import { type OpenAiServer, startOpenAiServer } from '../openai-server/openai-server.ts';

const article = readFileSync(new URL('../../knowledge/neck-and-spine-massage.md', import.meta.url), 'utf8');
const deadlineMs = 1_500;
const rounds = 50;
const atOnce = 10;
const key = 'sk-canary-5f0c';
let nape: AskOver;
let server: OpenAiServer;
const rejections: unknown[] = [];
const onRejection = (reason: unknown) => rejections.push(reason);

beforeAll(async () => {
  process.on('unhandledRejection', onRejection);
  nape = await askOver({ 'neck-and-spine-massage.md': article });
  server = await startOpenAiServer();
});
afterAll(async () => {
  process.off('unhandledRejection', onRejection);
  await server.close();
});

describe('every fault of a model', () => {
  it.each(chatFaults.filter((mode) => mode !== 'length'))(
    '%s, 50 times > every question is answered in time, and the key is told nobody',
    { timeout: 120_000 },
    async (mode) => {
      server.reset();
      server.always(mode);
      const lines: string[] = [];
      const write = (fields: object, message: string) => void lines.push(JSON.stringify(fields) + message);
      const log: Log = { debug: write, info: write, warn: write, error: write };
      const ask = await modelOver({ nape, url: server.url, deadlineMs, apiKey: key, log });
      let slowestMs = 0;
      for (let done = 0; done < rounds; done += atOnce) {
        const answers = Array.from({ length: atOnce }, async () => {
          const start = performance.now();
          const answer = await answerTo(ask, 'What is shiatsu?');
          slowestMs = Math.max(slowestMs, performance.now() - start);
          return answer;
        });
        for (const answer of await Promise.all(answers)) {
          expect(answer).toMatchObject({ outcome: 'answered', mode: 'extractive' });
          expect(JSON.stringify(answer)).not.toContain(key);
        }
      }
      expect(lines.join('\n')).not.toContain(key);
      expect(slowestMs).toBeLessThanOrEqual(deadlineMs + 250);
      expect(rejections).toEqual([]);
    },
  );
});
