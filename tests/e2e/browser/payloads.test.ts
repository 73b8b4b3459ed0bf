import { expect, it } from 'vitest';
import type { Answer, CitedPassage } from '../../../src/domain.ts';
import { payloads } from './payloads.ts';
import { answered, told } from './scripts.ts';
import { useStage } from './stage.ts';
import { widgetOf } from './widget-page.ts';

const stage = useStage();

/** Payloads in one answer, so that 1,000 take 50 questions. */
const each = 20;

/** An answer with payloads in every field that can be seen. */
function answerOf(texts: readonly string[]): Answer {
  const cited: CitedPassage[] = texts.map((text, at) => ({
    id: `a#${text}/${at}`,
    document: text,
    title: text,
    headings: [text, text],
    text: `Before. ${text} After.`,
    start: 0,
    end: 1,
    score: 1,
  }));
  const sentences = texts.map((text, at) => ({ text, citations: [`a#${text}/${at}`], quoted: at % 2 === 0 }));
  return {
    ...answered,
    text: `Lead ${texts[0]} ${texts.map((text) => `“${text}”`).join(' ')} ${texts[1]}`,
    sentences,
    passages: cited,
    suggestions: texts.slice(0, 3),
  };
}

it('1,000 texts of markup and Markdown > shown as text everywhere: no script runs, nothing is asked of another server', async () => {
  expect(new Set(payloads).size).toBe(1_000);
  const page = await stage.open();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('dialog', (dialog) => void dialog.dismiss());
  await page.exposeFunction('counted', () => {});
  const prepare = () =>
    page.evaluate(() => {
      const state = { runs: 0 };
      Object.assign(window, {
        state,
        ran: () => (state.runs += 1),
        RAN: () => (state.runs += 1),
        alert: () => (state.runs += 1),
      });
    });
  await prepare();
  const widget = widgetOf(page);
  await widget.open();

  /** Elements that the widget itself never makes, and links that the owner did not configure. */
  const strangers = () =>
    page
      .locator('nape-chat .panel')
      .evaluate((panel) => [
        ...[...panel.querySelectorAll('*')]
          .map(({ localName }) => localName)
          .filter(
            (name) =>
              !/^(header|slot|h2|button|svg|path|div|p|i|q|span|figure|figcaption|b|blockquote|mark|form|input|textarea|a)$/.test(
                name,
              ),
          ),
        ...[...panel.querySelectorAll('a')]
          .map(({ href }) => href)
          .filter((href) => !/^tel:(112|116123|\+49301234)$/.test(href)),
        ...[...panel.querySelectorAll('*')].flatMap((node) =>
          [...node.attributes].map(({ name }) => name).filter((name) => /^on|^src|^style$/.test(name)),
        ),
      ]);
  const runs = () => page.evaluate(() => (window as unknown as { state: { runs: number } }).state.runs);

  for (let from = 0; from < payloads.length; from += each) {
    const texts = payloads.slice(from, from + each);
    stage.api.script = () => told(answerOf(texts));
    const question = texts[from % each === 0 ? (from / each) % each : 0]?.trim() ?? '';
    await page.evaluate(
      (text) => (document.querySelector('nape-chat') as HTMLElement & { ask(text: string): void }).ask(text),
      question,
    );
    await widget.answered(((from / each) % 10) + 1);
    await page.locator('nape-chat .turn:last-of-type .citation').evaluateAll((marks) => {
      for (const mark of marks) (mark as HTMLElement).click();
    });
    const last = page.locator('nape-chat .turn').last();
    expect(await last.locator('.question').textContent()).toBe(question);
    const shown = await last.locator('.sentences q > span, .sentences > span > span').allTextContents();
    expect(shown).toEqual(texts);
    for (const text of await last.locator('blockquote').allTextContents()) expect(text).toMatch(/^Before\. /);
    expect(await strangers()).toEqual([]);
    if ((from / each) % 10 === 9) {
      expect(await runs()).toBe(0);
      // The history comes back on the next page; then it begins anew.
      await page.reload();
      await prepare();
      await widget.answered(10);
      expect(await strangers()).toEqual([]);
      expect(await runs()).toBe(0);
      await widget.button('Start over').click();
      await expect.poll(() => widget.stored()).toBe('{}');
    }
  }
  const origins = new Set(asked.map((url) => new URL(url).origin).filter((origin) => origin !== 'null'));
  expect([...origins].sort()).toEqual([stage.api.url, stage.hostUrl].sort());
  expect(page.faults).toEqual([]);
}, 180_000);
