/** Characters that hide or reorder text; a joiner inside an emoji is none of them. */
const hiding =
  /(?<!\p{Extended_Pictographic}\uFE0F?)\u200D|\u200D(?!\p{Extended_Pictographic})|(?!\u200D)[\p{Cf}\u115F\u1160\u3164\uFFA0\u2800]/gu;

/** A text without control, bidirectional and zero-width characters, and without towers of combining marks. */
export function neutralise(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/gu, '\n')
    .replace(/\t/gu, ' ')
    .replace(/(?!\n)\p{Cc}/gu, '')
    .replace(hiding, '')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .toWellFormed();
}

/** The same on one line. */
export function neutraliseLine(text: string): string {
  return neutralise(text).replace(/\s+/gu, ' ').trim();
}

/**
 * A text that Discord shows as it is: no emphasis, heading, list, quotation, spoiler, code, link, mention or time stamp.
 * Sending it with `allowed_mentions` that allow none is still needed: Discord looks for mentions in the raw content.
 */
export function escapeMarkdown(text: string): string {
  return (
    neutralise(text)
      .replace(/[\\*_~`|[\]<]/gu, '\\$&')
      // Only at the start of a line do these mean something, and elsewhere a backslash would only be noise.
      .replace(/^(\s*)([>#+-])/gmu, '$1\\$2')
      .replace(/^(\s*\d+)([.)])/gmu, '$1\\$2')
      .replace(/@(?=everyone|here)/giu, '\\@')
      .replace(/:\/\//gu, '\\://')
      .replace(/\b(discord\.gg)\//giu, '$1\\/')
  );
}

/** The same on one line. */
export function escapeLine(text: string): string {
  return escapeMarkdown(neutraliseLine(text));
}
