import type { Locale } from '../../../conversation/locale.ts';
import { disclosure } from '../../../conversation/safe-replies.ts';
import type { Ask } from '../../../domain.ts';
import { NapeError } from '../../../errors.ts';
import type { Button, DiscordMessage, SelectMenu } from '../discord-message.ts';
import { isUrgent, renderAnswer } from '../render-message.ts';
import { discordWords } from '../words/discord-words.ts';
import { escapeHtml, markdownHtml } from './markdown-html.ts';
import { previewStyle } from './preview-style.ts';

export interface PreviewParts {
  readonly ask: Ask;
  readonly question: string;
  readonly locale: Locale;
}

/** A page that shows a question and its answer about as Discord does. Rejects with a NapeError when there is no answer. */
export async function previewPage({ ask, question, locale }: PreviewParts): Promise<string> {
  for await (const event of ask({ text: question })) {
    if (event.type === 'answer-error') throw new NapeError(event.code, event.message);
    if (event.type !== 'answer-end') continue;
    const told = isUrgent(event.answer) ? undefined : disclosure(locale);
    const messages = renderAnswer(event.answer, { words: discordWords[locale], disclosure: told });
    return page(question, messages, locale);
  }
  throw new NapeError('internal', 'There was no answer.');
}

function page(question: string, messages: readonly DiscordMessage[], locale: Locale): string {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Nape on Discord: ${escapeHtml(question)}</title>
<style>${previewStyle}</style>
</head>
<body>
<main>
${entry('Ada', 'visitor', `<p><span class="mention">@Nape</span> ${escapeHtml(question)}</p>`, false)}
${entry('Nape', 'nape', messages.map(messageHtml).join('\n'), true)}
</main>
</body>
</html>
`;
}

function entry(name: string, kind: string, html: string, isApp: boolean): string {
  const badge = isApp ? ' <span class="badge">APP</span>' : '';
  return `<article class="${kind}">
<div class="face" aria-hidden="true">${name.charAt(0)}</div>
<div class="body"><header><strong>${name}</strong>${badge}</header>
${html}
</div>
</article>`;
}

function messageHtml({ content, components }: DiscordMessage): string {
  const rows = components.map(
    ({ components: inside }) => `<div class="row">${inside.map(componentHtml).join('')}</div>`,
  );
  return `<div class="message">\n${markdownHtml(content)}\n${rows.join('\n')}\n</div>`;
}

const thumb = '<path d="M3 11h4v9H3zM9 20h8.2a2 2 0 0 0 2-1.6l1.3-6A2 2 0 0 0 18.5 10H14V5a2 2 0 0 0-2-2L9 10.5z"/>';

/** Drawn, because not every machine that makes a picture of the page has emoji. */
const thumbs: Readonly<Record<string, string>> = {
  '👍': `<svg viewBox="0 0 24 24" role="img" aria-label="👍">${thumb}</svg>`,
  '👎': `<svg viewBox="0 0 24 24" role="img" aria-label="👎" class="down">${thumb}</svg>`,
};

function componentHtml(component: Button | SelectMenu): string {
  if (component.type === 3) return `<button type="button" class="menu">${escapeHtml(component.placeholder)} ▾</button>`;
  const { emoji, label = '' } = component;
  const face = emoji ? (thumbs[emoji.name] ?? escapeHtml(emoji.name)) : '';
  return `<button type="button">${face}${escapeHtml(label)}</button>`;
}
