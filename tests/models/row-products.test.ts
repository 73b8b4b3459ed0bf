import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRowProducts } from '../../src/models/row-products.ts';

const component = fc.integer({ min: -127, max: 127 });
const table = fc
  .integer({ min: 1, max: 40 })
  .chain((dimension) =>
    fc.array(fc.array(component, { minLength: dimension, maxLength: dimension }), { minLength: 1 }),
  );

describe('row products', () => {
  it('any rows > the sums that plain arithmetic gives', () => {
    fc.assert(
      fc.property(table, fc.array(fc.nat()), (rows, picks) => {
        const products = createRowProducts(rows[0]!.length);
        const places = rows.map((row) => products.add(Int8Array.from(row)));
        const chosen = picks.map((pick) => places[pick % places.length]!);
        const expected = chosen.map((place) => rows[0]!.reduce((sum, value, at) => sum + value * rows[place]![at]!, 0));
        expect([...products.of(Int8Array.from(rows[0]!), chosen)]).toEqual(expected);
      }),
    );
  });

  it('the greatest values in every component > nothing overflows', () => {
    const products = createRowProducts(256);
    const greatest = new Int8Array(256).fill(127);
    expect([...products.of(greatest, [products.add(greatest)])]).toEqual([127 * 127 * 256]);
    expect([...products.of(greatest, [products.add(greatest.map((value) => -value))])]).toEqual([-127 * 127 * 256]);
  });

  it('more rows than fit at first, asked for in one call > every sum, zeros for a missing row', () => {
    const products = createRowProducts(256);
    const places = Array.from({ length: 9_000 }, (_, at) =>
      products.add(at % 3 === 0 ? undefined : Int8Array.of(at % 100)),
    );
    const sums = products.of(Int8Array.of(2), places);
    expect([...sums]).toEqual(places.map((_, at) => (at % 3 === 0 ? 0 : 2 * (at % 100))));
  });

  it('rows that do not fit > says so', () => {
    expect(() => createRowProducts(5_000)).toThrow('rows of 5000 components are too long');
  });
});
