import { scoresOf, shareOut } from '../../src/conversation/triage/message-classifier.ts';
import { type Feature, featureBits } from '../../src/conversation/triage/message-features.ts';
import { createRandom } from '../train-embedder/random.ts';

export interface TrainingRow {
  readonly features: readonly Feature[];
  readonly label: number;
  readonly weight: number;
}

const epochs = 12;
const rate = 0.25;
const decay = 1e-5;
const firstSquare = 1e-2;
const least = 1e-4;

/**
 * Softmax regression by stochastic gradients with AdaGrad (Duchi, Hazan and Singer, 2011) and L2 decay on the rows
 * that an example touches. The same rows give the same weights.
 */
export function trainSoftmax(rows: readonly TrainingRow[], classes: number): Float32Array {
  const weights = new Float32Array(classes << featureBits);
  const squares = new Float32Array(weights.length).fill(firstSquare);
  const random = createRandom(1);
  const order = rows.map((_, at) => at);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    for (const at of order) {
      const { features, label, weight } = rows[at]!;
      const shares = shareOut(scoresOf(features, weights, classes));
      for (let own = 0; own < classes; own += 1) {
        const error = (shares[own]! - (own === label ? 1 : 0)) * weight;
        if (Math.abs(error) < least) continue;
        for (const { row, value } of features) {
          const place = row * classes + own;
          const slope = error * value + decay * weights[place]!;
          squares[place]! += slope * slope;
          weights[place]! -= (rate * slope) / Math.sqrt(squares[place]!);
        }
      }
    }
  }
  return weights;
}

function shuffle(items: number[], random: () => number): void {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other]!, items[last]!];
  }
}
