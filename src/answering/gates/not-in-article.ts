import type { Analyse } from './analyse.ts';
import type { Finding } from './claim.ts';
import type { SourceSection } from './source-text.ts';

const frame =
  /^(?:unfortunately, |however, |sorry, )?(?:the|this) (?:article|text|passages?|source|guide|document)(?:s)? (?:does|do|did)(?: not|n['’]t) (?:specifically |explicitly |directly |actually )?(?:say|mention|cover|discuss|address|describe|state|specify|explain|give|provide|contain|include|talk|go into|offer|list|name|answer|tell)(?: (?:us|you|any(?:thing)?|information|details?|advice|guidance|on|about|of|more|much))*\s*(.*?)[.!]?$/iu;

/** Joins a claim to the frame: then the sentence is not the frame alone. */
const secondClaim =
  /[;:—–]|,? (?:but|however|although|though|so|because|since|while|whereas|yet|which|who|as) |,? and (?:you|it|they|we|this|that|these|those|people|he|she|there|massage|the article)\b|, (?!and |or )/iu;

const mostWords = 25;

export interface NotInArticle {
  /** Null when the sentence says something else. */
  check(sentence: string): { readonly findings: readonly Finding[] } | null;
}

/** "The article does not say …": kept only when the whole sentence is that and its topic is absent from every section. */
export function createNotInArticle(analyse: Analyse, sections: readonly SourceSection[]): NotInArticle {
  const bodies = sections.map(({ runs, heading, context }) => [...runs.flat(), heading, context]);
  const isTogether = (stems: readonly (readonly string[])[]) =>
    bodies.some((texts) =>
      stems.every((readings) => texts.some(({ supports }) => readings.some((reading) => supports.has(reading)))),
    );
  return {
    check(sentence) {
      const topic = frame.exec(sentence.trim())?.[1];
      if (topic === undefined) return null;
      const { tokens } = analyse(topic);
      if (tokens.length > mostWords || secondClaim.test(topic)) {
        return { findings: [{ words: [topic], why: 'the sentence says more than that the article does not say it' }] };
      }
      // "How long", "how often" and "how much" ask for something of their own, but are no content words.
      const asksMeasure = /\bhow (?:long|often|many|much|far|hard|deep|soon)\b/iu.test(topic);
      const content = tokens.filter(({ isContent }) => isContent);
      if (content.length === 0 && !asksMeasure)
        return { findings: [{ words: [], why: 'the sentence names no topic' }] };
      if (asksMeasure || !isTogether(content.map(({ readings }) => readings))) return { findings: [] };
      return { findings: [{ words: content.map(({ written }) => written), why: 'the article does speak of this' }] };
    },
  };
}
