import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrate, calibrationSchema, shareBelow } from '../../src/retrieval/calibration.ts';

const scores = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 300 });

describe('calibration', () => {
  it('a score in the middle, below and above all > its share of lower scores', () => {
    const calibration = calibrate(
      'test',
      Array.from({ length: 101 }, (_, at) => at / 100),
    );
    expect(shareBelow(calibration, 0.5)).toBeCloseTo(0.5);
    expect(shareBelow(calibration, 0.935)).toBeCloseTo(0.935);
    expect(shareBelow(calibration, -1)).toBe(0);
    expect(shareBelow(calibration, 2)).toBe(1);
  });

  it('any scores > the share grows with the score and stays within 0 and 1', () => {
    fc.assert(
      fc.property(
        scores,
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        (given, score, more) => {
          const calibration = calibrate('test', given);
          const [lower, higher] = [shareBelow(calibration, score), shareBelow(calibration, score + more)];
          expect(lower).toBeGreaterThanOrEqual(0);
          expect(higher).toBeGreaterThanOrEqual(lower);
          expect(higher).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('kept as JSON > comes back the same', () => {
    const calibration = calibrate('test', [0.1, 0.4, 0.3]);
    expect(calibrationSchema.parse(JSON.parse(JSON.stringify(calibration)))).toEqual(calibration);
  });

  it('no scores > a clear error', () => {
    expect(() => calibrate('test', [])).toThrow('at least one score');
  });
});
