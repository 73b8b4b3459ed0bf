import type { StaticWeights } from '../../src/models/static-weights.ts';

/** Rows as signed bytes: each row's largest component becomes ±127. */
export function quantise(rows: Float32Array, stems: readonly string[], identity: string): StaticWeights {
  const dimension = rows.length / stems.length;
  const scales = new Float32Array(stems.length);
  const values = new Int8Array(rows.length);
  for (let row = 0; row < stems.length; row++) {
    const own = rows.subarray(row * dimension, (row + 1) * dimension);
    const largest = own.reduce((most, component) => Math.max(most, Math.abs(component)), 0);
    scales[row] = largest / 127;
    if (largest > 0)
      values.set(
        own.map((component) => Math.round((component / largest) * 127)),
        row * dimension,
      );
  }
  return { identity, dimension, rows: new Map(stems.map((stem, row) => [stem, row])), scales, values };
}

/** The bytes of weights.bin: scales as little-endian float32, then the rows. */
export function encodeWeights({ scales, values }: StaticWeights): Uint8Array {
  const bytes = new Uint8Array(scales.length * Float32Array.BYTES_PER_ELEMENT + values.length);
  const view = new DataView(bytes.buffer);
  scales.forEach((scale, row) => {
    view.setFloat32(row * Float32Array.BYTES_PER_ELEMENT, scale, true);
  });
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.length), scales.length * 4);
  return bytes;
}
