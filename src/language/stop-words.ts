import { stem, words } from './tokens.ts';

/**
 * English function words, which say little about what a text is about. They are compared before stemming and
 * after `words` has taken the clitics off ("don't" arrives as do, not), so no contracted form is listed.
 */
export const stopWords: ReadonlySet<string> = new Set(
  [
    // articles, determiners, quantities
    'a an the this that these those some any no each every either neither both all such much many more most few less other another',
    // pronouns
    'i me my mine myself you your yours yourself yourselves he him his himself she her hers herself it its itself',
    'somewhere anywhere everywhere nowhere elsewhere somehow anyhow sometime anytime',
    'we us our ours ourselves they them their theirs themselves one ones someone anyone everyone somebody anybody everybody nobody something anything everything nothing',
    // question words
    'who whom whose which what when where why how',
    // auxiliaries and modals
    'be am is are was were been being do does did doing done have has had having will would shall should can could may might must ought cannot',
    // prepositions
    'about above across after against along among around as at before behind below beneath beside between beyond by down during',
    'for from in inside into near of off on onto out outside over per since than through throughout till to toward towards under until up upon via with within without',
    // conjunctions and adverbs of speech
    'and but or nor so yet if then else because while although though unless whether not only also too very just again ever even still there here now',
    // words of asking and telling
    'please tell told let get got',
  ].flatMap((line) => line.split(' ')),
);

/** Words of a text in order without the stop words. */
export function contentWords(text: string): string[] {
  return words(text).filter((word) => !stopWords.has(word));
}

/** Stems of the content words of a text in order; what the keyword index and the embedders count. */
export function contentStems(text: string): string[] {
  return contentWords(text).map(stem);
}
