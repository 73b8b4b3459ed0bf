import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeViolations } from './axe.ts';
import { answered } from './scripts.ts';
import { useStage } from './stage.ts';
import { widgetOf } from './widget-page.ts';

const stage = useStage();

describe('axe', () => {
  it.each(['light', 'dark'] as const)('every state of the widget, %s > no violation', async (colorScheme) => {
    const page = await stage.open({ attributes: 'contact-href="/contact"' }, { colorScheme });
    const widget = widgetOf(page);
    const clean = async (state: string) => expect(await axeViolations(page), state).toEqual([]);
    await widget.launcher.waitFor();
    await clean('closed');
    await widget.open();
    await clean('open');
    await widget.ask('slow');
    await expect.poll(widget.sentences).toHaveLength(1);
    await clean('while an answer arrives');
    await widget.answered();
    await widget.marks.first().click();
    await clean('a passage is open');
    await widget.button('Not helpful').click();
    await clean('a comment is asked for');
    await page.keyboard.press('Enter');
    await widget.ask('price');
    await widget.answered(2);
    await clean('a refusal');
    await widget.ask('danger');
    await widget.answered(3);
    await clean('a redirect');
    await widget.ask('broken');
    await widget.button('Try again').waitFor();
    await clean('a failure');
    await page.context().setOffline(true);
    await widget.ask('one');
    await page.getByText('No connection.').waitFor();
    await clean('offline');
  });

  it.each([
    ['inline', { attributes: 'mode="inline"' }, {}],
    ['a telephone', {}, { viewport: { width: 320, height: 568 } }],
    ['right to left', { direction: 'rtl', language: 'ar' }, {}],
    ['forced colours', {}, { forcedColors: 'active' }],
    ['German', { language: 'de' }, {}],
  ] as const)('%s > no violation', async (_circumstance, host, context) => {
    const page = await stage.open(host, context);
    const launcher = page.locator('nape-chat .launcher');
    if (!('attributes' in host)) await launcher.click();
    await page.locator('nape-chat .field').fill('one');
    await page.keyboard.press('Enter');
    await widgetOf(page).answered();
    expect(await axeViolations(page)).toEqual([]);
  });
});

describe('the keyboard alone', () => {
  it('opens, asks, reads a passage, rates, closes and goes on into the page, with no trap', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    const press = (key: string) => page.keyboard.press(key);
    const focused = () =>
      page.evaluate(() => {
        let node: Element | null = document.activeElement;
        while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
        return node?.getAttribute('aria-label') ?? node?.textContent ?? '';
      });
    await widget.launcher.waitFor();
    await press('Tab');
    expect(await focused()).toBe('Next page');
    await press('Tab');
    expect(await focused()).toBe('Ask a question');
    await press('Enter');
    await expect.poll(focused).toBe('Your question');
    await page.keyboard.type('one');
    await press('Enter');
    await widget.answered();
    expect(await focused()).toBe('Your question');
    // Backwards through everything of the answer to the transcript, which scrolls with the arrow keys.
    const back: string[] = [];
    for (let presses = 0; presses < 12 && back.at(-1) !== 'Conversation'; presses += 1) {
      await press('Shift+Tab');
      back.push(await focused());
    }
    expect(back).toEqual([
      'What is Swedish massage?',
      'Not helpful',
      'Helpful',
      'Copy',
      'Where does it say this? 2: Stress Reduction',
      'Where does it say this? 1: Shiatsu',
      'Conversation',
    ]);
    await press('Tab');
    await press('Space');
    expect(await page.locator('nape-chat figure').first().isVisible()).toBe(true);
    for (let presses = 0; presses < 3; presses += 1) await press('Tab');
    expect(await focused()).toBe('Helpful');
    await press('Enter');
    await expect.poll(focused).toMatch(/Tell us more/);
    await page.keyboard.type('Good.');
    await press('Enter');
    expect(await focused()).toBe('Helpful');
    await press('Escape');
    expect(await focused()).toBe('Ask a question');
    await press('Shift+Tab');
    expect(await focused()).toBe('Next page');
  });

  it('out of the open panel > the focus goes on into the page', async () => {
    const page = await stage.open({ body: '<button>After</button>' });
    const widget = widgetOf(page);
    await widget.open();
    const isInside = () => page.evaluate(() => document.activeElement?.localName === 'nape-chat');
    for (let presses = 0; presses < 12 && (await isInside()); presses += 1) await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('After');
    expect(await widget.panel.isVisible()).toBe(true);
  });

  it('on a telephone > a focus that leaves the sheet closes it, so that it can be seen', async () => {
    const page = await stage.open({ body: '<button>After</button>' }, { viewport: { width: 360, height: 640 } });
    const widget = widgetOf(page);
    await widget.open();
    for (let presses = 0; presses < 12 && (await widget.panel.isVisible()); presses += 1)
      await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('After');
  });
});

/** Keeps what a screen reader would be given to read: additions to a live region that nothing switches off. */
async function listen(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const shadow = document.querySelector('nape-chat')?.shadowRoot as ShadowRoot;
    new MutationObserver((records) => {
      // What is put in with its parent, in one go, is read with it.
      const added = new Set(records.flatMap(({ addedNodes }) => [...addedNodes]));
      for (const node of added) {
        let parent = node.parentNode;
        while (parent && !added.has(parent)) parent = parent.parentNode;
        const holder = node instanceof Element ? node : node.parentElement;
        const region = holder?.closest('[aria-live],[role=log],[role=status]');
        const isQuiet =
          !region || region.getAttribute('aria-live') === 'off' || holder?.closest('[hidden],[aria-hidden]');
        if (parent || isQuiet) continue;
        const copy = node.cloneNode(true);
        if (copy instanceof Element)
          for (const quiet of copy.querySelectorAll('[aria-live=off],[hidden]')) quiet.remove();
        if (copy.textContent?.trim()) heard.push(copy.textContent.trim());
      }
    }).observe(shadow, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
}

describe('a screen reader', () => {
  it('an answer > every sentence is heard once and whole, and no button or passage with it', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    const heard = await listen(page);
    await widget.ask('slow');
    await widget.answered();
    await widget.marks.first().click();
    const all = await heard();
    for (const { text } of answered.sentences) expect(all.filter((words) => words.includes(text))).toEqual([text]);
    expect(all).toEqual([
      'Looking in the article…',
      answered.sentences[0]?.text,
      'From the article',
      answered.sentences[1]?.text,
      answered.sentences[2]?.text,
      'The article says:',
    ]);
  });

  it('a redirect > its words are heard once', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    const heard = await listen(page);
    await widget.ask('danger');
    await widget.answered();
    expect((await heard()).filter((words) => words.includes('call 112 now'))).toHaveLength(1);
  });
});

describe('sizes', () => {
  it('every button and link of the panel > is at least 24 pixels high and wide, or a link within a sentence', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('one');
    await widget.answered();
    const boxes = await page
      .locator('nape-chat button:visible, nape-chat textarea:visible')
      .evaluateAll((nodes) =>
        nodes.map((node) => [node.getBoundingClientRect().width, node.getBoundingClientRect().height] as const),
      );
    expect(boxes.length).toBeGreaterThan(7);
    for (const [width, height] of boxes) {
      expect(width).toBeGreaterThanOrEqual(24);
      expect(height).toBeGreaterThanOrEqual(24);
    }
  });
});
