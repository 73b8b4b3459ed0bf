import { describe, expect, it } from 'vitest';
import { contentStems, contentWords, stopWords } from '../../src/language/stop-words.ts';
import { words } from '../../src/language/tokens.ts';

describe('stop words', () => {
  it('stopWords > each is one lower-case word as `words` gives it', () => {
    for (const word of stopWords) expect(words(word)).toEqual([word]);
  });

  it('contentWords > function words and clitics go, the subject stays in order', () => {
    expect(contentWords("What's the difference between shiatsu and a Swedish massage?")).toEqual([
      'difference',
      'shiatsu',
      'swedish',
      'massage',
    ]);
    expect(contentWords("Don't I need to book, isn't it?")).toEqual(['need', 'book']);
    expect(contentWords('Are feelings kept somewhere in us?')).toEqual(['feelings', 'kept']);
    expect(contentWords('Why?')).toEqual([]);
  });

  it('contentStems > stop words go before stemming, so that "does" is not a stem left over', () => {
    expect(contentStems('Does having massages help?')).toEqual(['massag', 'help']);
  });
});
