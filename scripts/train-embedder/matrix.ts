/** A · Bᵀ for row-major matrices with `inner` columns: `rows` of A, a multiple of four, and `columns` rows of B, an even number. */
export function timesTransposed(
  product: Float64Array,
  left: Float64Array,
  right: Float64Array,
  rows: number,
  columns: number,
  inner: number,
): void {
  // Blocks of four by two keep eight sums in registers and use every number read for two or four products.
  for (let row = 0; row < rows; row += 4) {
    const l0 = row * inner;
    const l1 = l0 + inner;
    const l2 = l1 + inner;
    const l3 = l2 + inner;
    for (let column = 0; column < columns; column += 2) {
      const r0 = column * inner;
      const r1 = r0 + inner;
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      let s20 = 0;
      let s21 = 0;
      let s30 = 0;
      let s31 = 0;
      for (let at = 0; at < inner; at++) {
        const a = right[r0 + at]!;
        const b = right[r1 + at]!;
        const x = left[l0 + at]!;
        const y = left[l1 + at]!;
        const z = left[l2 + at]!;
        const w = left[l3 + at]!;
        s00 += x * a;
        s01 += x * b;
        s10 += y * a;
        s11 += y * b;
        s20 += z * a;
        s21 += z * b;
        s30 += w * a;
        s31 += w * b;
      }
      const to = row * columns + column;
      product[to] = s00;
      product[to + 1] = s01;
      product[to + columns] = s10;
      product[to + columns + 1] = s11;
      product[to + 2 * columns] = s20;
      product[to + 2 * columns + 1] = s21;
      product[to + 3 * columns] = s30;
      product[to + 3 * columns + 1] = s31;
    }
  }
}

export function transpose(result: Float64Array, matrix: Float64Array, rows: number, columns: number): void {
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) result[column * rows + row] = matrix[row * columns + column]!;
}
