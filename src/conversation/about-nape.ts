import type { Locale } from './locale.ts';

/** Whole messages that ask what Nape is or can do, by language; compared in lower case, without accents. */
const questions: readonly (readonly [Locale, RegExp])[] = [
  [
    'en',
    /^(?:and )?(?:who|what)(?: exactly)? (?:are|r) (?:you|u|this)$|^(?:who|what)(?: is|s)? (?:this|nape)$|^what is your name$|^what(?:s| is) (?:this|your name)$/,
  ],
  [
    'en',
    /^(?:so )?what (?:can|do|could) (?:you|i) (?:do|ask|help with|answer|know)(?: you)?(?: (?:for me|here|about))?$|^what can you (?:help|do) (?:me )?(?:with|for me)$|^how (?:do|can) you (?:work|help)(?: me)?$|^how (?:does|do) (?:this|it|i use this) ?(?:work)?$|^help$/,
  ],
  [
    'en',
    /^are you (?:a |an )?(?:bot|robot|human|person|real|real person|machine|ai|chatbot|automated)$|^am i talking to (?:a |an )?(?:bot|robot|human|person|real person|machine|ai)$/,
  ],
  [
    'es',
    /^(?:quien|que) eres(?: tu)?$|^que (?:puedes|sabes) hacer$|^como funcionas?$|^que puedo preguntar(?:te)?$|^eres un (?:bot|robot|humano)$|^ayuda$/,
  ],
  [
    'de',
    /^wer bist du$|^was bist du$|^was kannst du(?: tun| machen)?$|^wie funktionierst du$|^was kann ich (?:dich )?fragen$|^bist du ein (?:bot|roboter|mensch)$|^hilfe$/,
  ],
  [
    'fr',
    /^qui (?:es tu|etes vous)$|^(?:que|qu est ce que) (?:peux tu|pouvez vous|tu peux|vous pouvez) faire$|^comment (?:ca marche|tu marches|fonctionnes tu)$|^es tu un (?:bot|robot|humain)$|^aide$/,
  ],
  [
    'pt',
    /^quem e (?:voce|tu)$|^quem es(?: tu)?$|^o que (?:voce|tu)? ?(?:pode|podes|sabe|consegue) fazer$|^como (?:voce )?funciona$|^voce e um (?:bot|robo|humano)$|^ajuda$/,
  ],
  [
    'it',
    /^chi sei(?: tu)?$|^(?:che )?cosa (?:sai|puoi) fare$|^che sai fare$|^come funzioni$|^cosa posso chieder(?:e|ti)$|^sei un (?:bot|robot|umano)$|^aiuto$/,
  ],
];

const greeting = /^(?:hi|hello|hey|ok|so|hola|hallo|bonjour|ola|ciao)\s+/;

/** The language in which a message asks who or what it is talking to, and nothing else; null for other messages. */
export function asksAboutNape(text: string): Locale | null {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(greeting, '');
  return questions.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
}
