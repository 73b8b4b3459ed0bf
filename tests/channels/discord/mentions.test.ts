import { describe, expect, it } from 'vitest';
import type { Answer, Ask } from '../../../src/domain.ts';
import { runningBot } from './running-bot.ts';

const someone = '123456789012345678';

/** Every form in which Discord mentions somebody or something, bare and inside of what could hide it. */
const mentions = [
  '@everyone',
  '@here',
  `<@${someone}>`,
  `<@!${someone}>`,
  `<@&${someone}>`,
  `<#${someone}>`,
  `</ask:${someone}>`,
  '<id:customize>',
  '<t:1700000000:R>',
  '@\u200beveryone',
  '@ev\u00aderyone',
  '\u202e@enoyreve',
  '@everyone\u2066',
];
const surroundings: readonly ((mention: string) => string)[] = [
  (mention) => mention,
  (mention) => `Hello ${mention}, it says so.`,
  (mention) => `“${mention}”`,
  (mention) => `**${mention}**`,
  (mention) => `||${mention}||`,
  (mention) => `\`${mention}\``,
  (mention) => `> ${mention}`,
  (mention) => `# ${mention}`,
  (mention) => `[${mention}](https://e.example)`,
  (mention) => `\\${mention}`,
];
const forms = mentions.flatMap((mention) => surroundings.map((surround) => surround(mention)));

/** An answer, a refusal or a redirect that says `text` wherever a text can be. */
function saying(text: string, at: number): Answer {
  const id = 'a#b/1';
  const base = { turnId: `turn-${at}`, conversationId: 'c', text, suggestions: [text, `${text}?`] };
  const passages = [{ id, document: 'a', title: text, headings: [text], text, start: 0, end: 1, score: 1 }];
  const sentences = [{ text, citations: [id], quoted: at % 2 === 0 }];
  if (at % 4 === 1)
    return { ...base, outcome: 'refused', reason: 'not-in-article', sentences: [], passages: [], mode: 'fixed' };
  if (at % 4 === 3)
    return { ...base, outcome: 'redirected', reason: 'crisis', sentences: [], passages: [], mode: 'fixed' };
  return { ...base, outcome: 'answered', reason: null, sentences, passages, mode: 'generated' };
}

describe('500 answers with every form of mention', () => {
  it('whatever is sent, and how > pings nobody and shows the mention as plain text', async () => {
    let count = 0;
    const ask: Ask = async function* () {
      const answer = saying(forms[count % forms.length] ?? '', count);
      count += 1;
      yield { type: 'answer-end', answer };
    };
    const { simulator, bot } = await runningBot({ ask });
    await bot.start();
    const ada = simulator.person('Ada');
    const max = simulator.person('Max', { permissions: ['manageGuild'] });
    await max.slash('nape thread', { switch: 'on' });
    for (let at = 0; at < 125; at += 1) {
      const form = forms[(3 * at) % forms.length] ?? '';
      const asked = await ada.slash('ask', { question: form || '?', private: at % 3 === 0 });
      const button = asked.reply().buttons.at(-1);
      if (button?.customId?.startsWith('suggestion')) await ada.click(asked.reply(), button.customId);
      await ada.dm(`${form} what?`);
      await ada.mention(`${form} what?`);
    }
    expect(count).toBeGreaterThanOrEqual(375);
    const sent = simulator.sentMessages();
    expect(sent.length).toBeGreaterThanOrEqual(500);
    const allowed = sent.map(({ allowed_mentions: mentioned }) => JSON.stringify(mentioned));
    expect([...new Set(allowed)]).toEqual(['{"parse":[],"replied_user":false}']);
    for (const { content } of sent) {
      // Only a backslash before it makes Discord show what would else be a mention.
      expect(String(content)).not.toMatch(/(?<!\\)(?:\\\\)*<(?:@|#|t:|id:|\/)|(?<!\\)(?:\\\\)*@(?:everyone|here)/u);
      expect(String(content)).not.toMatch(/[\u200b\u00ad\u202e\u2066]/u);
    }
    const pings = [...simulator.world.messages.values()].flatMap(({ authorId, mentions: pinged }) =>
      authorId === simulator.world.bot.id ? pinged : [],
    );
    expect(pings).toEqual([]);
    expect(simulator.violations).toEqual([]);
  });
});
