import { type MedicalKind, medicalKinds } from '../lexicons/load-lexicons.ts';
import { type Claim, type Finding, type Gate, hasFamily, ownTexts, writtenWords } from './claim.ts';

const namesOfKinds: Readonly<Record<MedicalKind, string>> = {
  disease: 'disease or condition',
  symptom: 'symptom',
  'body-part': 'part of the body',
  drug: 'drug or substance',
  procedure: 'procedure',
};

/** Everyday words for a feeling of the body, which a near-synonym may stand for. */
const looseKinds: ReadonlySet<MedicalKind> = new Set(['symptom']);
const looseSupport = 0.9;

/** A disease, symptom, body part, drug or procedure that the window does not name. */
export const medicalTermGate: Gate = {
  name: 'medical-term',
  kind: 'hard',
  check(claim) {
    return medicalKinds.flatMap((kind) =>
      (claim.lexicons.medical.get(kind)?.find(claim.sentence.tokens) ?? [])
        .filter(({ start }) => !claim.sentence.tokens[start]?.isTitle)
        .filter(({ start, end }) => !isNamed(claim, kind, start, end))
        .map(({ start, end }): Finding => {
          return {
            words: [writtenWords(claim, start, end)],
            why: `the passage does not name this ${namesOfKinds[kind]}`,
          };
        }),
    );
  },
};

function isNamed(claim: Claim, kind: MedicalKind, start: number, end: number): boolean {
  const texts = kind === 'body-part' ? ownTexts(claim) : [...ownTexts(claim), claim.window.context];
  const term = claim.sentence.tokens.slice(start, end);
  if (looseKinds.has(kind) && claim.support.slice(start, end).every((weight) => weight >= looseSupport)) return true;
  // "Blood pressure" is not named by blood in one sentence and pressure in another.
  return texts.some((text) => term.every((token) => text.stems.has(token.stem) || hasFamily(claim, token, [text])));
}
