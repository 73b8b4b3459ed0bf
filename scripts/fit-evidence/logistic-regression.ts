/** A row of features with what it is: 1 for yes, 0 for no. */
export interface LabelledRow {
  readonly features: readonly number[];
  readonly label: 0 | 1;
  /** How much it counts beside the others, above 0. */
  readonly weight: number;
}

export interface LogisticModel {
  readonly weights: readonly number[];
  readonly intercept: number;
}

const mostSteps = 50;
const smallestStep = 1e-9;

/**
 * Fits by Newton's method (iteratively reweighted least squares) with an L2 penalty on weights of features of mean 0 and
 * variance 1, and gives the weights for the features as they came. A feature that never varies gets 0.
 */
export function fitLogisticRegression(rows: readonly LabelledRow[], penalty: number): LogisticModel {
  const size = rows[0]?.features.length ?? 0;
  const means = columns(size, (at) => mean(rows.map(({ features }) => features[at] ?? 0)));
  const deviations = columns(size, (at) =>
    Math.sqrt(mean(rows.map(({ features }) => ((features[at] ?? 0) - (means[at] ?? 0)) ** 2))),
  );
  const scaled = rows.map(({ features }) => [
    ...columns(size, (at) => ((features[at] ?? 0) - (means[at] ?? 0)) / (deviations[at] || 1)),
    1,
  ]);
  let fitted: readonly number[] = columns(size + 1, () => 0);
  for (let step = 0; step < mostSteps; step += 1) {
    const gradient = columns(size + 1, (at) => (at < size ? penalty * (fitted[at] ?? 0) : 0));
    const hessian = columns(size + 1, (at) => columns(size + 1, (other) => (at === other && at < size ? penalty : 0)));
    for (const [place, row] of scaled.entries()) {
      const { label, weight } = rows[place] as LabelledRow;
      const share = 1 / (1 + Math.exp(-dot(row, fitted)));
      for (let at = 0; at <= size; at += 1) {
        gradient[at] = (gradient[at] ?? 0) + weight * (share - label) * (row[at] ?? 0);
        const line = hessian[at] as number[];
        const curvature = weight * share * (1 - share) * (row[at] ?? 0);
        for (let other = 0; other <= size; other += 1) line[other] = (line[other] ?? 0) + curvature * (row[other] ?? 0);
      }
    }
    const change = solve(hessian, gradient);
    fitted = fitted.map((value, at) => value - (change[at] ?? 0));
    if (Math.max(...change.map(Math.abs)) < smallestStep) break;
  }
  const weights = columns(size, (at) => (fitted[at] ?? 0) / (deviations[at] || 1));
  return { weights, intercept: (fitted[size] ?? 0) - dot(weights, means) };
}

/** Gaussian elimination with partial pivoting; a singular line gives 0. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const lines = matrix.map((line, at) => [...line, right[at] ?? 0]);
  for (let column = 0; column < lines.length; column += 1) {
    const rest = lines.slice(column);
    const greatest = Math.max(...rest.map((line) => Math.abs(line[column] ?? 0)));
    const pivot = column + rest.findIndex((line) => Math.abs(line[column] ?? 0) === greatest);
    [lines[column], lines[pivot]] = [lines[pivot] as number[], lines[column] as number[]];
    const top = lines[column] as number[];
    if (greatest === 0) continue;
    for (const [at, line] of lines.entries()) {
      if (at === column) continue;
      const factor = (line[column] ?? 0) / (top[column] ?? 1);
      for (let other = column; other < line.length; other += 1)
        line[other] = (line[other] ?? 0) - factor * (top[other] ?? 0);
    }
  }
  return lines.map((line, at) => (line[at] ? (line.at(-1) ?? 0) / line[at] : 0));
}

function columns<T>(size: number, valueAt: (at: number) => T): T[] {
  return Array.from({ length: size }, (_, at) => valueAt(at));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
}
