import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { answered } from './scripts.ts';
import { useStage } from './stage.ts';
import { widgetOf } from './widget-page.ts';

const stage = useStage();
const texts = answered.sentences.map(({ text }) => text);

/** Everything a visitor does, once. */
async function worksThroughout(page: Page): Promise<void> {
  const widget = widgetOf(page);
  await widget.open();
  await widget.ask('one');
  await widget.answered();
  expect(await widget.sentences()).toEqual(texts);
  await widget.marks.first().click();
  await page.locator('nape-chat figure').first().waitFor();
  await widget.button('Helpful').click();
  await page.keyboard.type('Good.');
  await page.keyboard.press('Enter');
  await widget.ask('danger');
  await page.getByRole('link', { name: '112' }).waitFor();
  await widget.ask('broken');
  await widget.button('Try again').waitFor();
  await widget.button('Start over').click();
  await expect.poll(() => widget.status.textContent()).toMatch(/^Erased/);
  await widget.button('Close').click();
  await widget.launcher.waitFor();
}

describe('a strict content security policy', () => {
  const csp = [
    "default-src 'none'",
    "script-src 'nonce-n0nce'",
    'connect-src {api}',
    'img-src data:',
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

  it('with a nonce and Trusted Types > everything works and nothing is reported', async () => {
    const page = await stage.open({
      csp,
      head: `<script nonce="n0nce">
        window.reports = [];
        document.addEventListener('securitypolicyviolation', (event) => reports.push(event.violatedDirective + ' ' + event.blockedURI));
        new ReportingObserver((list) => reports.push(...list.map(String)), { buffered: true }).observe();
      </script>`,
    });
    await worksThroughout(page);
    expect(await page.evaluate(() => (window as unknown as { reports: unknown }).reports)).toEqual([]);
    expect(page.faults).toEqual([]);
  });
});

describe('a hostile style', () => {
  const styles = {
    'everything unset and shown': '* { all: unset; display: block !important }',
    'huge, spaced and invisible':
      'html { font-size: 80px; letter-spacing: 1em; word-spacing: 2em; line-height: 4; text-transform: uppercase } body, body * { color: red !important; visibility: hidden !important; font: 900 90px/3 cursive !important; cursor: none !important }',
    'the element itself bent':
      'nape-chat { position: absolute !important; transform: rotate(40deg) scale(.2) !important; opacity: .1 !important; filter: blur(9px) !important; width: 1px !important; height: 1px !important; overflow: hidden !important; pointer-events: none !important; contain: strict !important; z-index: -1 !important }',
    'buttons and fields of the page':
      'button, textarea, input, p, h2, a { display: none !important } ::placeholder { color: transparent !important }',
  };

  it.each(Object.entries(styles))('%s > still usable', async (_name, css) => {
    const page = await stage.open({ head: `<style>${css}</style>` });
    await worksThroughout(page);
    await widgetOf(page).open();
    expect(
      await page.locator('nape-chat .panel').evaluate((panel) => {
        const { color, fontSize, letterSpacing, textTransform, visibility } = getComputedStyle(panel);
        return { color, fontSize, letterSpacing, textTransform, visibility };
      }),
    ).toEqual({
      color: 'rgb(32, 48, 46)',
      fontSize: '16px',
      letterSpacing: 'normal',
      textTransform: 'none',
      visibility: 'visible',
    });
    expect((await widgetOf(page).panel.boundingBox())?.width).toBe(400);
  });
});

describe('patched prototypes', () => {
  it('what old libraries do before the widget loads > still works', async () => {
    const page = await stage.open({
      head: `<script>
        // As Prototype.js and MooTools did.
        Array.prototype.toJSON = function () { return '[' + this.join() + ']' };
        String.prototype.toJSON = Object.prototype.toJSON = function () { return 'wrong' };
        Object.prototype.inherited = function () {};
        Array.prototype.each = Array.prototype.extend = function () {};
        Element.prototype.append = Element.prototype.remove = Element.prototype.prepend = Element.prototype.empty = Element.prototype.hide =
          function () { throw new Error('of the page') };
        Element.prototype.replaceChildren = Element.prototype.closestParent = function () { throw new Error('of the page') };
        Function.prototype.bind = function (self) { const made = this; return function () { return made.apply(self, arguments) } };
        Array.from = (list) => [].slice.call(list);
        window.$ = window.$$ = () => null;
        NodeList.prototype.forEach = undefined;
        Number.prototype.toPaddedString = () => '';
      </script>`,
    });
    await worksThroughout(page);
    expect(page.faults).toEqual([]);
  });

  it('what a page takes away after the widget loads > still works', async () => {
    const page = await stage.open();
    await widgetOf(page).launcher.waitFor();
    await page.evaluate(() => {
      const broken = () => {
        throw new Error('of the page');
      };
      window.fetch = broken;
      JSON.stringify = broken;
      for (const name of [
        'append',
        'remove',
        'prepend',
        'replaceChildren',
        'insertAdjacentHTML',
        'toggleAttribute',
      ] as const) {
        Object.assign(Element.prototype, { [name]: broken });
      }
      Object.assign(Array.prototype, { toJSON: broken });
      Object.assign(String.prototype, { anchor: broken, trimStart: broken });
      Object.assign(window, { XMLHttpRequest: broken, EventSource: broken });
    });
    await worksThroughout(page);
    expect(page.faults).toEqual([]);
  });
});

describe('put in and taken out', () => {
  it('100 times, also open and in the middle of an answer > no listener, timer, request or node is left', async () => {
    const page = await stage.open({
      head: `<script>
        const { setTimeout: set, clearTimeout: clear, setInterval: every } = window;
        window.timers = new Set();
        window.setTimeout = (work, ms) => { const id = set(() => { timers.delete(id); work() }, ms); timers.add(id); return id };
        window.clearTimeout = (id) => { timers.delete(id); clear(id) };
        window.setInterval = (work, ms) => { timers.add('interval'); return every(work, ms) };
      </script>`,
    });
    const widget = widgetOf(page);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const count = async () => {
      for (let times = 0; times < 3; times += 1) await session.send('HeapProfiler.collectGarbage');
      const { metrics } = await session.send('Performance.getMetrics');
      const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
      return { nodes: of('Nodes'), listeners: of('JSEventListeners') };
    };
    const cycle = (times: number) =>
      page.evaluate(async (rounds) => {
        const parent = document.querySelector('nape-chat')?.parentElement as HTMLElement;
        const pause = (ms: number) => new Promise((resolve) => requestIdleCallback(resolve, { timeout: ms }));
        for (let round = 0; round < rounds; round += 1) {
          document.querySelector('nape-chat')?.remove();
          const made = document.createElement('nape-chat') as HTMLElement & { open(): void; ask(text: string): void };
          parent.append(made);
          if (round % 3 === 1) made.open();
          if (round % 3 === 2) made.ask('slow');
          await pause(20);
          if (round % 10 === 9) await new Promise((resolve) => requestAnimationFrame(resolve));
          // The same one again, as a framework does when it moves things.
          made.remove();
          parent.append(made);
          sessionStorage.clear();
        }
        document.querySelector('nape-chat')?.remove();
        parent.append(document.createElement('nape-chat'));
        sessionStorage.clear();
      }, times);
    await widget.launcher.waitFor();
    await cycle(6);
    await page.waitForTimeout(1_300);
    const before = await count();
    await cycle(100);
    await page.waitForTimeout(1_300);
    const after = await count();
    expect(after.listeners).toBeLessThanOrEqual(before.listeners);
    expect(after.nodes).toBeLessThanOrEqual(before.nodes + 5);
    expect(await page.evaluate(() => (window as unknown as { timers: Set<unknown> }).timers.size)).toBe(0);
    await worksThroughout(page);
    expect(page.faults).toEqual([]);
  });
});
