/** A sparse square matrix by rows (compressed sparse rows). */
export interface SparseMatrix {
  readonly size: number;
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

export interface CooccurrenceOptions {
  /** Words on either side that count. */
  readonly window: number;
  /** Power on the context counts, below 1 so that rare contexts weigh less (Levy, Goldberg and Dagan, 2015). */
  readonly contextPower: number;
}

/**
 * Positive pointwise mutual information of words within a window, nearer words counting more
 * (linear decay: weight (window + 1 − distance) / window).
 */
export function positiveMutualInformation(
  sentences: readonly Int32Array[],
  size: number,
  { window, contextPower }: CooccurrenceOptions,
): SparseMatrix {
  const { text, starts: places, positions } = invert(sentences, size, window);
  const sums = new Float64Array(size);
  const counts = new Float64Array(size);
  const rows: { columns: Int32Array; values: Float64Array }[] = [];
  for (let row = 0; row < size; row++) {
    const touched: number[] = [];
    for (let place = places[row]!; place < places[row + 1]!; place++) {
      const centre = positions[place]!;
      for (let distance = 1; distance <= window; distance++) {
        const weight = (window + 1 - distance) / window;
        for (const context of [text[centre - distance]!, text[centre + distance]!]) {
          if (context < 0) continue;
          if (counts[context] === 0) touched.push(context);
          counts[context]! += weight;
        }
      }
    }
    const columns = Int32Array.from(touched).sort();
    const values = Float64Array.from(columns, (column) => counts[column]!);
    for (const column of columns) counts[column] = 0;
    for (const value of values) sums[row]! += value;
    rows.push({ columns, values });
  }
  return weigh(rows, sums, contextPower);
}

function weigh(
  rows: readonly { columns: Int32Array; values: Float64Array }[],
  sums: Float64Array,
  contextPower: number,
): SparseMatrix {
  const powers = sums.map((sum) => sum ** contextPower);
  const powerTotal = powers.reduce((total, power) => total + power, 0);
  const starts = new Int32Array(rows.length + 1);
  const columns: number[] = [];
  const values: number[] = [];
  rows.forEach((entries, row) => {
    entries.columns.forEach((column, place) => {
      const information = Math.log((entries.values[place]! * powerTotal) / (sums[row]! * powers[column]!));
      if (information <= 0) return;
      columns.push(column);
      values.push(information);
    });
    starts[row + 1] = columns.length;
  });
  return { size: rows.length, starts, columns: Int32Array.from(columns), values: Float32Array.from(values) };
}

/** All sentences as one text, `window` gaps (−1) between them, and where each word stands in it. */
function invert(sentences: readonly Int32Array[], size: number, window: number) {
  const length = sentences.reduce((total, sentence) => total + sentence.length + window, window);
  const text = new Int32Array(length).fill(-1);
  const starts = new Int32Array(size + 1);
  let end = window;
  for (const sentence of sentences) {
    text.set(sentence, end);
    end += sentence.length + window;
    for (const word of sentence) starts[word + 1]!++;
  }
  for (let word = 0; word < size; word++) starts[word + 1]! += starts[word]!;
  const next = starts.slice();
  const positions = new Int32Array(starts[size]!);
  text.forEach((word, position) => {
    if (word >= 0) positions[next[word]!++] = position;
  });
  return { text, starts, positions };
}
