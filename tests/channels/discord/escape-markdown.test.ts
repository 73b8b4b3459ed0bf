import { describe, expect, it } from 'vitest';
import { escapeLine, escapeMarkdown, neutralise } from '../../../src/channels/discord/escape-markdown.ts';

describe('escapeMarkdown', () => {
  it.each([
    [
      '**bold** _under_ ~~gone~~ ||hidden|| `code`',
      '\\*\\*bold\\*\\* \\_under\\_ \\~\\~gone\\~\\~ \\|\\|hidden\\|\\| \\`code\\`',
    ],
    ['[click](https://evil.example)', '\\[click\\](https\\://evil.example)'],
    ['<@123> <#4> <t:5> <:a:6> </ask:7> <id:guide>', '\\<@123> \\<#4> \\<t:5> \\<:a:6> \\</ask:7> \\<id:guide>'],
    ['@everyone and @HERE, a@b.example', '\\@everyone and \\@HERE, a@b.example'],
    ['# Title\n> quote\n- item\n-# small\n1. one', '\\# Title\n\\> quote\n\\- item\n\\-# small\n1\\. one'],
    ['well-known, 3 > 2, #1, 1.5', 'well-known, 3 > 2, #1, 1.5'],
    ['C:\\path', 'C:\\\\path'],
    ['discord.gg/abc', 'discord.gg\\/abc'],
    ['plain “text” with [1]', 'plain “text” with \\[1\\]'],
  ])('%j > is shown as it is', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it('a line > has no line breaks', () => {
    expect(escapeLine('a\n\n# b\t c')).toBe('a # b c');
  });
});

describe('neutralise', () => {
  it('bidirectional, zero-width, control and filler characters > are gone, also inside words', () => {
    const hidden = '\u202e\u2066\u200b\u200c\u200d\u2060\ufeff\u00ad\u0000\u001b\u3164\u2800\u{e0041}';
    expect(neutralise([...hidden].map((character) => `a${character}b`).join(''))).toBe('ab'.repeat([...hidden].length));
  });

  it('emoji with a joiner, accents and other scripts > stay', () => {
    const text = 'Ça va? 👩‍⚕️ 👨‍👩‍👧 naïve Ελλάδα 日本語';
    expect(neutralise(text)).toBe(text);
  });

  it('towers of marks, lone surrogates and odd line ends > are made harmless', () => {
    expect(neutralise('a\u0301\u0302\u0303\u0304\u0305\u0306')).toBe('á\u0302\u0303\u0304');
    expect(neutralise('a\ud800b').isWellFormed()).toBe(true);
    expect(neutralise('a\r\nb\u2028c')).toBe('a\nb\nc');
  });
});
