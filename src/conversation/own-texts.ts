import { fixedWords, replies } from './replies.ts';

/** Everything that Nape says in its own English words, by name; what the claim lint reads. */
export function ownTexts(): readonly { readonly where: string; readonly text: string }[] {
  const { redirects, plain, disclosure, articleLanguage, missing } = fixedWords.en;
  const fixed = { ...redirects, ...plain, ...missing, disclosure, articleLanguage };
  const { notStated, notMentioned, nearestSections, aboutSection, noMoreLead, ...leads } = replies;
  const templates = {
    notMentioned: notMentioned('…'),
    nearestSections: nearestSections(['…']),
    aboutSection: aboutSection('…'),
    noMoreLead: noMoreLead('…'),
  };
  return Object.entries({ ...fixed, ...notStated, ...leads, ...templates }).map(([name, text]) => ({
    where: `fixed.en.${name}`,
    text,
  }));
}
