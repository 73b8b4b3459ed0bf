import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { best } from '../../src/retrieval/ranking.ts';

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
