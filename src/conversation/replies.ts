import type { FactKind } from '../answering/asked-kind.ts';

/** Every fixed word that a visitor can read in a reply. Nothing here says anything about massage or health. */
export const replies = {
  /** Before the article's own sentences. */
  quoteLead: 'The article says:',
  /** Before the items of one of the article's own lists. */
  listLead: 'The article describes these:',
  /** When nothing in the article is near enough. */
  notInArticle: 'The article does not answer that.',
  /** When the article never has a word of the question, which is one of the dictionary. */
  notMentioned: (words: string) => `The article does not mention ${words}.`,
  /** When the article states no fact of the kind that is asked for. */
  notStated: {
    price: 'The article does not give prices.',
    frequency: 'The article does not say how often.',
    duration: 'The article does not say how long.',
    number: 'The article does not give a number for that.',
    place: 'The article does not say where.',
    person: 'The article does not say who.',
    date: 'The article does not say when.',
    dose: 'The article does not give amounts.',
    harm: 'The article does not speak of risks.',
    safety: 'The article does not say whether that is safe.',
    evidence: 'The article does not speak of studies.',
    qualification: 'The article does not speak of training or licences.',
  } satisfies Record<FactKind, string>,
  /** When it comes near without clearly saying so: the sections to ask about instead. */
  nearestSections: (headings: readonly string[]) =>
    `The nearest it comes is under ${headings.map((heading) => `“${heading}”`).join(', ')}. Is that what you mean?`,
  /** When the question has no words to look for. */
  unintelligible: 'I could not read a question there.',
  /** Before the headings that the article does have. */
  coverageLead: 'It covers:',
  /** A question about one section, for suggestions. */
  aboutSection: (heading: string) => `What does the article say about ${heading}?`,
} as const;
