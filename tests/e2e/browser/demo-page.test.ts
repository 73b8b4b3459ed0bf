import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './axe.ts';
import { auditPage } from './lighthouse.ts';
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

describe('the demo page with the real server', () => {
  it.each([
    [0, '.answered', 'Shiatsu grew out of traditions'],
    [1, '.refused', 'The article does not mention hot stones.'],
    [2, '.redirected', '112'],
  ])('card %i > shows a reply of the kind that it promises', async (card, kind, words) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const faults: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' && faults.push(message.text())));
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.goto(server.url);
    await page.locator('.question:not([disabled])').nth(card).click();
    await widgetOf(page).answered();
    expect(await page.locator(`nape-chat ${kind}`).textContent()).toContain(words);
    expect(faults).toEqual([]);
    await page.close();
  });

  it('a passage > is the article, word for word', async () => {
    const page = await browser.newPage();
    await page.goto(server.url);
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('What is shiatsu?');
    await widget.answered();
    await widget.marks.first().click();
    expect(await page.locator('nape-chat figure').first().textContent()).toContain(
      'Shiatsu grew out of traditions and involves',
    );
    await page.close();
  });

  it.each(['light', 'dark'] as const)(
    '%s, closed and open, desktop and telephone > no violation',
    async (colorScheme) => {
      for (const viewport of [
        { width: 1280, height: 800 },
        { width: 320, height: 600 },
      ]) {
        const page = await browser.newPage({ viewport, colorScheme });
        await page.goto(server.url);
        await page.locator('.question:not([disabled])').first().waitFor();
        expect(await axeViolations(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
        await page.locator('.question').nth(2).click();
        await widgetOf(page).answered();
        expect(await axeViolations(page)).toEqual([]);
        await page.close();
      }
    },
  );
});

describe('the page of questions and answers', () => {
  it.each(['light', 'dark'] as const)('%s, with the widget closed and open > no violation', async (colorScheme) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme });
    await page.goto(`${server.url}/faq`);
    const widget = widgetOf(page);
    await widget.launcher.waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await widget.open();
    expect(await axeViolations(page)).toEqual([]);
    await page.close();
  });
});

describe('Lighthouse', () => {
  it.each(['/', '/faq'])(
    '%s > 100 for accessibility and best practices, at least 95 for performance and SEO',
    async (path) => {
      const scores = await auditPage(`${server.url}${path}`);
      console.log(path, scores);
      expect(scores.accessibility).toBe(100);
      expect(scores['best-practices']).toBe(100);
      expect(scores.performance).toBeGreaterThanOrEqual(95);
      expect(scores.seo).toBeGreaterThanOrEqual(95);
    },
    180_000,
  );
});
