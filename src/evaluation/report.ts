import type { EvaluationFigures } from './evaluate.ts';

/** The figures as text for a terminal or a file. */
export function reportText(figures: readonly EvaluationFigures[], options: { readonly misses: boolean }): string {
  return figures.map((set) => setText(set, options.misses)).join('\n');
}

function setText(figures: EvaluationFigures, withMisses: boolean): string {
  const { counts } = figures;
  const lines = [
    `${figures.set}: ${counts.in} in scope, ${counts.far} far and ${counts.near} near out of scope`,
    `  ${'section retrieval'.padEnd(20)}${['R@1', 'R@3', 'MRR', 'AUROC'].map((name) => name.padStart(8)).join('')}`,
    ...figures.rankings.map(
      ({ ranking, recallAt1, recallAt3, meanReciprocalRank, areaUnderRoc }) =>
        `  ${ranking.padEnd(20)}${[recallAt1, recallAt3, meanReciprocalRank, areaUnderRoc].map(decimal).join('')}`,
    ),
    `  answered in scope ${percent(figures.answered)}, right section cited first ${percent(figures.rightFirst)}`,
    `  refused: far ${percent(figures.farRefused)}, near ${percent(figures.nearRefused)}`,
    ...(withMisses
      ? figures.misses.map(({ question, wanted, got }) => `  - ${question}\n      wanted ${wanted}, got ${got}`)
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

function decimal(value: number): string {
  return (Number.isNaN(value) ? '–' : value.toFixed(3)).padStart(8);
}

function percent(value: number): string {
  return Number.isNaN(value) ? '–' : `${(100 * value).toFixed(1)} %`;
}
