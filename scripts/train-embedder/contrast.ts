import { createLazyAdam } from './adam.ts';
import { type Batch, createInfoNce } from './info-nce.ts';
import type { Bags, Pairs } from './pairs.ts';
import { type Random, shuffle } from './random.ts';

export interface ContrastOptions {
  readonly dimension: number;
  /** A multiple of four. */
  readonly batchSize: number;
  readonly epochs: number;
  readonly temperature: number;
  readonly learningRate: number;
  /** Share of the steps in which the learning rate climbs; afterwards it falls to zero in a line. */
  readonly warmUp: number;
  readonly random: Random;
  readonly onBatch: (done: number, total: number, loss: number) => void;
}

export interface EpochLoss {
  /** Mean over the first and over the last twentieth of the epoch's batches. */
  readonly start: number;
  readonly end: number;
}

/** Pulls the two texts of a pair together and the other texts of the batch away; changes `rows` in place. */
export function contrast(
  rows: Float32Array,
  bags: Bags,
  pairs: readonly Pairs[],
  options: ContrastOptions,
): readonly EpochLoss[] {
  const { dimension, batchSize, epochs, random } = options;
  const batchesPerEpoch = pairs.reduce((sum, { left }) => sum + Math.floor(left.length / batchSize), 0);
  const total = batchesPerEpoch * epochs;
  const loss = createInfoNce(batchSize, dimension, options.temperature);
  const step = createLazyAdam(rows, dimension, { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
  const left = createSide(rows, bags, batchSize, dimension);
  const right = createSide(rows, bags, batchSize, dimension);
  const gradients = createRowGradients(dimension, rows.length / dimension);
  const report: EpochLoss[] = [];
  let done = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const losses: number[] = [];
    for (const batch of schedule(pairs, batchSize, random)) {
      left.embed(batch.left);
      right.embed(batch.right);
      losses.push(loss(batch, left.vectors, right.vectors, left.gradients, right.gradients));
      gradients.clear();
      left.spread(batch.left, gradients);
      right.spread(batch.right, gradients);
      const progress = done / total;
      const rate = progress < options.warmUp ? progress / options.warmUp : (1 - progress) / (1 - options.warmUp);
      step(gradients.touched, gradients.values(), options.learningRate * rate);
      options.onBatch(++done, total, losses.at(-1)!);
    }
    const edge = Math.max(1, Math.floor(losses.length / 20));
    report.push({ start: mean(losses.slice(0, edge)), end: mean(losses.slice(-edge)) });
  }
  return report;
}

/** The epoch's batches in random order, each of one kind of pair; a kind's last, incomplete batch is left out. */
function* schedule(pairs: readonly Pairs[], batchSize: number, random: Random): Generator<Batch> {
  const plan: { pairs: Pairs; order: Int32Array; start: number }[] = [];
  for (const kind of pairs) {
    const order = Int32Array.from(kind.left.keys());
    shuffle(order, random);
    for (let start = 0; start + batchSize <= order.length; start += batchSize) plan.push({ pairs: kind, order, start });
  }
  const turns = Int32Array.from(plan.keys());
  shuffle(turns, random);
  for (const turn of turns) {
    const { pairs: kind, order, start } = plan[turn]!;
    const chosen = order.subarray(start, start + batchSize);
    yield {
      left: chosen.map((pair) => kind.left[pair]!),
      right: chosen.map((pair) => kind.right[pair]!),
    };
  }
}

/** One side of a batch: unit vectors of the texts, and the way back from their gradients to those of the rows. */
function createSide(rows: Float32Array, bags: Bags, batchSize: number, dimension: number) {
  const vectors = new Float64Array(batchSize * dimension);
  const gradients = new Float64Array(batchSize * dimension);
  const lengths = new Float64Array(batchSize);
  return {
    vectors,
    gradients,
    embed(texts: Int32Array): void {
      vectors.fill(0);
      texts.forEach((text, place) => {
        const to = place * dimension;
        for (let stem = bags.starts[text]!; stem < bags.starts[text + 1]!; stem++) {
          const from = bags.stems[stem]! * dimension;
          const weight = bags.weights[stem]!;
          for (let at = 0; at < dimension; at++) vectors[to + at]! += weight * rows[from + at]!;
        }
        let squares = 1e-12;
        for (let at = 0; at < dimension; at++) squares += vectors[to + at]! ** 2;
        lengths[place] = Math.sqrt(squares);
        for (let at = 0; at < dimension; at++) vectors[to + at]! /= lengths[place]!;
      });
    },
    spread(texts: Int32Array, into: RowGradients): void {
      texts.forEach((text, place) => {
        const start = place * dimension;
        let along = 0;
        for (let at = 0; at < dimension; at++) along += gradients[start + at]! * vectors[start + at]!;
        // The derivative of v / |v|: what points along the vector has no effect.
        for (let at = 0; at < dimension; at++)
          gradients[start + at] = (gradients[start + at]! - along * vectors[start + at]!) / lengths[place]!;
        for (let stem = bags.starts[text]!; stem < bags.starts[text + 1]!; stem++)
          into.add(bags.stems[stem]!, bags.weights[stem]!, gradients, start);
      });
    },
  };
}

type RowGradients = ReturnType<typeof createRowGradients>;

/** Gradients of the rows that a batch touches, packed in the order of their first touch. */
function createRowGradients(dimension: number, rowCount: number) {
  const places = new Int32Array(rowCount).fill(-1);
  const touched: number[] = [];
  let packed = new Float64Array(1024 * dimension);
  return {
    touched,
    values: () => packed,
    clear(): void {
      for (const row of touched) places[row] = -1;
      packed.fill(0, 0, touched.length * dimension);
      touched.length = 0;
    },
    add(row: number, weight: number, gradient: Float64Array, start: number): void {
      let place = places[row]!;
      if (place < 0) {
        place = touched.length;
        places[row] = place;
        touched.push(row);
        if (touched.length * dimension > packed.length) {
          const larger = new Float64Array(packed.length * 2);
          larger.set(packed);
          packed = larger;
        }
      }
      const to = place * dimension;
      for (let at = 0; at < dimension; at++) packed[to + at]! += weight * gradient[start + at]!;
    },
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
