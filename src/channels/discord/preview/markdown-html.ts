/** The part of Discord's Markdown that Nape's own messages use, as HTML: small print, quotations, lists, bold, escapes. */
export function markdownHtml(content: string): string {
  const blocks: string[] = [];
  let paragraph: string[] = [];
  const close = () => {
    if (paragraph.length > 0) blocks.push(`<p>${paragraph.join('<br>')}</p>`);
    paragraph = [];
  };
  for (const line of content.split('\n')) {
    const [, mark = '', text = ''] = /^(-# |> |- )(.*)$/su.exec(line) ?? [];
    if (mark === '') {
      if (line.trim() === '') close();
      else paragraph.push(inline(line));
      continue;
    }
    close();
    blocks.push(`<${tags[mark]}>${inline(text)}</${tags[mark]}>`);
  }
  close();
  return blocks.join('\n').replace(/(?:<li>.*?<\/li>\n?)+/gsu, (items) => `<ul>${items}</ul>\n`);
}

const tags: Readonly<Record<string, string>> = { '-# ': 'small', '> ': 'blockquote', '- ': 'li' };

/** Bold and escapes; what is escaped means nothing else. */
function inline(text: string): string {
  return text.split(/(\\[^\p{L}\p{N}\s]|\*\*)/u).reduce<{ readonly html: string; readonly isBold: boolean }>(
    ({ html, isBold }, piece) => {
      if (piece === '**') return { html: html + (isBold ? '</strong>' : '<strong>'), isBold: !isBold };
      return { html: html + escapeHtml(piece.replace(/^\\(?=[^\p{L}\p{N}\s])/u, '')), isBold };
    },
    { html: '', isBold: false },
  ).html;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`);
}
