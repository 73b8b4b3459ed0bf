import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './axe.ts';
import { type RealServer, startRealServer } from './real-server.ts';
import { launchBrowser } from './stage.ts';
import { widgetOf } from './widget-page.ts';

let server: RealServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startRealServer(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** The page with everything that it complains about. */
async function open(path = '/faq', context: BrowserContextOptions = {}): Promise<Page & { readonly faults: string[] }> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...context })).newPage();
  const faults: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && faults.push(message.text())));
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(`${server.url}${path}`);
  return Object.assign(page, { faults });
}

const shown = (page: Page) => page.locator('.entry:visible .question').allTextContents();

describe('the FAQ page', () => {
  it('typing > leaves what has the words, says how many, and clearing brings all back', async () => {
    const page = await open();
    const all = await shown(page);
    expect(all.length).toBeGreaterThanOrEqual(24);
    await page.fill('#q', 'Cortisol');
    const some = await shown(page);
    expect(some).toContain('How does massage lower stress?');
    expect(some.length).toBeLessThan(6);
    expect(await page.locator('#found').textContent()).toBe(`${some.length} questions have these words.`);
    await page.fill('#q', '');
    expect(await shown(page)).toEqual(all);
    expect(page.faults).toEqual([]);
  });

  it('the same query without a script > finds the same', async () => {
    const scripted = await open();
    const bare = await open('/faq', { javaScriptEnabled: false });
    for (const query of [
      'cortisol',
      'what is shiatsu',
      'NECK muscles',
      'mássage mat',
      'yog',
      'the of',
      'zzz',
      "neck's",
    ]) {
      await scripted.fill('#q', query);
      await bare.goto(`${server.url}/faq?q=${encodeURIComponent(query)}`);
      expect(await shown(scripted), query).toEqual(await shown(bare));
    }
    await bare.goto(`${server.url}/faq`);
    await bare.fill('#q', 'cortisol');
    await bare.press('#q', 'Enter');
    await bare.waitForURL(/\?q=cortisol$/u);
    expect(await shown(bare)).toContain('How does massage lower stress?');
  });

  it('nothing found > the assistant is offered and asked', async () => {
    const page = await open();
    await page.fill('#q', 'fascia thai cortisol');
    expect(await shown(page)).toEqual([]);
    await page.fill('#q', 'how are knees built');
    await page.locator('#instead').click();
    await widgetOf(page).answered();
    expect(await page.locator('nape-chat p.question').first().textContent()).toContain('how are knees built');
    expect(page.faults).toEqual([]);
  });

  it('a citation > opens the passage with the quotation marked, with the keyboard', async () => {
    const page = await open('/faq#what-is-shiatsu');
    const source = page.locator('#what-is-shiatsu summary');
    await source.focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#what-is-shiatsu blockquote mark').first().textContent()).toMatch(/^Shiatsu grew out/u);
  });

  it('a link to a question that the search has put away > brings it back', async () => {
    const page = await open();
    await page.fill('#q', 'cortisol');
    await page.evaluate(() => {
      location.hash = '#what-is-shiatsu';
    });
    await page.locator('#what-is-shiatsu').waitFor({ state: 'visible' });
    expect(await page.inputValue('#q')).toBe('');
  });

  it.each([
    ['light', 1280, ''],
    ['dark', 1280, '#which-massage-techniques-are-there'],
    ['light', 320, '?q=shiatsu'],
    ['dark', 320, '?q=zzz'],
  ] as const)('%s at %i pixels, %j > no violation, and nothing beside the screen', async (colorScheme, width, end) => {
    // axe is injected as a string, which the policy of the page would stop.
    const page = await open(`/faq${end}`, { colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
    const summary = page.locator('summary:visible').first();
    if ((await summary.count()) > 0) await summary.click();
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });

  it('print > holds the answers, and neither the search nor the widget', async () => {
    const page = await open();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.answer').first().isVisible()).toBe(true);
    for (const away of ['#search', '.contents', 'nape-chat', '.skip']) {
      expect(await page.locator(away).isVisible(), away).toBe(false);
    }
  });

  it('the structured data > is a FAQPage whose answers stand on the page', async () => {
    const page = await open();
    const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? '');
    expect(data).toMatchObject({ '@type': 'FAQPage', url: `${server.url}/faq` });
    expect(data.mainEntity.map(({ name }: { name: string }) => name)).toEqual(await shown(page));
  });
});
