import type { Document } from '../../domain.ts';
import type { ClaimLint } from '../../knowledge/claim-lint.ts';
import type { DoctorLine } from './cli-app.ts';

/** What `nape lint` finds: a line for each claim that is left, and one that counts the rest. */
export function lintLines(
  lint: ClaimLint,
  texts: readonly { readonly where: string; readonly text: string }[],
  documents: readonly Document[],
): readonly DoctorLine[] {
  const own = texts.flatMap(({ where, text }) => lint.own(where, text));
  const claims = documents.flatMap((document) => lint.article(document));
  const open = claims.filter(({ reason }) => reason === null);
  return [
    ...own.map(
      ({ where, line, word, sentence }): DoctorLine => ({
        state: 'problem',
        subject: where,
        text: `line ${line}: “${word}” in: ${sentence.trim()}`,
        nextStep: 'Say it without the word, or list it with a reason in lexicons/claim-exceptions.yaml.',
      }),
    ),
    ...open.map(
      ({ file, line, sentence }): DoctorLine => ({
        state: 'warning',
        subject: file,
        text: `line ${line}: ${sentence}`,
        nextStep: 'Change it, or list it with your reason in acknowledged-claims.yaml beside the article.',
      }),
    ),
    { state: 'ok', subject: 'own words', text: `${texts.length} texts read` },
    { state: 'ok', subject: 'articles', text: `${claims.length - open.length} claims acknowledged with a reason` },
  ];
}
