import { describe, expect, it } from 'vitest';
import type { KeepStore } from '../../../src/channels/cli/cli-app.ts';
import { NapeError } from '../../../src/errors.ts';
import { cli } from './cli-run.ts';

describe('nape backup, restore and forget', () => {
  const calls: unknown[] = [];
  const keep: KeepStore = {
    backUp: async (file) => `/srv/${file}`,
    async restore(file) {
      calls.push(file);
    },
    async forget(target) {
      calls.push(target);
      return target === 'all' ? 3 : Number(target.id === 'known');
    },
  };

  it('backup > says where the copy is', async () => {
    const { code, out } = await cli(['backup', 'copy.sqlite'], { app: { keep } });
    expect([code, out]).toEqual([0, 'The store is copied to /srv/copy.sqlite.\n']);
  });

  it('restore > what keeps it from being restored is on standard error', async () => {
    const restore = async () => {
      throw new NapeError('store-unavailable', 'copy.sqlite cannot be restored: it is damaged.');
    };
    const { code, errors } = await cli(['restore', 'copy.sqlite'], { app: { keep: { ...keep, restore } } });
    expect([code, errors]).toEqual([1, 'nape: copy.sqlite cannot be restored: it is damaged.\n']);
  });

  it.each([
    [['forget', 'known'], 0, { id: 'known' }],
    [['forget', 'unknown'], 1, { id: 'unknown' }],
    [['forget', '--all'], 0, 'all'],
  ])('%s > ends with %i', async (line, expected, target) => {
    const { code } = await cli(line, { app: { keep } });
    expect(code).toBe(expected);
    expect(calls.at(-1)).toEqual(target);
  });

  it.each([[['backup']], [['restore']], [['forget']], [['forget', 'id', '--all']], [['backup', 'a', 'b']]])(
    '%j > wrong use, and nothing is done',
    async (line) => {
      const before = calls.length;
      expect((await cli(line, { app: { keep } })).code).toBe(2);
      expect(calls).toHaveLength(before);
    },
  );
});
