/**
 * A person's words with e-mail addresses, telephone numbers and other numbers replaced by what they are. Numbers that
 * are spelt out, names and addresses of houses stay: nothing here can find them all, so words are only kept on request.
 */
export function maskPersonal(text: string): string {
  return (
    text
      // Full-width digits and the like become plain ones.
      .normalize('NFKC')
      .replace(invisible, '')
      .replace(email, '[e-mail]')
      .replace(telephone, '[phone]')
      .replace(number, '[number]')
  );
}

/** Format characters can split a number for a pattern, not for a reader. Control characters have no place in a text column. */
const invisible = /[\p{Cf}\p{Cs}]|(?!\s)\p{Cc}/gu;
/** Also as people write them for people: `mara (at) example dot org`. */
const email =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+\s*(?:@|[([{]\s*(?:at|ät)\s*[)\]}]|\s(?:at|ät)\s)\s*[\p{L}\p{N}-]+(?:\s*(?:\.|[([{]\s*(?:dot|punkt)\s*[)\]}]|\s(?:dot|punkt)\s)\s*[\p{L}\p{N}-]+)+/giu;
/** Six digits or more, however they are grouped. */
const telephone = /(?:\+|\()?\p{Nd}(?:[\s().\-–/]{0,3}\p{Nd}){5,}/gu;
const number = /\p{Nd}+(?:[.,:]\p{Nd}+)*/gu;
