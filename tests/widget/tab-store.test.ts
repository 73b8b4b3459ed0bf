import { describe, expect, it } from 'vitest';
import { createTabStore, type SavedConversation, type TextStorage } from '../../src/widget/tab-store.ts';
import { toJson } from '../../src/widget/to-json.ts';

function memory(initial?: string): TextStorage & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>(initial === undefined ? [] : [['c', initial]]);
  return {
    kept,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => void kept.set(name, text),
    removeItem: (name) => void kept.delete(name),
  };
}

const conversation: SavedConversation = {
  conversationId: 'c-1',
  token: 't-1',
  turns: [{ question: 'Wo steht "das"?\n\u2028🙂', key: 'k', turnId: 'turn-1' }],
  open: true,
  draft: 'und',
};

describe('createTabStore', () => {
  it('a conversation > comes back as it was, and is gone once cleared', () => {
    const storage = memory();
    const store = createTabStore(() => storage, 'c');
    expect(store.load()).toBeUndefined();
    store.save(conversation);
    expect(store.load()).toEqual(conversation);
    store.clear();
    expect(storage.kept.size).toBe(0);
  });

  it('many turns > the last twenty are kept', () => {
    const storage = memory();
    const store = createTabStore(() => storage, 'c');
    store.save({ ...conversation, turns: Array.from({ length: 30 }, (_, at) => ({ question: `${at}`, key: '' })) });
    expect(store.load()?.turns.map(({ question }) => question)).toEqual(
      Array.from({ length: 20 }, (_, at) => `${at + 10}`),
    );
  });

  it.each(['', 'null', '7', '{}', '{"turns":5}', '{"turns"', '[]'])('%j in the storage > counts as empty', (text) => {
    expect(createTabStore(() => memory(text), 'c').load()).toBeUndefined();
  });

  it('storage that is blocked or full > counts as empty and throws nothing', () => {
    const blocked = createTabStore(() => {
      throw new Error('SecurityError');
    }, 'c');
    blocked.save(conversation);
    blocked.clear();
    expect(blocked.load()).toBeUndefined();
  });
});

describe('toJson', () => {
  it.each([
    [{ a: [1, 'x"\\\n', null, true, { b: undefined, c: 'ü🙂' }] }, { a: [1, 'x"\\\n', null, true, { c: 'ü🙂' }] }],
    ['\u0000\u2028', '\u0000\u2028'],
    [[], []],
  ])('%j > reads back the same', (value, expected) => {
    expect(JSON.parse(toJson(value))).toEqual(expected);
  });

  it('a toJSON on the prototypes > is not asked', () => {
    Object.defineProperty(Array.prototype, 'toJSON', { value: () => 'wrong', configurable: true });
    try {
      expect(toJson({ a: ['b'] })).toBe('{"a":["b"]}');
    } finally {
      Reflect.deleteProperty(Array.prototype, 'toJSON');
    }
  });
});
