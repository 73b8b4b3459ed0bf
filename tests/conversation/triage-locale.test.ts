import { describe, expect, it } from 'vitest';
import { type RedirectMessage, readSet } from '../evals/safety/read-sets.test-support.ts';
import { detectLocale } from './ask-over.ts';

describe('createDetectLocale', () => {
  it.each([
    ['What is shiatsu?', 'en'],
    ['¿Qué es el shiatsu?', 'es'],
    ['Was bewirkt eine Nackenmassage?', 'de'],
    ["C'est quoi le massage thaï ?", 'fr'],
    ['O que é uma massagem?', 'pt'],
    ["Cos'è il massaggio?", 'it'],
    ['sciatica', 'en'],
    ['shiatsu vs deep tissue', 'en'],
    ['trapezius rhomboids scalene muscles', 'en'],
    ['techniques self care', 'en'],
    ['relieve neck pain fast', 'en'],
    ['do u sleep as well as before', 'en'],
    ['Such as?', 'en'],
    ['as costas doem', 'pt'],
    ['Verspannungen lösen schnell', 'de'],
    ['duele cuello mucho', 'es'],
    ['🙂', 'en'],
    ['', 'en'],
  ])('%s > %s', (text, locale) => {
    expect(detectLocale(text)).toBe(locale);
  });

  it.each([
    ['Verspannungen', 'de-AT', 'de'],
    ['🙂', 'pt_BR.UTF-8', 'pt'],
    ['shiatsu vs deep tissue', 'de', 'en'],
    ['What is shiatsu?', 'es', 'en'],
    ['me duele el pecho', 'en', 'es'],
    ['🙂', 'ja', 'en'],
  ])('%s from a page in %s > %s', (text, expected, locale) => {
    expect(detectLocale(text, expected)).toBe(locale);
  });

  it('the tuned half > at least 97 of 100 are right', () => {
    const messages = readSet<RedirectMessage>('redirects-tune');
    const right = messages.filter(({ text, locale }) => detectLocale(text) === locale);
    expect(right.length / messages.length).toBeGreaterThanOrEqual(0.97);
  });
});
