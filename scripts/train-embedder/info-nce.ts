import { timesTransposed, transpose } from './matrix.ts';

/** What one batch asks: row i of the left texts goes with row i of the right texts. */
export interface Batch {
  /** Numbers of the bags; equal numbers are the same text. */
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/**
 * Symmetric InfoNCE (van den Oord, Li and Vinyals, 2018) of unit vectors with the other pairs of the batch as
 * negatives, except pairs that share a text with the row's own. Returns the loss and fills the gradients.
 */
export function createInfoNce(size: number, dimension: number, temperature: number) {
  const scores = new Float64Array(size * size);
  const gradient = new Float64Array(size * size);
  const transposedGradient = new Float64Array(size * size);
  const transposedLeft = new Float64Array(dimension * size);
  const transposedRight = new Float64Array(dimension * size);
  return (
    batch: Batch,
    left: Float64Array,
    right: Float64Array,
    leftGradient: Float64Array,
    rightGradient: Float64Array,
  ): number => {
    timesTransposed(scores, left, right, size, size, dimension);
    // Scores are cosines: exp(score / t − 1 / t) cannot overflow.
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const at = row * size + column;
        const same = batch.left[row] === batch.left[column] || batch.right[row] === batch.right[column];
        scores[at] = same && row !== column ? 0 : Math.exp((scores[at]! - 1) / temperature);
      }
    }
    const rowSums = new Float64Array(size);
    const columnSums = new Float64Array(size);
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const score = scores[row * size + column]!;
        rowSums[row]! += score;
        columnSums[column]! += score;
      }
    }
    let loss = 0;
    const scale = 1 / (2 * size * temperature);
    for (let row = 0; row < size; row++) {
      const own = scores[row * size + row]!;
      loss -= (Math.log(own / rowSums[row]!) + Math.log(own / columnSums[row]!)) / (2 * size);
      for (let column = 0; column < size; column++) {
        const at = row * size + column;
        gradient[at] = scale * scores[at]! * (1 / rowSums[row]! + 1 / columnSums[column]!);
      }
      gradient[row * size + row]! -= 2 * scale;
    }
    transpose(transposedGradient, gradient, size, size);
    transpose(transposedLeft, left, size, dimension);
    transpose(transposedRight, right, size, dimension);
    timesTransposed(leftGradient, gradient, transposedRight, size, dimension, size);
    timesTransposed(rightGradient, transposedGradient, transposedLeft, size, dimension, size);
    return loss;
  };
}
