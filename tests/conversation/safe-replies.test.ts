import { describe, expect, it } from 'vitest';
import { locales } from '../../src/conversation/locale.ts';
import { safeWordsReview } from '../../src/conversation/replies.ts';
import {
  articleLanguageReply,
  disclosure,
  plainReply,
  reasonsWithEmergencyLine,
  redirectReply,
} from '../../src/conversation/safe-replies.ts';
import type { RedirectReason } from '../../src/domain.ts';
import { splitSentences } from '../../src/language/sentences.ts';

const reasons: readonly RedirectReason[] = [
  'crisis',
  'emergency',
  'after-visit',
  'complaint',
  'symptom',
  'suitability',
  'instructions',
  'efficacy',
  'minor',
  'sexual',
  'business',
];
const contacts = { emergencyNumber: '112', crisisLine: '0800 111 0 111', contact: 'desk@spa.example' };
const settings = [{}, contacts];
const every = locales.flatMap((locale) => reasons.map((reason) => ({ locale, reason })));

/** Words that no fixed reply may hold: a symptom or medicine, a likelihood, sympathy, a profession, a promise. */
const banned =
  /\b(?:pains?|numb|numbness|headaches?|suicid\w*|self-harm|dying|bleeding|pregnan\w*|disease|illness|symptoms?|medicines?|pills?|likely|probably|unlikely|serious|severe|harmless|safe|normal|worry|sorry|understand|feel|feelings|doctors?|physicians?|nurses?|physio\w*|therapists?|chiropractors?|psycholog\w*|médicos?|terapeutas?|ärzt\w*|arzt|therapeut\w*|médecins?|thérapeutes?|médicas?|medic[oi]|dottor\w*|terapist\w*|dolor\w*|schmerz\w*|douleurs?|dore?s?|suicíd\w*|selbstmord\w*|probabl\w*|wahrscheinlich|siento|entiendo|verstehe|comprends|entendo|capisco)\b/iu;
/** Words that would sell or send somewhere to buy. */
const selling =
  /\b(?:book|offer|discount|price|buy|reserv\w*|angebot\w*|buchen|prix|offre|ofert\w*|prenot\w*|sconto|preis\w*)\b/iu;

describe.each(every)('redirectReply > $reason in $locale', ({ reason, locale }) => {
  const texts = settings.map((given) => redirectReply({ reason, locale, contacts: given }));

  it('any contacts > has at most three sentences and sixty words, and nothing left to fill in', () => {
    for (const text of texts) {
      expect(splitSentences(text, locale).length).toBeLessThanOrEqual(3);
      expect(text.split(/\s+/u).filter((word) => /\p{L}|\p{N}/u.test(word)).length).toBeLessThanOrEqual(60);
      expect(text).not.toMatch(/[{}]|undefined/u);
    }
  });

  it('any contacts > names no symptom, medicine, likelihood, feeling or profession', () => {
    for (const text of texts) expect(text).not.toMatch(banned);
  });

  it('a second time > is the same to the byte', () => {
    expect(redirectReply({ reason, locale, contacts })).toBe(texts[1]);
  });

  it('an emergency number > is told where health or safety may be at stake, and only there', () => {
    expect(texts[1]?.includes('112')).toBe(reasonsWithEmergencyLine.includes(reason));
  });
});

describe('redirectReply', () => {
  it.each(locales)('%s > the classes differ, and each language has its own words', (locale) => {
    expect(new Set(reasons.map((reason) => redirectReply({ reason, locale, contacts }))).size).toBe(reasons.length);
    for (const other of locales.filter((known) => known !== locale)) {
      for (const reason of reasons)
        expect(redirectReply({ reason, locale, contacts })).not.toBe(
          redirectReply({ reason, locale: other, contacts }),
        );
    }
  });

  it.each(locales)('%s > crisis and emergency begin with the number, crisis tells the crisis line', (locale) => {
    for (const reason of ['crisis', 'emergency'] as const) {
      const [first] = splitSentences(redirectReply({ reason, locale, contacts }), locale);
      expect(redirectReply({ reason, locale, contacts }).slice(first?.start, first?.end)).toContain('112');
    }
    expect(redirectReply({ reason: 'crisis', locale, contacts })).toContain(contacts.crisisLine);
  });

  it.each(locales)('%s > nothing is sold in the four gravest classes', (locale) => {
    for (const reason of ['crisis', 'emergency', 'after-visit', 'complaint'] as const)
      expect(redirectReply({ reason, locale, contacts })).not.toMatch(selling);
  });

  it.each(locales)('%s > a visit, a complaint and business lead to the contact', (locale) => {
    for (const reason of ['after-visit', 'complaint', 'business'] as const)
      expect(redirectReply({ reason, locale, contacts })).toContain(contacts.contact);
  });
});

describe('the other fixed words', () => {
  it.each(locales)('%s > all are there, short, and without a claim', (locale) => {
    const texts = [
      ...(['greeting', 'thanks', 'unintelligible', 'probing', 'not-in-article', 'off-topic'] as const).map((reason) =>
        plainReply(reason, locale),
      ),
      disclosure(locale),
      articleLanguageReply(locale, 'en'),
    ];
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) {
      expect(splitSentences(text, locale).length).toBeLessThanOrEqual(3);
      // "Not medical advice" has to say the word.
      expect(text.replace(/consejo médico|conselho médico|consigli medici/u, '')).not.toMatch(banned);
      expect(text).not.toMatch(/[{}]/u);
    }
  });

  it('English disclosure > says what Nape is, what it gives, what it is not, and asks for no health details', () => {
    expect(disclosure('en')).toMatch(
      /automated assistant.*general information.*article.*not medical advice.*no health details/u,
    );
  });

  it('the review > is empty until a person has read the words', () => {
    expect(safeWordsReview).toEqual({ version: 1, reviewedBy: '', reviewedOn: '' });
  });
});
