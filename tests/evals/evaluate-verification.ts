import type { Verify } from '../../src/answering/verify.ts';
import type { Passage } from '../../src/domain.ts';

/** A sentence held against a section: supported by it or not. */
export interface CandidateSentence {
  readonly id: string | number;
  readonly section: string;
  readonly sentence: string;
  readonly supported: boolean;
  readonly kind: string;
}

export interface VerificationEvaluation {
  readonly supported: number;
  /** Supported sentences that were kept. */
  readonly passed: number;
  readonly unsupported: number;
  /** Unsupported sentences that were dropped. */
  readonly blocked: number;
  /** Of each kind of unsupported sentence. */
  readonly blockedByKind: Readonly<Record<string, { readonly blocked: number; readonly total: number }>>;
  readonly falseDrops: readonly string[];
  readonly leaks: readonly string[];
}

/** Pass of supported and block of unsupported candidates. */
export function evaluateVerification(
  verify: Verify,
  passages: readonly Passage[],
  candidates: readonly CandidateSentence[],
): VerificationEvaluation {
  const judged = candidates.map((candidate) => {
    const cited = passages.filter(({ section }) => section === candidate.section);
    if (cited.length === 0) throw new Error(`candidate ${candidate.id} names no section: ${candidate.section}`);
    return { candidate, kept: verify(candidate.sentence, cited).verdict === 'keep' };
  });
  const supported = judged.filter(({ candidate }) => candidate.supported);
  const unsupported = judged.filter(({ candidate }) => !candidate.supported);
  const kinds = [...new Set(unsupported.map(({ candidate }) => candidate.kind))].sort();
  return {
    supported: supported.length,
    passed: supported.filter(({ kept }) => kept).length,
    unsupported: unsupported.length,
    blocked: unsupported.filter(({ kept }) => !kept).length,
    blockedByKind: Object.fromEntries(
      kinds.map((kind) => {
        const own = unsupported.filter(({ candidate }) => candidate.kind === kind);
        return [kind, { blocked: own.filter(({ kept }) => !kept).length, total: own.length }];
      }),
    ),
    falseDrops: supported.filter(({ kept }) => !kept).map(({ candidate }) => candidate.sentence),
    leaks: unsupported.filter(({ kept }) => kept).map(({ candidate }) => candidate.sentence),
  };
}

/** The figures as lines to print. */
export function evaluationReport(name: string, evaluation: VerificationEvaluation): string {
  const { supported, passed, unsupported, blocked, blockedByKind } = evaluation;
  return [
    `${name}: pass ${passed}/${supported} (${percent(passed, supported)}), block ${blocked}/${unsupported} (${percent(blocked, unsupported)})`,
    ...Object.entries(blockedByKind).map(([kind, of]) => `  ${kind}: ${of.blocked}/${of.total}`),
  ].join('\n');
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}
