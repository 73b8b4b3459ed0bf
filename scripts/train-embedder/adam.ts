export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** Adam (Kingma and Ba, 2015) that moves only the rows with a gradient: the moments of the others stay as they are. */
export function createLazyAdam(rows: Float32Array, dimension: number, { beta1, beta2, epsilon }: AdamOptions) {
  const first = new Float32Array(rows.length);
  const second = new Float32Array(rows.length);
  let steps = 0;
  /** `gradients` holds one row for each of `touched`, in its order. */
  return (touched: readonly number[], gradients: Float64Array, learningRate: number): void => {
    steps++;
    const firstCorrection = 1 / (1 - beta1 ** steps);
    const secondCorrection = 1 / (1 - beta2 ** steps);
    for (let place = 0; place < touched.length; place++) {
      const to = touched[place]! * dimension;
      const from = place * dimension;
      for (let at = 0; at < dimension; at++) {
        const slope = gradients[from + at]!;
        const mean = beta1 * first[to + at]! + (1 - beta1) * slope;
        const spread = beta2 * second[to + at]! + (1 - beta2) * slope * slope;
        first[to + at] = mean;
        second[to + at] = spread;
        rows[to + at]! -= (learningRate * mean * firstCorrection) / (Math.sqrt(spread * secondCorrection) + epsilon);
      }
    }
  };
}
