import { describe, expect, it } from 'vitest';
import { createTurnTaking } from '../../src/conversation/turn-taking.ts';

const never = new AbortController().signal;

describe('turn taking', () => {
  it('one conversation > in the order of asking; another one, or none, does not wait', async () => {
    const takeTurn = createTurnTaking();
    const order: string[] = [];
    const first = await takeTurn('a', never);
    const others = ['second', 'third'].map(async (name) => {
      const turn = await takeTurn('a', never);
      order.push(name);
      expect(turn.waited).toBe(true);
      turn.release();
    });
    expect((await takeTurn('b', never)).waited).toBe(false);
    expect((await takeTurn(undefined, never)).waited).toBe(false);
    expect(order).toEqual([]);
    first.release();
    await Promise.all(others);
    expect(order).toEqual(['second', 'third']);
    expect((await takeTurn('a', never)).waited).toBe(false);
  });

  it('whoever is called off while waiting > leaves the line, and the next one still gets its turn', async () => {
    const takeTurn = createTurnTaking();
    const first = await takeTurn('a', never);
    const calledOff = new AbortController();
    const second = takeTurn('a', calledOff.signal);
    const third = takeTurn('a', never);
    calledOff.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    let isThird = false;
    void third.then(() => {
      isThird = true;
    });
    await Promise.resolve();
    expect(isThird).toBe(false);
    first.release();
    (await third).release();
    expect((await takeTurn('a', never)).waited).toBe(false);
  });
});
