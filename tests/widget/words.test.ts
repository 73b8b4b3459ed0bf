import { describe, expect, it } from 'vitest';
import { locales } from '../../src/conversation/locale.ts';
import { createWidgetSettings } from '../../src/conversation/widget-settings.ts';
import { widgetWords } from '../../src/conversation/widget-words.ts';
import { englishSettings, launcherWords } from '../../src/widget/words.ts';

const settings = createWidgetSettings({
  contacts: {},
  suggestions: () => ['What is shiatsu?'],
  articleLanguage: () => 'en',
});

describe('the words of the widget', () => {
  it('without the server > are the English ones of the server', () => {
    const { words, disclosure } = settings('en');
    expect(englishSettings.words).toEqual(words);
    expect(englishSettings.disclosure).toBe(disclosure);
  });

  it.each(locales)('%s > has every word, its own, and a label for the button', (locale) => {
    expect(Object.values(widgetWords[locale]).every((word) => word.trim() !== '')).toBe(true);
    expect(launcherWords[locale]).toBeTruthy();
    if (locale !== 'en') expect(widgetWords[locale].looking).not.toBe(widgetWords.en.looking);
  });
});

describe('createWidgetSettings', () => {
  it.each([
    ['de', 'de'],
    ['pt-BR', 'pt'],
    ['FR', 'fr'],
    ['ar', 'en'],
    ['', 'en'],
    [undefined, 'en'],
    ['constructor', 'en'],
  ])('%s > words in %s', (tag, language) => {
    expect(settings(tag).language).toBe(language);
  });

  it('numbers and addresses of the configuration > links, and words without one > none', () => {
    const of = (contact: string) =>
      createWidgetSettings({ contacts: { contact }, suggestions: () => [], articleLanguage: () => 'en' })('en')
        .contacts;
    expect(of('the front desk, +49 (30) 12-34')).toEqual([{ text: '+49 (30) 12-34', href: 'tel:+49301234' }]);
    expect(of('write to hello@spa.example')).toEqual([{ text: 'hello@spa.example', href: 'mailto:hello@spa.example' }]);
    expect(of('https://spa.example/contact')).toEqual([
      { text: 'https://spa.example/contact', href: 'https://spa.example/contact' },
    ]);
    expect(of('the front desk in room 12')).toEqual([]);
    expect(of('javascript:alert(1)')).toEqual([]);
  });
});
