import type { Passage } from '../domain.ts';

/** The passages that a `from` of the FAQ names, or why it names none. */
export type FaqSource = { readonly passages: readonly Passage[] } | { readonly problem: string };

/**
 * Finds `document#section/n`, `document#section`, or a section's own id where only one document has it. The passages of a
 * section are in reading order.
 */
export function findFaqSource(from: string, passages: readonly Passage[]): FaqSource {
  const name = from.replace(/^#/u, '');
  const exact = passages.filter(({ id }) => id === name);
  if (exact.length > 0) return { passages: exact };
  const sectionOf = ({ document, section }: Passage) => `${document}#${section}`;
  const [document, section] = name.includes('#') ? name.split('#', 2) : [undefined, name];
  const found = passages.filter(
    (passage) => passage.section === section && (document === undefined || passage.document === document),
  );
  const sections = [...new Set(found.map(sectionOf))];
  if (sections.length === 1) return { passages: found };
  if (sections.length > 1) {
    return { problem: `several articles have a section “${from}”. Write one of: ${sections.join(', ')}` };
  }
  const known = [...new Set(passages.map((passage) => passage.section))];
  const near = known
    .map((id) => ({ id, shared: sharedWords(id, section ?? '') }))
    .filter(({ shared }) => shared > 0)
    .sort((one, other) => other.shared - one.shared)
    .slice(0, mostNamed)
    .map(({ id }) => id);
  const next = near.length > 0 ? `The nearest are: ${near.join(', ')}` : `There are: ${known.slice(0, 8).join(', ')}`;
  return { problem: `no article has a section “${from}”. ${next}` };
}

const mostNamed = 3;

function sharedWords(one: string, other: string): number {
  const words = new Set(other.replace(/\/\d+$/u, '').split('-'));
  return one.split('-').filter((word) => words.has(word)).length;
}
