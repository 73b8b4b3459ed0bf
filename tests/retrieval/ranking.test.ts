import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { best, bestPositive } from '../../src/retrieval/ranking.ts';

describe('best', () => {
  it('best > any scores and the head of a stable descending sort', () => {
    const scores = fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 40 });
    fc.assert(
      fc.property(scores, fc.integer({ min: -1, max: 45 }), (values, count) => {
        const sorted = [...values.keys()].sort((one, other) => values[other]! - values[one]! || one - other);
        expect(best(values.length, count, (at) => values[at]!)).toEqual(sorted.slice(0, Math.max(0, count)));
      }),
    );
  });
});

describe('bestPositive', () => {
  it('bestPositive > any scores and the head of a stable descending sort of those above 0', () => {
    const scores = fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 40 });
    fc.assert(
      fc.property(scores, fc.integer({ min: -1, max: 45 }), (values, count) => {
        const positive = [...values.keys()].filter((ordinal) => values[ordinal]! > 0);
        const sorted = positive.sort((one, other) => values[other]! - values[one]! || one - other);
        expect(bestPositive(Float64Array.from(values), count)).toEqual(sorted.slice(0, Math.max(0, count)));
      }),
    );
  });
});
