import type { ContactLink } from '../domain.ts';
import type { Contacts } from './safe-replies.ts';

/** Digits as people write a number; three are enough, because emergency numbers have no more. */
const telephone = /\+?\d[\d\s().\-/]*\d/u;
const mail = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/u;
const page = /https?:\/\/[^\s,;]+/u;
const fewestDigits = 3;

/**
 * Links for what the owner configured, as it stands in the replies: a web address, a mail address, else a telephone
 * number. Words without any of these, such as "the front desk", get none.
 */
export function contactLinks({ emergencyNumber, crisisLine, contact }: Contacts): readonly ContactLink[] {
  return [emergencyNumber, crisisLine, contact].flatMap((words) => (words === undefined ? [] : linkIn(words)));
}

function linkIn(words: string): readonly ContactLink[] {
  const address = words.match(page)?.[0];
  if (address && URL.canParse(address)) return [{ text: address, href: address }];
  const mailbox = words.match(mail)?.[0];
  if (mailbox) return [{ text: mailbox, href: `mailto:${mailbox}` }];
  const number = words.match(telephone)?.[0];
  const digits = number?.replace(/[^\d+]/gu, '') ?? '';
  if (!number || digits.replace('+', '').length < fewestDigits) return [];
  return [{ text: number, href: `tel:${digits}` }];
}
