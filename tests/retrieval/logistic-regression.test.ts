import { describe, expect, it } from 'vitest';
import { fitLogisticRegression, type LabelledRow } from '../../scripts/fit-evidence/logistic-regression.ts';

/** Labels drawn at the shares of a known model, on a grid, each as often as its share says. */
function rowsOf(weights: readonly [number, number], intercept: number): readonly LabelledRow[] {
  const rows: LabelledRow[] = [];
  for (let one = -2; one <= 2; one += 0.5) {
    for (let other = 0; other <= 10; other += 1) {
      const share = 1 / (1 + Math.exp(-(weights[0] * one + weights[1] * other + intercept)));
      rows.push(
        { features: [one, other], label: 1, weight: share },
        { features: [one, other], label: 0, weight: 1 - share },
      );
    }
  }
  return rows;
}

describe('fitLogisticRegression', () => {
  it('shares of a known model > its weights', () => {
    const { weights, intercept } = fitLogisticRegression(rowsOf([1.5, -0.3], 0.7), 0);
    expect(weights[0]).toBeCloseTo(1.5, 4);
    expect(weights[1]).toBeCloseTo(-0.3, 4);
    expect(intercept).toBeCloseTo(0.7, 4);
  });

  it('a penalty > smaller weights of the same signs', () => {
    const { weights } = fitLogisticRegression(rowsOf([1.5, -0.3], 0), 20);
    expect(weights[0]).toBeGreaterThan(0);
    expect(weights[0]).toBeLessThan(1.5);
    expect(weights[1]).toBeLessThan(0);
    expect(weights[1]).toBeGreaterThan(-0.3);
  });

  it('a feature that never varies > no weight', () => {
    const rows = rowsOf([1, 0], 0).map((row) => ({ ...row, features: [...row.features, 3] }));
    expect(fitLogisticRegression(rows, 1).weights[2]).toBe(0);
  });
});
