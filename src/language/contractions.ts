/** Forms that people type without their apostrophe; words of their own ("its", "well", "were", "ill") are left alone. */
const bare: readonly (readonly [RegExp, string])[] = [
  [/\b(what|that|who|where|how|there|here|he|she)s\b/giu, '$1 is'],
  [/\bim\b/giu, 'i am'],
  [/\bive\b/giu, 'i have'],
  [/\b(you|we|they)(?:ve|re)\b(?<!\bwere)/giu, '$1'],
  [/\b(can|do|does|did|is|was|are|were|would|could|should|have|has|had)nt\b/giu, '$1 not'],
  [/\bcant\b/giu, 'can not'],
  [/\bwont\b/giu, 'will not'],
];

/** Spellings of short messages, for words that no article has in this form. */
const texted: readonly (readonly [RegExp, string])[] = [
  [/\bu\b(?!-)/giu, 'you'],
  [/\bur\b/giu, 'your'],
  [/(?<=\b(?:what|who|where|how|why|they|you|we|these|those) )r\b/giu, 'are'],
  [/(?<=\p{L} )n(?= \p{L})/giu, 'and'],
  [/\bpl[sz]\b/giu, 'please'],
  [/\bwanna\b/giu, 'want to'],
  [/\bgonna\b/giu, 'going to'],
];

/** Writes out what people shorten in messages: "ur neck n back" → "your neck and back". */
export function expandTexting(text: string): string {
  return texted.reduce((result, [pattern, words]) => result.replace(pattern, words), text);
}

/** Gives the English contractions that lack their apostrophe their words back: "whats" → "what is". */
export function expandBareContractions(text: string): string {
  return bare.reduce((result, [pattern, words]) => result.replace(pattern, words), text);
}
