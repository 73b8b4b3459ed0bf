import { expect, it } from 'vitest';
import { formatDuration } from '../../../src/channels/cli/format-duration.ts';

it.each([
  [0, '0 ms'],
  [99, '99 ms'],
  [99.9, '0.1 s'],
  [3_712, '3.7 s'],
  [9_960, '10 s'],
  [59_400, '59 s'],
  [59_600, '1 min'],
  [200_000, '3 min 20 s'],
])('formatDuration > %d ms is %s', (durationMs, expected) => {
  expect(formatDuration(durationMs)).toBe(expected);
});
