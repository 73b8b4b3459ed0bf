import { describe, expect, it } from 'vitest';
import { readCustomId } from '../../../src/channels/discord/custom-id.ts';
import { messageFlags } from '../../../src/channels/discord/discord-message.ts';
import { renderAnswer, renderPassages, renderSoFar } from '../../../src/channels/discord/render-message.ts';
import { discordWords } from '../../../src/channels/discord/words/discord-words.ts';
import type { Answer } from '../../../src/domain.ts';
import { messageFindings } from '../../discord-simulator/limits/message-limits.ts';
import { extractive, passages, refusal } from '../cli/cli-run.ts';
import { nape } from './running-bot.ts';

const words = discordWords.en;
const ids = passages.map(({ id }) => id);

function generated(text: string, sentences: Answer['sentences']): Answer {
  return { ...extractive, text, sentences, mode: 'generated', suggestions: [] };
}

describe('renderAnswer', () => {
  it('an answer > has numbers behind quotations, sources in small print, and buttons with short ids', () => {
    const [message, ...rest] = renderAnswer(extractive, { words, disclosure: 'I am a program.' });
    expect(rest).toEqual([]);
    expect(message?.content).toMatchInlineSnapshot(`
      "The article says: “Massage lowers stress hormones. It also releases endorphins, which feel good. [1] Shiatsu uses finger pressure.” [2]

      -# [1] Neck and Spine Massage › The Healing Power of Therapeutic Touch › Stress Reduction
      -# [2] Neck and Spine Massage › Techniques › Shiatsu
      -# I am a program."
    `);
    expect(message?.allowed_mentions).toEqual({ parse: [], replied_user: false });
    expect(message?.flags).toBe(messageFlags.suppressEmbeds);
    const pressed = message?.components.flatMap(({ components }) =>
      components.map(({ custom_id: id }) => readCustomId(id)),
    );
    expect(pressed).toEqual([
      { kind: 'up', turnId: 'turn-1' },
      { kind: 'down', turnId: 'turn-1' },
      { kind: 'passages', turnId: 'turn-1' },
      { kind: 'suggestion', turnId: 'turn-1', at: 0 },
    ]);
  });

  it('a model’s sentences > each have their own numbers', () => {
    const answer = generated('Massage helps. Shiatsu presses.', [
      { text: 'Massage helps.', citations: [ids[0] ?? '', ids[1] ?? ''], quoted: false },
      { text: 'Shiatsu presses.', citations: [ids[1] ?? ''], quoted: false },
    ]);
    expect(renderAnswer(answer, { words })[0]?.content).toMatch(
      /^Massage helps\. \[1\]\[2\] Shiatsu presses\. \[2\]\n\n/u,
    );
  });

  it('a refusal > has thumbs and suggestions; a greeting no thumbs; a crisis nothing', () => {
    const labels = (answer: Answer) =>
      renderAnswer(answer, { words }).flatMap(({ components }) => components.map(({ components: row }) => row.length));
    expect(labels(refusal)).toEqual([2, 2]);
    expect(labels({ ...refusal, outcome: 'greeted', reason: 'greeting' })).toEqual([2]);
    expect(labels({ ...refusal, outcome: 'redirected', reason: 'crisis' })).toEqual([]);
    expect(labels({ ...refusal, outcome: 'redirected', reason: 'emergency' })).toEqual([]);
    expect(labels({ ...refusal, outcome: 'redirected', reason: 'symptom', suggestions: [] })).toEqual([2]);
  });

  it('Markdown, mentions and hidden characters of the article > are shown as they are', () => {
    const text = '**Relax** <@1> @everyone \u202e[x](https://e.example)';
    const answer: Answer = {
      ...generated(text, [{ text, citations: [ids[0] ?? ''], quoted: false }]),
      passages: [{ ...(passages[0] as Answer['passages'][number]), headings: ['*Bold*', '-# small\n# big'] }],
    };
    const [message] = renderAnswer(answer, { words, question: '# @here\n**?**' });
    expect(message?.content).toMatchInlineSnapshot(`
      "> \\# \\@here \\*\\*?\\*\\*
      \\*\\*Relax\\*\\* \\<@1> \\@everyone \\[x\\](https\\://e.example) [1]

      -# [1] Neck and Spine Massage › \\*Bold\\* › -# small # big"
    `);
  });

  it('a long answer > is several messages within the limits, with the buttons on the last', () => {
    const sentence = `${'word '.repeat(30).trim()}.`;
    const sentences = Array.from({ length: 40 }, (_, at) => ({
      text: `S${at} ${sentence}`,
      citations: [ids[at % 2] ?? ''],
      quoted: true,
    }));
    const text = sentences.map(({ text: one }) => `“${one}”`).join(' ');
    const messages = renderAnswer({ ...extractive, text, sentences, suggestions: ['x'.repeat(300)] }, { words });
    expect(messages.length).toBeGreaterThan(3);
    for (const message of messages) {
      expect(messageFindings({ ...message }, { to: 'channel', isEdit: false, hasFiles: false })).toEqual([]);
    }
    for (const { text: one } of sentences)
      expect(messages.some(({ content }) => content.includes(`“${one}” [`))).toBe(true);
    expect(messages.map(({ components }) => components.length)).toEqual([...messages.slice(1).map(() => 0), 2]);
  });
});

describe('renderSoFar', () => {
  it('an answer that grows > shows what is verified, and that more comes', () => {
    const { content, components } = renderSoFar(extractive.sentences.slice(0, 1), words.writing);
    expect(content).toBe('The article says: “Massage lowers stress hormones.” [1]\n-# Still writing …');
    expect(components).toEqual([]);
  });
});

describe('renderPassages', () => {
  it('every passage of the article > is quoted whole, within the limits', () => {
    const all = nape.index.passages;
    const messages = renderPassages(all);
    for (const message of messages) {
      expect(messageFindings({ ...message }, { to: 'response', isEdit: false, hasFiles: false })).toEqual([]);
    }
    const plain = messages.map(({ content }) => content.replace(/\\(?=[^\p{L}\p{N}\s])/gu, '')).join('\n');
    for (const { sentences } of all) for (const { text } of sentences) expect(plain).toContain(text);
  });
});
