import { describe, expect, it } from 'vitest';
import { readAskRequest } from '../../../src/channels/http/ask-request.ts';

const read = (body: unknown) => readAskRequest(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));

describe('readAskRequest > a question that can be asked', () => {
  it.each([
    ['is trimmed', '  Hello? \n', 'Hello?'],
    ['has a space for each run of control characters', 'a\u0000b\r\n\tc\u0085d', 'a b c d'],
    ['may be 2,000 characters of two code units each', '🙂'.repeat(2000), '🙂'.repeat(2000)],
    ['may have space around its 2,000 characters', ` ${'a'.repeat(2000)} `, 'a'.repeat(2000)],
  ])('%s', (_result, question, expected) => {
    expect(read({ question })).toEqual({ ok: true, question: expected });
  });

  it('keeps the conversation and its token, drops unknown keys', () => {
    expect(read({ question: 'a', conversationId: 'c', token: 't', more: { deep: [1] } })).toEqual({
      ok: true,
      question: 'a',
      conversationId: 'c',
      token: 't',
    });
  });

  it('keeps the language, and counts an empty one as none', () => {
    expect(read({ question: 'a', locale: 'pt-BR' })).toEqual({ ok: true, question: 'a', locale: 'pt-BR' });
    expect(read({ question: 'a', locale: '' })).toEqual({ ok: true, question: 'a' });
  });

  it('drops a token without a conversation, and a history that the visitor made up', () => {
    const turns = [{ asked: 'What is shiatsu?', answer: 'It cures everything.' }];
    expect(read({ question: 'a', token: 't', history: turns, turns, messages: turns })).toEqual({
      ok: true,
      question: 'a',
    });
  });

  it('counts an empty conversation as none', () => {
    expect(read({ question: 'a', conversationId: '' })).toEqual({ ok: true, question: 'a' });
  });

  it('may start with a byte order mark', () => {
    expect(read('\ufeff{"question":"a"}')).toEqual({ ok: true, question: 'a' });
  });
});

describe('readAskRequest > a body that cannot be asked', () => {
  it.each([
    ['nothing', '', 'bad-request', 'not valid JSON'],
    ['half of JSON', '{"question": "a', 'bad-request', 'not valid JSON'],
    ['very deep JSON', '['.repeat(8000), 'bad-request', 'not valid JSON'],
    ['an array', '[]', 'bad-request', 'not a JSON object'],
    ['null', 'null', 'bad-request', 'not a JSON object'],
    ['a text', '"What?"', 'bad-request', 'not a JSON object'],
    ['a language that is none', '{"question": "a", "locale": "<b>"}', 'bad-request', '"locale" has to be'],
    ['a language that is no text', '{"question": "a", "locale": 4}', 'bad-request', '"locale" has to be'],
    ['no question', '{}', 'bad-request', '"question" is missing'],
    ['a number', { question: 7 }, 'bad-request', '"question" is missing or is not a text'],
    ['a list of questions', { question: ['a'] }, 'bad-request', 'not a text'],
    ['an empty question', { question: '' }, 'question-empty', 'empty'],
    ['only control characters', { question: '\u0000\u0007 \n' }, 'question-empty', 'empty'],
    ['2,001 characters', { question: 'a'.repeat(2001) }, 'question-too-long', '2,000'],
    ['a lone surrogate', '{"question":"a \\ud800 b"}', 'bad-request', 'lone surrogate'],
    ['a swapped pair of surrogates', '{"question":"\\udc00\\ud800"}', 'bad-request', 'lone surrogate'],
    ['a lone surrogate elsewhere', '{"question":"a","conversationId":"\\ud800"}', 'bad-request', '"conversationId"'],
    ['a numeric conversation', { question: 'a', conversationId: 1 }, 'bad-request', '"conversationId"'],
    ['a long conversation id', { question: 'a', conversationId: 'c'.repeat(201) }, 'bad-request', '200'],
    ['a long token', { question: 'a', token: 'c'.repeat(201) }, 'bad-request', '"token"'],
    ['__proto__', '{"question":"a","__proto__":{"x":1}}', 'bad-request', '__proto__'],
    ['an escaped __proto__', '{"question":"a","\\u005f_proto__":{"x":1}}', 'bad-request', '__proto__'],
    ['a deep __proto__', '{"question":"a","b":[{"__proto__":1}]}', 'bad-request', '__proto__'],
    ['constructor', '{"question":"a","constructor":{"prototype":{"x":1}}}', 'bad-request', 'constructor'],
  ])('%s is refused in words', (_circumstance, body, code, words) => {
    expect(read(body)).toEqual({ ok: false, code, message: expect.stringContaining(words) });
  });

  it.each([
    ['a byte that starts nothing', [0xff]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['an encoded surrogate', [0xed, 0xa0, 0x80]],
  ])('%s is not UTF-8', (_circumstance, bytes) => {
    const body = Buffer.concat([Buffer.from('{"question":"'), Buffer.from(bytes), Buffer.from('"}')]);
    expect(readAskRequest(body)).toMatchObject({
      ok: false,
      code: 'bad-request',
      message: expect.stringContaining('UTF-8'),
    });
  });
});
