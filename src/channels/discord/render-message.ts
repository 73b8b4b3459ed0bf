import { composeText } from '../../conversation/compose-text.ts';
import type { Answer, CitedSentence, Passage } from '../../domain.ts';
import { citedText } from './cited-text.ts';
import { customId } from './custom-id.ts';
import { clip, discordLimits } from './discord-limits.ts';
import { type ActionRow, type Button, type DiscordMessage, discordMessage, row } from './discord-message.ts';
import { escapeLine, escapeMarkdown, neutraliseLine } from './escape-markdown.ts';
import { splitMessage } from './split-message.ts';
import type { DiscordWords } from './words/discord-words.ts';

export interface RenderParts {
  readonly words: Pick<DiscordWords, 'showPassages'>;
  /** Shown above the answer; only questions of our own, because Nape repeats nobody's words. */
  readonly question?: string | undefined;
  /** Shown below the first answer of a conversation. */
  readonly disclosure?: string | undefined;
}

/** An answer as one message or more: the text with its numbers, the sources in small print, the buttons on the last. */
export function renderAnswer(answer: Answer, { words, question, disclosure }: RenderParts): readonly DiscordMessage[] {
  const asked = question === undefined ? '' : `> ${escapeLine(clip(question, 300))}\n`;
  const sources = answer.passages.map((passage, at) => smallPrint(`[${at + 1}] ${pathOf(passage)}`));
  const told = disclosure === undefined ? [] : [smallPrint(escapeLine(disclosure))];
  const parts = appended(splitMessage(asked + citedText(answer), discordLimits.content), [...sources, ...told]);
  return parts.map((part, at) => discordMessage(part, at === parts.length - 1 ? answerButtons(answer, words) : []));
}

/** What is verified so far of an answer that is still being written. */
export function renderSoFar(sentences: readonly CitedSentence[], writing: string): DiscordMessage {
  const ids = [...new Set(sentences.flatMap(({ citations }) => citations))];
  const passages = ids.map((id) => ({ id })) as unknown as Answer['passages'];
  const text = citedText({ text: composeText(sentences, 'prose'), sentences, passages });
  const mark = `\n${smallPrint(writing)}`;
  const [first = ''] = splitMessage(text, discordLimits.content - mark.length);
  return discordMessage(first + mark);
}

/** The passages in full, each under where it is from. */
export function renderPassages(passages: readonly Passage[]): readonly DiscordMessage[] {
  const blocks = passages.flatMap((passage, at) => {
    const title = `**[${at + 1}] ${pathOf(passage)}**`;
    const text = escapeMarkdown(passage.sentences.map(({ text: sentence }) => neutraliseLine(sentence)).join(' '));
    const quotes = splitMessage(text, discordLimits.content - title.length - 4).map((part) => `> ${part}`);
    return quotes.map((quote, part) => (part === 0 ? `${title}\n${quote}` : quote));
  });
  return packed(blocks).map((content) => discordMessage(content));
}

/** Redirects after which nothing is offered, not even a thumb: only the words count. */
export function isUrgent({ reason }: Pick<Answer, 'reason'>): boolean {
  return reason === 'crisis' || reason === 'emergency';
}

function answerButtons(answer: Answer, words: RenderParts['words']): readonly ActionRow[] {
  if (isUrgent(answer)) return [];
  const { turnId } = answer;
  const thumbs: readonly Button[] = [
    { type: 2, style: 2, custom_id: customId({ kind: 'up', turnId }), emoji: { name: '👍' } },
    { type: 2, style: 2, custom_id: customId({ kind: 'down', turnId }), emoji: { name: '👎' } },
  ];
  const passages: Button = {
    type: 2,
    style: 2,
    custom_id: customId({ kind: 'passages', turnId }),
    label: words.showPassages,
  };
  const first = [...(answer.outcome === 'greeted' ? [] : thumbs), ...(answer.passages.length > 0 ? [passages] : [])];
  const suggestions = answer.suggestions.map(
    (question, at): Button => ({
      type: 2,
      style: 2,
      custom_id: customId({ kind: 'suggestion', turnId, at }),
      label: clip(neutraliseLine(question), discordLimits.buttonLabel),
    }),
  );
  return [first, suggestions].filter(({ length }) => length > 0).map((buttons) => row(...buttons));
}

/** `Title › Heading › Heading`. */
export function pathOf({ title, headings }: Pick<Passage, 'title' | 'headings'>): string {
  return escapeLine(clip([title, ...headings].map(neutraliseLine).join(' › '), 200));
}

function smallPrint(line: string): string {
  return `-# ${line}`;
}

/** Puts lines below the last part, or below a new one where they do not fit. */
function appended(parts: readonly string[], lines: readonly string[]): readonly string[] {
  const all = [...parts];
  for (const line of lines) {
    const last = all.at(-1) ?? '';
    const gap = last.split('\n').at(-1)?.startsWith('-# ') ? '\n' : '\n\n';
    if (all.length > 0 && last.length + gap.length + line.length <= discordLimits.content)
      all[all.length - 1] = last + gap + line;
    else all.push(line);
  }
  return all;
}

/** Blocks put together while they fit into one message. */
export function packed(blocks: readonly string[]): readonly string[] {
  const parts: string[] = [];
  for (const block of blocks) {
    const last = parts.at(-1);
    if (last !== undefined && last.length + 2 + block.length <= discordLimits.content)
      parts[parts.length - 1] = `${last}\n\n${block}`;
    else parts.push(block);
  }
  return parts;
}
