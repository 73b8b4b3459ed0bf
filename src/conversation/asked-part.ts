import { splitSentences } from '../language/sentences.ts';
import { isClosing } from './closing-words.ts';
import { leaningOf, subjectStems } from './follow-up/wording.ts';

/** "She also asks what …", "my gran would like to know which …": whoever asks it, it is the same question. */
const reported =
  /^(?:(?:and|so|but|ok(?:ay)?|well)[ ,]+)*(?:he|she|they|somebody|someone|my(?: \p{L}+){1,2}|a friend(?: of mine)?)(?: (?:also|just|now|even))?(?: (?:asks?|wonders?|is asking|is wondering|are asking|wants? to know|want to ask|wants to ask|would (?:also )?(?:like|love) to know|asked(?: me)?(?: to ask)?|wanted to know))(?: (?:also|too))?(?: you)?[ ,:]*(?:about |if |whether )?(?=\S)/iu;

const asking =
  /^\W*(?:(?:and|so|but|also|ok(?:ay)?|then|please|pls)[ ,]+)*(?:what|whats|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|can|could|will|would|should|may|might|has|have|tell|explain|describe|list|name|give|show)\b/iu;

/** The part of a message that asks, without what is only said around it ("Sceptical reader here."); all of it where that is not clear. */
export function askedPart(message: string, isOngoing: boolean): string {
  const sentences = splitSentences(message).map(({ start, end }) => message.slice(start, end));
  const asked = sentences.filter((sentence) => /\?\W*$/u.test(sentence) || asking.test(sentence));
  const rest = sentences.filter((sentence) => !asked.includes(sentence));
  const question = asked.join(' ');
  if (rest.length === 0 || asked.length === 0) return unreported(afterColon(message));
  const { pronoun, pointing, ellipsis } = leaningOf(question);
  // What it leans on may be what was said right before it, unless there is a conversation for it to lean on.
  const isLeaning = (pronoun || pointing || ellipsis) && !isOngoing;
  return isLeaning && !rest.every(isClosing) ? message : unreported(question);
}

/** "Shiatsu or Thai: what does shiatsu do?" asks what comes last, where that names its subject again. */
function afterColon(question: string): string {
  const [, before = '', after = ''] = question.match(/^([^:?]+): +([^:]+)$/u) ?? [];
  const named = subjectStems(before);
  return asking.test(after) && [...subjectStems(after)].some((word) => named.has(word)) ? after : question;
}

function unreported(question: string): string {
  const rest = question.replace(reported, '');
  return rest === question || !/\p{L}{2}/u.test(rest) ? question : rest;
}
