/** Whole messages that ask what Nape is or can do, in the languages of the fixed words; compared in lower case, without accents. */
const questions: readonly RegExp[] = [
  /^(?:and )?(?:who|what)(?: exactly)? (?:are|r) (?:you|u|this)$|^(?:who|what)(?: is|s)? (?:this|nape)$|^what is your name$|^what(?:s| is) (?:this|your name)$/,
  /^(?:so )?what (?:can|do|could) (?:you|i) (?:do|ask|help with|answer|know)(?: you)?(?: (?:for me|here|about))?$|^what can you (?:help|do) (?:me )?(?:with|for me)$|^how (?:do|can) you (?:work|help)(?: me)?$|^how (?:does|do) (?:this|it|i use this) ?(?:work)?$|^help$/,
  /^are you (?:a |an )?(?:bot|robot|human|person|real|real person|machine|ai|chatbot|automated)$|^am i talking to (?:a |an )?(?:bot|robot|human|person|real person|machine|ai)$/,
  /^(?:quien|que) eres(?: tu)?$|^que (?:puedes|sabes) hacer$|^como funcionas?$|^que puedo preguntar(?:te)?$|^eres un (?:bot|robot|humano)$|^ayuda$/,
  /^wer bist du$|^was bist du$|^was kannst du(?: tun| machen)?$|^wie funktionierst du$|^was kann ich (?:dich )?fragen$|^bist du ein (?:bot|roboter|mensch)$|^hilfe$/,
  /^qui (?:es tu|etes vous)$|^(?:que|qu est ce que) (?:peux tu|pouvez vous|tu peux|vous pouvez) faire$|^comment (?:ca marche|tu marches|fonctionnes tu)$|^es tu un (?:bot|robot|humain)$|^aide$/,
  /^quem e (?:voce|tu)$|^quem es(?: tu)?$|^o que (?:voce|tu)? ?(?:pode|podes|sabe|consegue) fazer$|^como (?:voce )?funciona$|^voce e um (?:bot|robo|humano)$|^ajuda$/,
  /^chi sei(?: tu)?$|^(?:che )?cosa (?:sai|puoi) fare$|^che sai fare$|^come funzioni$|^cosa posso chieder(?:e|ti)$|^sei un (?:bot|robot|umano)$|^aiuto$/,
];

const greeting = /^(?:hi|hello|hey|ok|so|hola|hallo|bonjour|ola|ciao)\s+/;

/** Whether a message asks who or what it is talking to, and nothing else. */
export function isAboutNape(text: string): boolean {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(greeting, '');
  return questions.some((pattern) => pattern.test(plain));
}
