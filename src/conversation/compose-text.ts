import type { CitedPassage, CitedSentence } from '../domain.ts';
import { replies } from './replies.ts';

/**
 * The whole reply as plain text. The article's words stand in quotation marks, one pair for each run of
 * sentences of the same passage, so that a reader sees what is quoted and what is Nape's own wording; `lead` opens a quotation.
 */
export function composeText(
  sentences: readonly CitedSentence[],
  layout: 'prose' | 'list',
  lead: string = replies.quoteLead,
): string {
  if (layout === 'list')
    return [replies.listLead, ...sentences.map((sentence) => `• ${quoted([sentence])}`)].join('\n');
  const text = runs(sentences)
    .map((run) => (run[0]?.quoted ? quoted(run) : plain(run)))
    .join(' ');
  return sentences[0]?.quoted ? `${lead} ${text}` : text;
}

/** The passages that the sentences cite, in the order of their first citation. */
export function citedPassages(
  sentences: readonly CitedSentence[],
  found: readonly CitedPassage[],
): readonly CitedPassage[] {
  const ids = [...new Set(sentences.flatMap(({ citations }) => citations))];
  return ids.flatMap((id) => found.find((passage) => passage.id === id) ?? []);
}

function runs(sentences: readonly CitedSentence[]): readonly (readonly CitedSentence[])[] {
  const groups: CitedSentence[][] = [];
  for (const sentence of sentences) {
    const last = groups.at(-1);
    const isSame = last?.[0]?.citations[0] === sentence.citations[0] && last?.[0]?.quoted === sentence.quoted;
    if (last && isSame) last.push(sentence);
    else groups.push([sentence]);
  }
  return groups;
}

function plain(sentences: readonly CitedSentence[]): string {
  return sentences.map(({ text }) => text).join(' ');
}

function quoted(sentences: readonly CitedSentence[]): string {
  return `“${plain(sentences)}”`;
}
