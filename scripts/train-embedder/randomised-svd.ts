import type { SparseMatrix } from './cooccurrence.ts';
import { gaussian, type Random } from './random.ts';

export interface SvdOptions {
  readonly rank: number;
  readonly oversampling: number;
  readonly powerIterations: number;
  readonly random: Random;
  readonly onStep: (done: number, total: number) => void;
}

/**
 * Left singular vectors times the square root of the singular values, row by row, of a sparse matrix: Halko,
 * Martinsson and Tropp, "Finding structure with randomness" (2011), algorithms 4.4 and 5.1.
 */
export function randomisedSvd(matrix: SparseMatrix, options: SvdOptions): Float32Array {
  const { size } = matrix;
  const width = Math.min(options.rank + options.oversampling, size);
  const rank = Math.min(options.rank, width);
  const steps = 2 * options.powerIterations + 3;
  let done = 0;
  const step = () => options.onStep(++done, steps);

  const sample = Float32Array.from({ length: size * width }, () => gaussian(options.random));
  let basis = orthonormal(times(matrix, sample, width), size, width);
  step();
  for (let iteration = 0; iteration < options.powerIterations; iteration++) {
    const back = orthonormal(timesTransposed(matrix, basis, width), size, width);
    step();
    basis = orthonormal(times(matrix, back, width), size, width);
    step();
  }
  // With Q the basis and C = AᵀQ, the left singular vectors of A are Q times the eigenvectors of CᵀC = QᵀAAᵀQ.
  const { values, vectors } = symmetricEigen(gram(timesTransposed(matrix, basis, width), size, width), width);
  step();
  const order = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]!);
  const result = new Float32Array(size * options.rank);
  const scaled = new Float64Array(width * rank);
  for (let column = 0; column < rank; column++) {
    const from = order[column]!;
    const root = Math.max(values[from]!, 0) ** 0.25;
    for (let row = 0; row < width; row++) scaled[row * rank + column] = vectors[row * width + from]! * root;
  }
  const sums = new Float64Array(rank);
  for (let row = 0; row < size; row++) {
    sums.fill(0);
    for (let inner = 0; inner < width; inner++) {
      const factor = basis[row * width + inner]!;
      for (let column = 0; column < rank; column++) sums[column]! += factor * scaled[inner * rank + column]!;
    }
    result.set(sums, row * options.rank);
  }
  step();
  return result;
}

function times(matrix: SparseMatrix, dense: Float32Array, width: number): Float32Array {
  const { size, starts, columns, values } = matrix;
  const product = new Float32Array(size * width);
  for (let row = 0; row < size; row++) {
    const to = row * width;
    for (let place = starts[row]!; place < starts[row + 1]!; place++) {
      const from = columns[place]! * width;
      const value = values[place]!;
      for (let column = 0; column < width; column++) product[to + column]! += value * dense[from + column]!;
    }
  }
  return product;
}

function timesTransposed(matrix: SparseMatrix, dense: Float32Array, width: number): Float32Array {
  const { size, starts, columns, values } = matrix;
  const product = new Float32Array(size * width);
  for (let row = 0; row < size; row++) {
    const from = row * width;
    for (let place = starts[row]!; place < starts[row + 1]!; place++) {
      const to = columns[place]! * width;
      const value = values[place]!;
      for (let column = 0; column < width; column++) product[to + column]! += value * dense[from + column]!;
    }
  }
  return product;
}

/** Xᵀ X for a tall X. */
function gram(tall: Float32Array, size: number, width: number): Float64Array {
  const product = new Float64Array(width * width);
  for (let row = 0; row < size; row++) {
    const start = row * width;
    for (let left = 0; left < width; left++) {
      const factor = tall[start + left]!;
      const to = left * width;
      for (let right = left; right < width; right++) product[to + right]! += factor * tall[start + right]!;
    }
  }
  for (let left = 0; left < width; left++)
    for (let right = 0; right < left; right++) product[left * width + right] = product[right * width + left]!;
  return product;
}

/** An orthonormal basis of the columns: QR by the Cholesky factor of XᵀX, the ridge keeping it definite. */
function orthonormal(tall: Float32Array, size: number, width: number): Float32Array {
  const factor = gram(tall, size, width);
  let trace = 0;
  for (let at = 0; at < width; at++) trace += factor[at * width + at]!;
  for (let at = 0; at < width; at++) factor[at * width + at]! += 1e-9 * trace;
  for (let row = 0; row < width; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = factor[row * width + column]!;
      for (let inner = 0; inner < column; inner++)
        sum -= factor[row * width + inner]! * factor[column * width + inner]!;
      factor[row * width + column] = row === column ? Math.sqrt(sum) : sum / factor[column * width + column]!;
    }
  }
  for (let row = 0; row < size; row++) {
    const start = row * width;
    for (let column = 0; column < width; column++) {
      let sum = tall[start + column]!;
      const from = column * width;
      for (let inner = 0; inner < column; inner++) sum -= factor[from + inner]! * tall[start + inner]!;
      tall[start + column] = sum / factor[from + column]!;
    }
  }
  return tall;
}

/** Eigenvalues and, by columns, eigenvectors of a symmetric matrix: cyclic Jacobi (Golub and Van Loan, 8.5). */
export function symmetricEigen(symmetric: Float64Array, size: number): { values: Float64Array; vectors: Float64Array } {
  const matrix = symmetric.slice();
  const vectors = new Float64Array(size * size);
  for (let at = 0; at < size; at++) vectors[at * size + at] = 1;
  for (let sweep = 0; sweep < 30; sweep++) {
    let off = 0;
    let diagonal = 0;
    for (let row = 0; row < size; row++) {
      diagonal += matrix[row * size + row]! ** 2;
      for (let column = row + 1; column < size; column++) off += matrix[row * size + column]! ** 2;
    }
    if (off <= 1e-18 * diagonal) break;
    for (let p = 0; p < size - 1; p++) for (let q = p + 1; q < size; q++) rotate(matrix, vectors, size, p, q);
  }
  return { values: Float64Array.from({ length: size }, (_, at) => matrix[at * size + at]!), vectors };
}

function rotate(matrix: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const between = matrix[p * size + q]!;
  if (between === 0) return;
  const theta = (matrix[q * size + q]! - matrix[p * size + p]!) / (2 * between);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (let at = 0; at < size; at++) {
    const left = matrix[at * size + p]!;
    const right = matrix[at * size + q]!;
    matrix[at * size + p] = cosine * left - sine * right;
    matrix[at * size + q] = sine * left + cosine * right;
  }
  for (let at = 0; at < size; at++) {
    const left = matrix[p * size + at]!;
    const right = matrix[q * size + at]!;
    matrix[p * size + at] = cosine * left - sine * right;
    matrix[q * size + at] = sine * left + cosine * right;
    const leftVector = vectors[at * size + p]!;
    const rightVector = vectors[at * size + q]!;
    vectors[at * size + p] = cosine * leftVector - sine * rightVector;
    vectors[at * size + q] = sine * leftVector + cosine * rightVector;
  }
}
