import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';
import { buildWidget } from '../../scripts/build-widget/build-widget.ts';
import { createWidgetSettings } from '../../src/conversation/widget-settings.ts';
import { milliseconds, quantile, table } from './figures.ts';

const executablePath = '/usr/bin/chromium';
const rounds = 9;
/** As Lighthouse slows a desktop down to a telephone. */
const slowdown = 4;
/** Time that a page gets to become quiet. */
const settleMs = 1_500;

interface Contender {
  readonly name: string;
  /** What a site owner puts at the end of the page. */
  readonly html: string;
  /** Opens the chat, for contenders that load more then. */
  readonly open?: string;
}

interface Sample {
  readonly bytes: number;
  readonly openBytes: number;
  readonly blockingMs: number;
  readonly taskMs: number;
}

const text = 'Six rooms, a wooden sauna, and a garden that runs down to the shore. '.repeat(8);
/** A page with fonts of its own, as pages have, so that nobody is charged for the first use of a font. */
const pageOf = (html: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>A spa</title>
  <meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
  <style>body, button { font: 16px/1.6 system-ui, sans-serif } button { font-weight: 600 }</style><h1>A spa</h1><button>Book</button>${`<p>${text}</p>`.repeat(20)}${html}</html>`;

/** The same page without a chat, with the widget and with two chats from npm, by turns: bytes and time of the main thread. */
export async function benchWidget(): Promise<string> {
  const fromPackage = (path: string) => readFileSync(createRequire(import.meta.url).resolve(path));
  const { script, style } = await buildWidget();
  const settings = createWidgetSettings({ contacts: {}, suggestions: () => [], articleLanguage: () => 'en' });
  const files = new Map<string, string | Buffer>([
    ['/widget.js', script.text],
    [`/${style.name}`, style.text],
    ['/api/widget', JSON.stringify(settings('en'))],
    ['/deep-chat.js', fromPackage('deep-chat/dist/deepChat.bundle.js')],
    ['/flowise.js', fromPackage('flowise-embed/dist/web.js')],
  ]);
  const contenders: readonly Contender[] = [
    { name: 'no chat', html: '' },
    {
      name: 'nape-chat',
      html: '<script type="module" src="/widget.js"></script><nape-chat></nape-chat>',
      open: "document.querySelector('nape-chat').open()",
    },
    {
      name: 'deep-chat 2.4.2',
      html: '<script type="module" src="/deep-chat.js"></script><deep-chat demo="true"></deep-chat>',
    },
    {
      name: 'flowise-embed 3.1.6',
      html: `<script type="module">import Chatbot from '/flowise.js';
        Chatbot.init({ chatflowid: 'none', apiHost: location.origin });</script>`,
    },
  ];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://bench');
    const contender = contenders[Number(pathname.slice(1) || Number.NaN)];
    const body = contender ? pageOf(contender.html) : files.get(pathname);
    const type = contender ? 'text/html' : pathname.endsWith('.css') ? 'text/css' : 'text/javascript';
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type, 'content-encoding': 'gzip' });
    response.end(gzipSync(body ?? '', { level: 9 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
  try {
    const samples = contenders.map((): Sample[] => []);
    for (let round = 0; round <= rounds; round += 1) {
      for (const [at, contender] of contenders.entries()) {
        const sample = await measure(browser, `${url}/${at}`, contender);
        // The first round warms up.
        if (round > 0) samples[at]?.push(sample);
      }
    }
    const median = (at: number, name: keyof Sample) =>
      quantile(
        (samples[at] ?? []).map((sample) => sample[name]),
        0.5,
      );
    const kilobytes = (bytes: number) => `${(bytes / 1_000).toFixed(1)} kB`;
    return table([
      ['a page with', 'bytes before', 'on opening', 'blocking', 'main thread'],
      ...contenders.map(({ name }, at) => [
        name,
        kilobytes(median(at, 'bytes')),
        kilobytes(median(at, 'openBytes')),
        milliseconds(median(at, 'blockingMs')),
        milliseconds(median(at, 'taskMs')),
      ]),
    ]);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

/** One visit with an empty cache on a slowed processor. Blocking is what exceeds 50 ms in each task, as Lighthouse counts it. */
async function measure(browser: Browser, url: string, { open }: Contender): Promise<Sample> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  await session.send('Performance.enable');
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await page.addInitScript(`
    globalThis.blocking = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) blocking += Math.max(0, duration - 50);
    }).observe({ type: 'longtask', buffered: true });
  `);
  await page.goto(url);
  await page.waitForTimeout(settleMs);
  const { metrics } = await session.send('Performance.getMetrics');
  const taskMs = (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
  const blockingMs = await page.evaluate<number>('blocking');
  const before = bytes;
  if (open) {
    await page.evaluate(open);
    await page.waitForTimeout(settleMs);
  }
  await context.close();
  return { bytes: before, openBytes: bytes - before, blockingMs, taskMs };
}
