import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useStage } from './stage.ts';
import { widgetOf } from './widget-page.ts';

const stage = useStage();

const boxOf = (page: Page, part: string) =>
  page
    .locator(`nape-chat ${part}`)
    .first()
    .evaluate((node) => {
      const { left, right, top, bottom, width, height } = node.getBoundingClientRect();
      return { left, right, top, bottom, width, height };
    });
const styleOf = (page: Page, part: string, property: string) =>
  page
    .locator(`nape-chat ${part}`)
    .first()
    .evaluate((node, name) => getComputedStyle(node).getPropertyValue(name), property);

/** Nothing of the widget sticks out of the window to the side, and nothing is cut off. */
async function fits(page: Page): Promise<void> {
  const outside = await page.locator('nape-chat .panel *:visible').evaluateAll((nodes) =>
    nodes
      .filter((node) => {
        const { left, right, width } = node.getBoundingClientRect();
        return width > 0 && (left < -1 || right > innerWidth + 1);
      })
      .map((node) => node.outerHTML.slice(0, 80)),
  );
  expect(outside).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
}

describe('sizes of the window', () => {
  it.each([
    ['a telephone', { width: 390, height: 844 }],
    ['a narrow telephone', { width: 320, height: 568 }],
    ['a telephone on its side', { width: 740, height: 360 }],
    ['a laptop at 200 % zoom', { width: 640, height: 400 }],
    ['a laptop at 400 % zoom', { width: 320, height: 200 }],
  ])('%s > the panel is a sheet that fills the window, and nothing sticks out', async (_name, viewport) => {
    const page = await stage.open({}, { viewport });
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('one');
    await widget.answered();
    await widget.marks.first().click();
    const { width, height } = viewport;
    expect(await boxOf(page, '.panel')).toMatchObject({ left: 0, top: 0, width, height });
    await fits(page);
    const { bottom } = await boxOf(page, '.field');
    expect(bottom).toBeLessThanOrEqual(height);
    expect((await boxOf(page, '.transcript')).height).toBeGreaterThan(40);
  });

  it('a telephone whose keyboard is open > the field stays above it', async () => {
    const page = await stage.open({}, { viewport: { width: 390, height: 844 } });
    const widget = widgetOf(page);
    await widget.open();
    await page.evaluate(() => {
      const { visualViewport } = window;
      Object.defineProperty(visualViewport, 'height', { value: 480, configurable: true });
      visualViewport?.dispatchEvent(new Event('resize'));
    });
    expect((await boxOf(page, '.field')).bottom).toBeLessThanOrEqual(480);
  });

  it('a desktop > a panel in the corner, on the side that the page chooses', async () => {
    const page = await stage.open();
    await widgetOf(page).open();
    expect((await boxOf(page, '.panel')).right).toBeCloseTo(1280 - 20, 0);
    await page.evaluate(() => document.querySelector('nape-chat')?.setAttribute('position', 'start'));
    expect((await boxOf(page, '.panel')).left).toBeCloseTo(20, 0);
  });

  it('text of twice the size > the panel grows with it and fits', async () => {
    const page = await stage.open({ head: '<style>html { font-size: 300% }</style>' });
    const widget = widgetOf(page);
    await widget.open();
    // The size that the visitor set counts, and not the page's.
    expect(await styleOf(page, '.root', 'font-size')).toBe('16px');
    await fits(page);
  });
});

describe('themes and languages', () => {
  it('theme > follows the visitor, or is what the page says', async () => {
    const page = await stage.open({}, { colorScheme: 'dark' });
    const widget = widgetOf(page);
    await widget.open();
    const background = () => styleOf(page, '.panel', 'background-color');
    const dark = await background();
    await page.evaluate(() => document.querySelector('nape-chat')?.setAttribute('theme', 'light'));
    const light = await background();
    expect(light).not.toBe(dark);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.evaluate(() => document.querySelector('nape-chat')?.removeAttribute('theme'));
    expect(await background()).toBe(light);
    await page.evaluate(() => document.querySelector('nape-chat')?.setAttribute('theme', 'dark'));
    expect(await background()).toBe(dark);
  });

  it('right to left > the panel, its button and its marks are on the other side', async () => {
    const page = await stage.open({ direction: 'rtl', language: 'ar' });
    await page.locator('nape-chat .launcher').click();
    await page.locator('nape-chat .field').fill('one');
    await page.keyboard.press('Enter');
    await widgetOf(page).answered();
    expect((await boxOf(page, '.panel')).left).toBeCloseTo(20, 0);
    expect((await boxOf(page, '.send')).left).toBeLessThan((await boxOf(page, '.field')).left);
    expect((await boxOf(page, '.question')).left).toBeLessThan(60);
    await fits(page);
  });

  it.each([
    ['es', 'Hacer una pregunta', 'Tu pregunta'],
    ['de', 'Frage stellen', 'Ihre Frage'],
    ['fr', 'Poser une question', 'Votre question'],
    ['pt-BR', 'Fazer uma pergunta', 'Sua pergunta'],
    ['it', 'Fai una domanda', 'La tua domanda'],
  ])('a page in %s > speaks it', async (language, launcher, field) => {
    const page = await stage.open({ language });
    await page.getByRole('button', { name: launcher }).click();
    await page.getByRole('textbox', { name: field }).waitFor();
    expect(await page.locator('nape-chat .root').getAttribute('lang')).toBe(language.slice(0, 2));
  });

  it('motion that the visitor does not want > there is none', async () => {
    const page = await stage.open({}, { reducedMotion: 'reduce' });
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('slow');
    expect(
      await page.locator('nape-chat .panel').evaluate((node) => node.getAnimations({ subtree: true }).length),
    ).toBe(0);
  });

  it('colours, fonts, parts and slots of the page > are taken', async () => {
    const page = await stage.open({
      head: `<style>
        nape-chat { --nape-accent: rgb(120, 0, 60); --nape-font: Georgia, serif; --nape-radius: 0; --nape-width: 30em }
        nape-chat::part(title) { letter-spacing: 3px }
      </style>
      <script>addEventListener('DOMContentLoaded', () => {
        document.querySelector('nape-chat').innerHTML = '<b slot="launcher">Talk to us</b><b slot="logo">S</b>';
      })</script>`,
    });
    await page.getByRole('button', { name: 'Talk to us' }).click();
    await widgetOf(page).field.waitFor();
    expect(await styleOf(page, '.send', 'background-color')).toBe('rgb(120, 0, 60)');
    expect(await styleOf(page, '.root', 'font-family')).toContain('Georgia');
    expect(await styleOf(page, '.title', 'letter-spacing')).toBe('3px');
    expect((await boxOf(page, '.panel')).width).toBe(480);
    expect(await page.getByText('S', { exact: true }).isVisible()).toBe(true);
  });
});

describe('inline', () => {
  it('mode="inline" > the panel is part of the page, without a button to open or close it', async () => {
    const page = await stage.open({ attributes: 'mode="inline"' });
    const widget = widgetOf(page);
    await widget.field.waitFor();
    expect(await page.locator('nape-chat .launcher').count()).toBe(0);
    expect(await widget.button('Close').count()).toBe(0);
    expect(await styleOf(page, '.panel', 'position')).toBe('static');
    await widget.ask('one');
    await widget.answered();
    await page.keyboard.press('Escape');
    expect(await widget.field.isVisible()).toBe(true);
  });
});
