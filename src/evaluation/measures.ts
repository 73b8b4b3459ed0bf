/** Share of the ranks (from 1; null when missing) that are at most `cutoff`: R@k with one relevant item. */
export function recallAt(ranks: readonly (number | null)[], cutoff: number): number {
  return mean(ranks.map((rank) => (rank !== null && rank <= cutoff ? 1 : 0)));
}

/** Mean reciprocal rank (E. M. Voorhees, TREC-8, 1999). */
export function meanReciprocalRank(ranks: readonly (number | null)[]): number {
  return mean(ranks.map((rank) => (rank === null ? 0 : 1 / rank)));
}

/**
 * Area under the ROC curve: how often a positive scores above a negative, ties counted half
 * (the Mann–Whitney U statistic over the number of pairs). NaN without both kinds.
 */
export function areaUnderRoc(positives: readonly number[], negatives: readonly number[]): number {
  let above = 0;
  for (const positive of positives) {
    for (const negative of negatives) above += positive > negative ? 1 : positive === negative ? 0.5 : 0;
  }
  return above / (positives.length * negatives.length);
}

/** NaN for no values. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
