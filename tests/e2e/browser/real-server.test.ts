import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RealServer, startRealServer } from './real-server.ts';
import { launchBrowser } from './stage.ts';
import { widgetOf } from './widget-page.ts';

let server: RealServer;
let browser: Browser;
let siteUrl = '';
let snippet = '';
const site = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(
    `<!doctype html><html lang="en"><title>A spa</title><link rel="icon" href="data:,"><a href="/next">Next page</a>${snippet}`,
  );
});

beforeAll(async () => {
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  siteUrl = `http://localhost:${(site.address() as AddressInfo).port}`;
  [server, browser] = await Promise.all([startRealServer(siteUrl), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  site.closeAllConnections();
  site.close();
});

async function open(lines: string): Promise<Page & { readonly calls: string[] }> {
  snippet = lines;
  const page = await (await browser.newContext()).newPage();
  const calls: string[] = [];
  page.on('response', (response) => {
    const { pathname, origin } = new URL(response.url());
    if (origin === server.url)
      calls.push(`${response.request().method()} ${pathname.replace(/[\w-]{20,}/, '…')} ${response.status()}`);
  });
  await page.goto(siteUrl);
  return Object.assign(page, { calls });
}

describe('the printed snippet on another site, with the real server', () => {
  it('a whole conversation > asked, cited, rated, taken to the next page, gone on with and erased', async () => {
    const page = await open(server.snippet ?? '');
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('What is shiatsu?');
    await widget.answered();
    expect((await widget.sentences()).join(' ')).toContain('Shiatsu grew out of traditions');
    await widget.button('Helpful').click();
    await expect.poll(() => widget.status.textContent()).toBe('Thank you.');
    await page.getByRole('link', { name: 'Next page' }).click();
    await widget.answered();
    await widget.ask('I want to die');
    await widget.answered(2);
    expect(await page.getByRole('link', { name: '112' }).getAttribute('href')).toBe('tel:112');
    await widget.button('Start over').click();
    await expect.poll(() => widget.status.textContent()).toMatch(/^Erased/);
    expect(await widget.stored()).toBe('{}');
    expect(page.calls.filter((call) => /^(POST|DELETE)/.test(call))).toEqual([
      'POST /api/ask 200',
      'POST /api/feedback 204',
      'POST /api/ask 200',
      'DELETE /api/conversations/… 204',
    ]);
  });

  it('the page is left while the answer comes > it is there on the next one', async () => {
    const page = await open(server.snippet ?? '');
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('Which techniques are there?');
    await page.reload();
    await widget.answered();
    expect((await widget.sentences()).length).toBeGreaterThan(0);
  });

  it('a file that is not the pinned one > is not run', async () => {
    const page = await open((server.snippet ?? '').replace(/sha384-..../, 'sha384-AAAA'));
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => customElements.get('nape-chat') === undefined)).toBe(true);
  });

  it('a site that is not allowed > does not get the widget', async () => {
    snippet = server.snippet ?? '';
    const page = await browser.newPage();
    await page.goto(siteUrl.replace('localhost', '127.0.0.1'));
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => customElements.get('nape-chat') === undefined)).toBe(true);
  });
});
