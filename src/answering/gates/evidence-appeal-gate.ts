import { type Gate, missingTerms } from './claim.ts';

/** An appeal to studies, experts or science that the window does not make. */
export const evidenceAppealGate: Gate = {
  name: 'evidence-appeal',
  kind: 'hard',
  check: (claim) => missingTerms(claim, claim.lexicons.evidenceAppeals, 'the passage names no such evidence'),
};
