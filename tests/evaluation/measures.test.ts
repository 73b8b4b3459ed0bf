import { describe, expect, it } from 'vitest';
import { areaUnderRoc, meanReciprocalRank, recallAt } from '../../src/evaluation/measures.ts';

describe('measures', () => {
  it('recallAt > counts ranks up to the cutoff and a missing one as a miss', () => {
    expect(recallAt([1, 2, 4, null], 1)).toBe(0.25);
    expect(recallAt([1, 2, 4, null], 3)).toBe(0.5);
  });

  it('meanReciprocalRank > averages the reciprocals', () => {
    expect(meanReciprocalRank([1, 2, null])).toBeCloseTo(0.5);
  });

  it('areaUnderRoc > is 1 when separated, 0 when reversed, a half for ties', () => {
    expect(areaUnderRoc([3, 2], [1, 0])).toBe(1);
    expect(areaUnderRoc([0], [1])).toBe(0);
    expect(areaUnderRoc([1], [1])).toBe(0.5);
  });
});
