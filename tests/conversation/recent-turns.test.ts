import { describe, expect, it } from 'vitest';
import { createTurnMemory } from '../../src/conversation/recent-turns.ts';

describe('turn memory', () => {
  it('a conversation > has its last three turns, and no other’s', () => {
    const memory = createTurnMemory({ now: () => 0 });
    for (const text of ['one', 'two', 'three', 'four']) memory.add('a', text, false);
    expect(memory.of('a')).toMatchObject({ earlier: ['two', 'three', 'four'], crisisOpen: false });
    expect(memory.of('b')).toEqual({ earlier: [], crisisOpen: false });
  });

  it('a crisis > stays open', () => {
    const memory = createTurnMemory({ now: () => 0 });
    memory.add('a', 'one', true);
    for (let turn = 0; turn < 10; turn += 1) memory.add('a', 'more', false);
    expect(memory.of('a').crisisOpen).toBe(true);
  });

  it('half an hour without a question > forgotten', () => {
    let now = 0;
    const memory = createTurnMemory({ now: () => now });
    memory.add('a', 'one', true);
    now = 30 * 60_000;
    expect(memory.of('a').crisisOpen).toBe(true);
    now += 1;
    expect(memory.of('a')).toEqual({ earlier: [], crisisOpen: false });
  });

  it('too many conversations > the longest idle one goes', () => {
    const memory = createTurnMemory({ now: () => 0, mostConversations: 2 });
    for (const id of ['a', 'b', 'a', 'c']) memory.add(id, 'text', false);
    expect(['a', 'b', 'c'].map((id) => memory.of(id).earlier.length)).toEqual([2, 0, 1]);
  });
});
