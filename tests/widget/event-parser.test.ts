import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventParser } from '../../src/widget/event-parser.ts';

const read = (...pieces: readonly string[]) => {
  const parse = createEventParser();
  return pieces.flatMap((piece) => parse(piece));
};

describe('createEventParser', () => {
  it.each([
    ['one event', 'event: a\ndata: {"x":1}\nid: 1\n\n', [{ data: '{"x":1}', id: '1' }]],
    [
      'carriage returns and line feeds',
      'data: a\r\nid: 1\r\n\r\ndata: b\r\n\r\n',
      [
        { data: 'a', id: '1' },
        { data: 'b', id: '1' },
      ],
    ],
    [
      'carriage returns alone',
      'data: a\r\rdata: b\r\r\n',
      [
        { data: 'a', id: '' },
        { data: 'b', id: '' },
      ],
    ],
    ['several lines of data', 'data: a\ndata: b\n\n', [{ data: 'a\nb', id: '' }]],
    ['empty data', 'data\n\n', [{ data: '', id: '' }]],
    ['comments and unknown fields', ': still here\n\nretry: 5\ncolour: red\ndata: a\n\n', [{ data: 'a', id: '' }]],
    [
      'no space after the colon, two of them',
      'data:a\n\ndata:  b\n\n',
      [
        { data: 'a', id: '' },
        { data: ' b', id: '' },
      ],
    ],
    ['a byte order mark', '\ufeffdata: a\n\n', [{ data: 'a', id: '' }]],
    ['an event without its empty line', 'data: a\n', []],
  ])('%s > is read', (_circumstance, text, events) => {
    expect(read(text)).toEqual(events);
  });

  it('any text in any pieces > comes out as it went in', () => {
    const data = fc.string().map((text) => JSON.stringify(text));
    fc.assert(
      fc.property(fc.array(data), fc.array(fc.nat()), (texts, cuts) => {
        const stream = texts.map((text, at) => `event: e\r\ndata: ${text}\r\nid: ${at + 1}\r\n\r\n`).join('');
        const places = [...new Set(cuts.map((cut) => cut % (stream.length + 1)))].sort((a, b) => a - b);
        const pieces = [0, ...places].map((from, at) => stream.slice(from, places[at]));
        expect(read(...pieces)).toEqual(texts.map((text, at) => ({ data: text, id: `${at + 1}` })));
      }),
    );
  });
});
