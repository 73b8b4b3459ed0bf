import { detect } from 'tinyld/light';

/** Languages of the fixed words. */
export const locales = ['en', 'es', 'de', 'fr', 'pt', 'it'] as const;
export type Locale = (typeof locales)[number];

/** Small words and massage words that tell the languages apart where a question is too short for letter statistics. */
const tellingWords: Readonly<Record<Locale, string>> = {
  en: 'the a an is are am was i my you your he she his her it this what how which who why where when does do did can could should would will of to in on for with from and or not have has had get got want need massage neck back pain please help article im dont cant about after before there they we me any much many good best more pls thx explain describe as such by at if then than just only its their them our us whom whose some',
  es: 'el la los las un una es son soy estoy tengo me mi tu su que como cual donde cuando por para con sin de del y no si muy masaje cuello espalda puedo quiero duele hola gracias buenos buenas ayuda despues desde esta mas cuanto yo',
  de: 'der die das den dem ein eine einen ist sind bin ich mein meine mich mir du er sie es wir was wie wo wann warum welche von mit ohne und oder nicht kein keine zu nach seit bei fur im am nacken rucken schmerzen kann darf habe hat hab hilft hallo danke bitte heilt wird guten bei',
  fr: 'le la les un une des du est sont suis je j mon ma mes tu vous il elle on que quoi qu comment quel quelle ou quand pourquoi pour avec sans de d et pas ne n plus massage nuque cou dos mal peux ai a bonjour bonsoir salut merci aide apres depuis c ce est',
  pt: 'o a os as um uma e sao sou estou tenho me meu minha voce ele ela que como qual onde quando por para com sem de do da no na nao muito mais massagem pescoco costas dor posso quero doi ola obrigado obrigada bom boa ajuda depois desde eu quanto',
  it: 'il lo la i gli le un una e sono ho mi mio mia tu lui lei che come quale dove quando perche per con senza di del della da non piu molto massaggio collo schiena male posso voglio ciao grazie buongiorno buonasera aiuto dopo quanto ha l un',
};

const telling = new Map(locales.map((locale) => [locale, new Set(tellingWords[locale].split(' '))] as const));

/** `expected` is the language of the visitor's page or system, as a BCP 47 tag (`de-AT`). */
export type DetectLocale = (text: string, expected?: string) => Locale;

/** Letter statistics of fewer words are chance. */
const shortestForStatistics = 3;
/** Share of dictionary words from which a text without small words is English, 0 to 1. */
const englishShare = 0.6;

/**
 * Tells the language of a question, of the six that Nape has fixed words in: by small words where they decide, else by
 * an English dictionary ("shiatsu vs deep tissue" has no small word); else it is the expected one, or without one told
 * by letter statistics, else English.
 */
export function createDetectLocale(isEnglishWord: (word: string) => boolean): DetectLocale {
  return (text, expected) => {
    const found =
      text
        .normalize('NFKD')
        .replace(/[\p{M}\p{Cf}]/gu, '')
        .toLowerCase()
        .match(/\p{L}+/gu) ?? [];
    const counts = locales.map((locale) => found.filter((word) => telling.get(locale)?.has(word)).length);
    const most = Math.max(...counts);
    const leaders = locales.filter((_, at) => counts[at] === most);
    if (most > 0 && leaders.length === 1) return leaders[0] ?? 'en';
    const likely = localeOf(expected);
    if (found.length === 0) return likely ?? 'en';
    const mayBeEnglish = leaders.includes('en');
    if (mayBeEnglish && found.filter(isEnglishWord).length >= englishShare * found.length) return 'en';
    if (likely !== undefined && leaders.includes(likely)) return likely;
    if (most === 0 && found.length < shortestForStatistics) return 'en';
    const detected = detect(text, { only: most > 0 ? [...leaders] : [...locales] });
    return leaders.find((locale) => locale === detected) ?? (mayBeEnglish ? 'en' : (leaders[0] ?? 'en'));
  };
}

export function isLocale(tag: string | undefined): tag is Locale {
  return locales.some((locale) => locale === tag);
}

/** The language of a BCP 47 tag, where Nape has words in it: `pt-BR` → pt. */
export function localeOf(tag: string | undefined): Locale | undefined {
  const language = tag?.split(/[-_.@]/u)[0]?.toLowerCase();
  return isLocale(language) ? language : undefined;
}
