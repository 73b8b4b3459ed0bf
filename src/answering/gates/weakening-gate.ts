import { type Gate, missingTerms } from './claim.ts';

/** A word that makes the claim weaker than the window does. */
export const weakeningGate: Gate = {
  name: 'weakening',
  kind: 'hard',
  check: (claim) => missingTerms(claim, claim.lexicons.weakening, 'the passage does not say it so weakly'),
};
