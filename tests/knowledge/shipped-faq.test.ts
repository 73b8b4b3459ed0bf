import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findFaqSource } from '../../src/knowledge/faq-source.ts';
import { loadFaq } from '../../src/knowledge/load-faq.ts';
import { readArticles } from '../../src/knowledge/read-articles.ts';

const folder = fileURLToPath(new URL('../../knowledge', import.meta.url));
const { entries, problems } = await loadFaq(folder);
const { passages } = await readArticles(folder, null);

describe('the shipped faq.yaml', () => {
  it('its entries > are at least twenty-four, without a problem, each with 8 to 20 variants', () => {
    expect(problems).toEqual([]);
    expect(entries.length).toBeGreaterThanOrEqual(24);
    for (const { question, variants } of entries) {
      expect(variants.length, question).toBeGreaterThanOrEqual(8);
      expect(variants.length, question).toBeLessThanOrEqual(20);
    }
  });

  it('its answers > cite every section of the article', () => {
    const cited = entries.flatMap(({ answer }) =>
      answer.flatMap(({ from }) =>
        from.flatMap((name) => {
          const source = findFaqSource(name, passages);
          if ('problem' in source) throw new Error(source.problem);
          return source.passages.map(({ id }) => id);
        }),
      ),
    );
    expect(passages.map(({ id }) => id).filter((id) => !cited.includes(id))).toEqual([]);
  });
});
