import { describe, expect, it } from 'vitest';
import { detectLocale } from '../../src/conversation/locale.ts';
import { type RedirectMessage, readSet } from '../evals/safety/read-sets.test-support.ts';

describe('detectLocale', () => {
  it.each([
    ['What is shiatsu?', 'en'],
    ['¿Qué es el shiatsu?', 'es'],
    ['Was bewirkt eine Nackenmassage?', 'de'],
    ["C'est quoi le massage thaï ?", 'fr'],
    ['O que é uma massagem?', 'pt'],
    ["Cos'è il massaggio?", 'it'],
    ['sciatica', 'en'],
    ['🙂', 'en'],
    ['', 'en'],
  ])('%s > %s', (text, locale) => {
    expect(detectLocale(text)).toBe(locale);
  });

  it('the tuned half > at least 97 of 100 are right', () => {
    const messages = readSet<RedirectMessage>('redirects-tune');
    const right = messages.filter(({ text, locale }) => detectLocale(text) === locale);
    expect(right.length / messages.length).toBeGreaterThanOrEqual(0.97);
  });
});
