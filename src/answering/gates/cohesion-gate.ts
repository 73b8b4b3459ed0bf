import type { Claim, Gate } from './claim.ts';

const fewestPairs = 2;
const leastCohesion = 0.3;

/** Neighbouring words of the sentence that no sentence of the window has together: words of the passage put together anew. */
export const cohesionGate: Gate = {
  name: 'cohesion',
  kind: 'soft',
  check(claim) {
    const share = cohesion(claim);
    if (share === null || share >= leastCohesion) return [];
    return [
      { words: [], why: `the passage has only ${Math.round(100 * share)} % of the neighbouring words in one sentence` },
    ];
  },
};

function cohesion({ sentence, window }: Claim): number | null {
  const places = sentence.tokens.flatMap(({ isContent }, index) => (isContent ? [index] : []));
  const texts = [...window.sentenceSupports, window.headingSupport];
  const pairs = places.slice(1).map((right, index) => [places[index] ?? 0, right] as const);
  if (pairs.length < fewestPairs) return null;
  const together = pairs.filter(([left, right]) =>
    texts.some((support) => (support[left] ?? 0) > 0 && (support[right] ?? 0) > 0),
  );
  return together.length / pairs.length;
}
