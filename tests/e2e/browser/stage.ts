import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type ScriptedApi, startScriptedApi } from './scripted-api.ts';
import { byWord } from './scripts.ts';

export const executablePath = '/usr/bin/chromium';

export const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--no-first-run',
];

export async function launchBrowser(): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error(`${executablePath} is missing. On Debian: apt-get install chromium. These tests are not skipped.`);
  }
  return chromium.launch({ executablePath, args: browserArguments });
}

export interface HostPage {
  readonly head?: string;
  readonly body?: string;
  /** Attributes of the element. */
  readonly attributes?: string;
  readonly csp?: string;
  readonly language?: string;
  readonly direction?: 'ltr' | 'rtl';
}

export interface Stage {
  readonly api: ScriptedApi;
  readonly hostUrl: string;
  readonly browser: Browser;
  /** A page of another origin with the widget in it; console errors and reports are collected. */
  open(host?: HostPage, context?: BrowserContextOptions): Promise<Page & { readonly faults: string[] }>;
}

/** The script tag of a host page; a `{nonce}` in `attributes` of the tag is the page's. */
export const snippet = (url: string, attributes = '', nonce = '') =>
  `<script type="module" src="${url}/widget.js"${nonce && ` nonce="${nonce}"`}></script>\n<nape-chat ${attributes}></nape-chat>`;

/** A scripted API, a host site on an origin of its own and a browser, for one test file. */
export function useStage(): Stage {
  let browser: Browser;
  let api: ScriptedApi;
  let host: HostPage = {};
  const site = createServer((_request, response) => {
    const { head = '', body = '', attributes, csp, language = 'en', direction = 'ltr' } = host;
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      ...(csp && { 'content-security-policy': csp.replaceAll('{api}', api.url) }),
    });
    response.end(`<!doctype html><html lang="${language}" dir="${direction}"><head><meta charset="utf-8"><title>A spa</title>
      <meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">${head}</head>
      <body><main><h1>A spa</h1><p>Words of the page.</p><a href="/next">Next page</a>${body}</main>
      ${snippet(api.url, attributes, 'n0nce')}</body></html>`);
  });
  const stage = {
    get api() {
      return api;
    },
    get browser() {
      return browser;
    },
    hostUrl: '',
    async open(given: HostPage = {}, options: BrowserContextOptions = {}) {
      host = given;
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error' && !/net::ERR|status of/.test(message.text())) faults.push(message.text());
      });
      await page.goto(stage.hostUrl);
      return Object.assign(page, { faults });
    },
  };

  beforeAll(async () => {
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    // Another host name than the API's, so that they are two sites also for the browser's caches.
    stage.hostUrl = `http://localhost:${(site.address() as AddressInfo).port}`;
    [browser, api] = await Promise.all([launchBrowser(), startScriptedApi(() => [stage.hostUrl])]);
  });
  beforeEach(() => {
    Object.assign(api, { script: byWord, isDown: false, breakAfter: undefined, refusal: undefined });
    api.requests.length = 0;
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    site.closeAllConnections();
    await new Promise((resolve) => site.close(resolve));
  });
  return stage;
}
