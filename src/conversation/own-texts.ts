import { fixedWords, replies } from './replies.ts';
import { widgetWords } from './widget-words.ts';

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
  const named = (kind: string, texts: Readonly<Record<string, string>>) =>
    Object.entries(texts).map(([name, text]) => ({ where: `${kind}.en.${name}`, text }));
  return [
    ...named('fixed', { ...fixed, ...notStated, ...leads, ...templates }),
    ...named('widget', { ...widgetWords.en }),
  ];
}
