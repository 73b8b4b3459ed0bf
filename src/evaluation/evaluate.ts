import { questionForm } from '../answering/question-form.ts';
import type { Answer, Ask } from '../domain.ts';
import type { HybridSearch } from '../retrieval/hybrid-search.ts';
import type { KnowledgeIndex, ScoredPassage } from '../retrieval/knowledge-index.ts';
import { areaUnderRoc, mean, meanReciprocalRank, recallAt } from './measures.ts';
import type { EvaluationQuestion, QuestionSet } from './question-set.ts';

/** Ways to rank passages that are measured beside each other. */
const rankings = {
  BM25: ({ keywordScore }: ScoredPassage) => keywordScore,
  dense: ({ similarity }: ScoredPassage) => similarity,
  hybrid: ({ score }: ScoredPassage) => score,
} as const;

export interface RankingFigures {
  readonly ranking: string;
  readonly recallAt1: number;
  readonly recallAt3: number;
  readonly meanReciprocalRank: number;
  /** In-scope against all out-of-scope questions, by the best passage's score; hybrid: by the strength of the evidence. */
  readonly areaUnderRoc: number;
}

export interface Miss {
  readonly question: string;
  readonly wanted: string;
  readonly got: string;
}

export interface EvaluationFigures {
  readonly set: string;
  readonly counts: { readonly in: number; readonly far: number; readonly near: number };
  readonly rankings: readonly RankingFigures[];
  /** Share of in-scope questions answered; whose first citation is a right section; shares refused. NaN without any. */
  readonly answered: number;
  readonly rightFirst: number;
  readonly farRefused: number;
  readonly nearRefused: number;
  readonly misses: readonly Miss[];
}

interface Run {
  readonly question: EvaluationQuestion;
  readonly found: readonly ScoredPassage[];
  readonly strength: number;
  readonly answer: Answer;
}

/** Runs one set through retrieval alone and through the whole path of a question. */
export async function evaluate(
  set: QuestionSet,
  index: KnowledgeIndex,
  search: HybridSearch,
  ask: Ask,
): Promise<EvaluationFigures> {
  const runs: Run[] = [];
  for (const question of set.questions) {
    const { passages: found, strength } = await search.search(index, questionForm(question.question).subject, {
      limit: index.passages.length,
    });
    runs.push({ question, found, strength, answer: await answerOf(ask, question.question) });
  }
  const of = (kind: EvaluationQuestion['kind']) => runs.filter(({ question }) => question.kind === kind);
  const refused = (kind: EvaluationQuestion['kind']) =>
    mean(of(kind).map(({ answer }) => Number(answer.outcome !== 'answered')));
  return {
    set: set.name,
    counts: { in: of('in').length, far: of('far').length, near: of('near').length },
    rankings: Object.entries(rankings).map(([ranking, scoreOf]) => {
      const ranks = of('in').map(({ question, found }) => sectionRank(found, scoreOf, question.sections));
      const isHybrid = ranking === 'hybrid';
      const best = (inScope: boolean) =>
        runs
          .filter(({ question }) => (question.kind === 'in') === inScope)
          .map(({ found, strength }) => (isHybrid ? strength : Math.max(0, ...found.map(scoreOf))));
      return {
        ranking,
        recallAt1: recallAt(ranks, 1),
        recallAt3: recallAt(ranks, 3),
        meanReciprocalRank: meanReciprocalRank(ranks),
        areaUnderRoc: areaUnderRoc(best(true), best(false)),
      };
    }),
    answered: mean(of('in').map(({ answer }) => Number(answer.outcome === 'answered'))),
    rightFirst: mean(of('in').map(({ question, answer }) => Number(question.sections.includes(firstSection(answer))))),
    farRefused: refused('far'),
    nearRefused: refused('near'),
    misses: runs.flatMap(({ question, answer }) => {
      const got = answer.outcome === 'answered' ? firstSection(answer) : 'refused';
      const right = question.kind === 'in' ? question.sections.includes(got) : got === 'refused';
      return right
        ? []
        : [{ question: question.question, wanted: question.sections[0] ?? `refused (${question.kind})`, got }];
    }),
  };
}

async function answerOf(ask: Ask, text: string): Promise<Answer> {
  for await (const event of ask({ text })) {
    if (event.type === 'answer-end') return event.answer;
    if (event.type === 'answer-error') throw new Error(`${text}: ${event.message}`);
  }
  throw new Error(`${text}: no answer came`);
}

/** Rank, from 1, of the first right section when passages are ordered by `scoreOf`; null when none scores. */
function sectionRank(
  found: readonly ScoredPassage[],
  scoreOf: (passage: ScoredPassage) => number,
  right: readonly string[],
): number | null {
  const ordered = found.filter((passage) => scoreOf(passage) > 0).sort((left, other) => scoreOf(other) - scoreOf(left));
  const sections = [...new Set(ordered.map(({ passage }) => passage.section))];
  const at = sections.findIndex((section) => right.includes(section));
  return at === -1 ? null : at + 1;
}

/** Section id of the first citation, empty when there is none. */
function firstSection(answer: Answer): string {
  const id = answer.sentences[0]?.citations[0] ?? '';
  return id.slice(id.indexOf('#') + 1, id.lastIndexOf('/'));
}
