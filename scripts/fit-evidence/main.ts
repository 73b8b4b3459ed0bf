// `npm run fit:evidence`: fits the weights of `retrieval/evidence-strength.ts` on question sets that are spent and prints them, with what each
// set has when they are fitted on the others alone.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { questionForm } from '../../src/answering/question-form.ts';
import { areaUnderRoc } from '../../src/evaluation/measures.ts';
import { type QuestionKind, readQuestionSet } from '../../src/evaluation/question-set.ts';
import { type EvidenceTraits, evidenceWeights } from '../../src/retrieval/evidence-strength.ts';
import { fitLogisticRegression, type LabelledRow } from './logistic-regression.ts';
import { openSubjects } from './open-subjects.ts';

/** Sets that were scored as unseen ones and may be learnt from since. */
const spent = ['tune', 'final', 'second-final', 'third-final'];
const penalty = 1;
/** What an utterance about anything counts beside a question of a set: there are many. */
const utteranceWeight = 0.05;
/** Who types what a heading says asks for its section, in fewer words than the questions of the sets have. */
const headingWeight = 0.5;
const shares = [0.88, 0.9, 0.92, 0.94, 0.96];

interface Row {
  /** Sets that are left out together. */
  readonly group: string;
  readonly corpus: string;
  readonly kind: QuestionKind | 'utterance' | 'heading';
  readonly traits: EvidenceTraits;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const { subjects, search, utterances } = await openSubjects(
  root,
  spent.map((name) => join(root, 'tests', 'evals', `paraphrase-${name}.json`)),
);
const names = Object.keys(evidenceWeights) as (keyof EvidenceTraits)[];
const rows: Row[] = [];
for (const { index, sets } of subjects) {
  const corpus = index.documents[0]?.id ?? '';
  for (const text of utterances) {
    const { traits } = await search.search(index, text);
    rows.push({ group: '', corpus, kind: 'utterance', traits });
  }
  for (const heading of new Set(
    index.documents.flatMap(({ sections }) => sections.flatMap(({ heading }) => heading ?? [])),
  )) {
    const { traits } = await search.search(index, heading);
    rows.push({ group: '', corpus, kind: 'heading', traits });
  }
  for (const path of sets) {
    const { name, questions } = await readQuestionSet(path);
    const group = name.startsWith('paraphrase-') ? name : 'other articles';
    for (const { question, kind } of questions) {
      const { traits } = await search.search(index, questionForm(question).subject);
      rows.push({ group, corpus, kind, traits });
    }
  }
}

const strengthFrom = (from: readonly Row[]) => {
  const { weights } = fitLogisticRegression(from.map(toLabelled), penalty);
  return (row: Row) => names.reduce((sum, name, at) => sum + (weights[at] ?? 0) * row.traits[name], 0);
};
const report = [
  ['left out', 'AUROC far', 'near', ...shares.map((share) => `above ${share}: in, far, near`)].join(' | '),
];
for (const group of [...new Set(rows.flatMap(({ group }) => group || []))]) {
  const strengthOf = strengthFrom(rows.filter((row) => row.group !== group));
  const left = rows.filter((row) => row.group === group);
  const of = (kind: Row['kind']) => left.filter((row) => row.kind === kind);
  const area = (kind: Row['kind']) => areaUnderRoc(of('in').map(strengthOf), of(kind).map(strengthOf)).toFixed(3);
  const shareAbove = (kind: Row['kind'], share: number) =>
    of(kind).filter((row) => shareOf(row, strengthOf) > share).length / of(kind).length;
  const cells = shares.map((share) =>
    ['in', 'far', 'near'].map((kind) => shareAbove(kind as Row['kind'], share).toFixed(3)).join(' '),
  );
  report.push([group, area('far'), area('near'), ...cells].join(' | '));
}
const whole = strengthFrom(rows);
const headings = rows.filter(({ kind }) => kind === 'heading');
report.push(
  `headings above: ${shares.map((share) => (headings.filter((row) => shareOf(row, whole) > share).length / headings.length).toFixed(3)).join(' ')}`,
);
const { weights } = fitLogisticRegression(rows.map(toLabelled), penalty);
console.log([...report, ...names.map((name, at) => `${name}: ${(weights[at] ?? 0).toFixed(2)}`)].join('\n'));

function toLabelled({ kind, traits }: Row): LabelledRow {
  return {
    features: names.map((name) => traits[name]),
    label: kind === 'in' || kind === 'heading' ? 1 : 0,
    weight: kind === 'utterance' ? utteranceWeight : kind === 'heading' ? headingWeight : 1,
  };
}

/** Share of the utterances that are weaker on the same article. */
function shareOf(row: Row, strengthOf: (row: Row) => number): number {
  const beside = rows.filter(({ kind, corpus }) => kind === 'utterance' && corpus === row.corpus);
  return beside.filter((other) => strengthOf(other) < strengthOf(row)).length / beside.length;
}
