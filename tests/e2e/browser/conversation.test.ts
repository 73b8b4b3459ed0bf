import { describe, expect, it } from 'vitest';
import { answered, told } from './scripts.ts';
import { useStage } from './stage.ts';
import { widgetOf } from './widget-page.ts';

const stage = useStage();
const lines = () => stage.api.requests.map(({ line }) => line.replace(/widget-[0-9a-f]+/, 'widget-…'));
const texts = answered.sentences.map(({ text }) => text);
/** Round once the panel's own style is there. */
const sendCorners = ({ panel }: ReturnType<typeof widgetOf>) =>
  panel.evaluate((node) => getComputedStyle(node.querySelector('.send') as Element).borderRadius);

describe('opening', () => {
  it('before it > nothing but the script is loaded and nothing is stored; the disclosure comes first', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.launcher.waitFor();
    await page.waitForLoadState('networkidle');
    expect(lines()).toEqual(['GET /widget.js']);
    await widget.open();
    expect(lines().sort()).toEqual(['GET /api/widget', 'GET /widget-….css', 'GET /widget.js']);
    expect(await page.evaluate(() => [sessionStorage.length, localStorage.length, document.cookie])).toEqual([
      0,
      0,
      '',
    ]);
    expect(await widget.log.locator('p').first().textContent()).toMatch(/^I am an automated assistant/);
    expect(page.faults).toEqual([]);
  });

  it('attributes of the page > are what it says', async () => {
    const attributes = 'title="Stillwater" greeting="Good evening." suggestions="One?|Two?" contact-href="/contact"';
    const page = await stage.open({ attributes });
    const widget = widgetOf(page);
    await widget.open();
    expect(await widget.panel.getAttribute('aria-labelledby')).toBe('title');
    await page.getByRole('heading', { name: 'Stillwater' }).waitFor();
    expect(await widget.log.textContent()).toContain('Good evening.');
    await widget.button('Two?').click();
    await widget.answered();
    expect(await widget.field.evaluate((field) => (field.getRootNode() as ShadowRoot).activeElement === field)).toBe(
      true,
    );
    await widget.ask('price');
    await widget.answered(2);
    expect(await page.getByRole('link', { name: 'Contact us' }).getAttribute('href')).toBe('/contact');
  });

  it('each event > is sent with what happened', async () => {
    const page = await stage.open();
    await page.evaluate(() => {
      const seen: unknown[] = [];
      Object.assign(window, { seen });
      for (const type of ['nape-open', 'nape-answer', 'nape-feedback']) {
        document.addEventListener(type, (event) =>
          seen.push([type, (event as CustomEvent).detail?.outcome ?? (event as CustomEvent).detail?.value]),
        );
      }
      (document.querySelector('nape-chat') as HTMLElement & { ask(text: string): void }).ask('What is shiatsu?');
    });
    const widget = widgetOf(page);
    await widget.answered();
    await widget.button('Helpful').click();
    expect(await page.evaluate(() => (window as unknown as { seen: unknown }).seen)).toEqual([
      ['nape-open', undefined],
      ['nape-answer', 'answered'],
      ['nape-feedback', 'up'],
    ]);
    await page.evaluate(() => (document.querySelector('nape-chat') as HTMLElement & { close(): void }).close());
    await widget.launcher.waitFor();
  });
});

describe('asking', () => {
  it('an answer > arrives sentence by sentence, each once, with marks that open the quoted passage', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('slow');
    await expect.poll(widget.sentences).toHaveLength(1);
    expect(await widget.button('Stop').isVisible()).toBe(true);
    await widget.answered();
    expect(await widget.sentences()).toEqual(texts);
    expect(await widget.marks.count()).toBe(2);
    const passage = page.locator('nape-chat figure').first();
    expect(await passage.isVisible()).toBe(false);
    await widget.marks.first().click();
    expect(await passage.isVisible()).toBe(true);
    expect(await passage.locator('figcaption').textContent()).toBe(
      '1 Neck and Spine Massage › Specialized Approaches › Shiatsu',
    );
    expect((await passage.locator('mark').allTextContents()).join('|')).toBe(`${texts[0]}|${texts[1]}`);
    expect(await widget.marks.first().getAttribute('aria-expanded')).toBe('true');
    await widget.marks.first().click();
    expect(await passage.isVisible()).toBe(false);
    expect(page.faults).toEqual([]);
  });

  it('a redirect > has links for the configured numbers, another look and no thumbs', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('danger');
    await widget.answered();
    expect(await page.getByRole('link', { name: '112' }).getAttribute('href')).toBe('tel:112');
    expect(await page.getByRole('link', { name: '116 123' }).getAttribute('href')).toBe('tel:116123');
    expect(await widget.button('Helpful').count()).toBe(0);
    const background = (part: string) =>
      page
        .locator(`nape-chat ${part}`)
        .first()
        .evaluate((node) => getComputedStyle(node).backgroundColor);
    expect(await background('.redirected')).not.toBe('rgba(0, 0, 0, 0)');
    await widget.ask('price');
    await widget.answered(2);
    expect(await background('.refused')).toBe('rgba(0, 0, 0, 0)');
  });

  it('the second question > goes on in the conversation with its token', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('one');
    await widget.answered();
    await widget.ask('two');
    await widget.answered(2);
    const asked = stage.api.requests.filter(({ line }) => line === 'POST /api/ask').map(({ body }) => JSON.parse(body));
    expect(asked[0]).toEqual({ question: 'one' });
    expect(asked[1]).toMatchObject({
      question: 'two',
      conversationId: expect.stringContaining('conversation-'),
      token: expect.stringContaining('token-of-'),
    });
  });

  it('a thumb and a comment > reach the server', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('one');
    await widget.answered();
    await widget.button('Not helpful').click();
    await page.getByRole('textbox', { name: /Tell us more/ }).fill('Too short.');
    await page.keyboard.press('Enter');
    await expect.poll(() => widget.status.textContent()).toBe('Thank you.');
    expect(await widget.button('Not helpful').getAttribute('aria-pressed')).toBe('true');
    const sent = stage.api.requests
      .filter(({ line }) => line === 'POST /api/feedback')
      .map(({ body }) => JSON.parse(body));
    expect(sent).toEqual([
      { turnId: expect.any(String), value: 'down' },
      { turnId: expect.any(String), value: 'down', comment: 'Too short.' },
    ]);
  });

  it('a thumb that does not reach the server > says so', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('one');
    await widget.answered();
    stage.api.isDown = true;
    await widget.button('Helpful').click();
    await expect.poll(() => widget.status.textContent()).toBe('Not sent. Please try again.');
  });

  it('copy > gives the whole reply with its sources', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('one');
    await widget.answered();
    await widget.button('Copy').click();
    await expect.poll(() => widget.status.textContent()).toBe('Copied.');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(answered.text);
    expect(copied).toContain('[1] Neck and Spine Massage › Specialized Approaches › Shiatsu');
  });

  it('on paper > the transcript is whole, passages are open and buttons are gone', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('one');
    await widget.answered();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nape-chat figure').first().isVisible()).toBe(true);
    expect(await widget.field.isVisible()).toBe(false);
    expect(await widget.button('Copy').isVisible()).toBe(false);
    const clipped = await widget.log.evaluate((log) => log.scrollHeight > log.clientHeight + 1);
    expect(clipped).toBe(false);
  });
});

describe('what goes wrong', () => {
  it('stop > ends the answer here and on the server, and the field is ready', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('slow');
    await expect.poll(widget.sentences).toHaveLength(1);
    await widget.button('Stop').click();
    await page.getByText('Stopped.').waitFor();
    await expect.poll(lines).toContainEqual(expect.stringMatching(/^POST \/api\/turns\/turn-\d+\/stop$/));
    await widget.ask('one');
    await widget.answered();
    expect(await widget.sentences()).toEqual([texts[0], ...texts]);
  });

  it('an error of the server > its words, the question back in the field, and another attempt that works', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    stage.api.refusal = {
      status: 429,
      code: 'too-many-requests',
      message: 'Too many questions. Please wait a little.',
    };
    await widget.ask('one');
    await page.getByText('Too many questions. Please wait a little.').waitFor();
    expect(await widget.field.inputValue()).toBe('one');
    stage.api.refusal = undefined;
    await widget.button('Try again').click();
    await widget.answered();
    expect(await widget.field.inputValue()).toBe('');
    expect(await page.getByText('Too many questions').count()).toBe(0);
    await widget.ask('broken');
    await page.getByText('Something failed. Please try again.').waitFor();
  });

  it('the connection breaks within an answer > it goes on where it was, each sentence once', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    stage.api.breakAfter = 3;
    await widget.ask('slow');
    await widget.answered();
    expect(await widget.sentences()).toEqual(texts);
    const resumed = stage.api.requests.find(({ line }) => line.endsWith('/events'));
    expect(resumed?.headers['last-event-id']).toBe('3');
    expect(lines().filter((line) => line === 'POST /api/ask')).toHaveLength(1);
  });

  it('the server is down > says so, tries again by itself with the same key, and answers when it is back', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    // Once before, so that the browser knows the permission to ask and the attempts are visible.
    await widget.ask('zero');
    await widget.answered();
    stage.api.requests.length = 0;
    stage.api.isDown = true;
    await widget.ask('one');
    await page.getByText('No connection. Your question is kept; trying again…').waitFor();
    await expect.poll(() => lines().filter((line) => line === 'POST /api/ask').length).toBeGreaterThan(1);
    stage.api.isDown = false;
    await widget.answered(2);
    const keys = stage.api.requests
      .filter(({ line }) => line === 'POST /api/ask')
      .map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(1);
  });

  it('the browser is offline > coming online tries at once, and stopping before that keeps the words', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    await page.context().setOffline(true);
    await widget.ask('one');
    await page.getByText('No connection.').waitFor();
    await page.waitForTimeout(1_500);
    const before = Date.now();
    await page.context().setOffline(false);
    await widget.answered();
    expect(Date.now() - before).toBeLessThan(2_000);
    await page.context().setOffline(true);
    await widget.ask('two');
    await page.getByText('No connection.').waitFor();
    await widget.button('Stop').click();
    expect(await widget.field.inputValue()).toBe('two');
  });

  it('opened while the server is down > the shipped words, and all is there once it is back', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.launcher.waitFor();
    stage.api.isDown = true;
    await widget.open();
    expect(await widget.log.textContent()).toContain('I am an automated assistant');
    stage.api.isDown = false;
    await widget.ask('danger');
    await widget.answered();
    expect(await page.getByRole('link', { name: '112' }).count()).toBe(1);
    expect(await sendCorners(widget)).toBe('50%');
  });

  it('opened and asked while the server is down > the style comes with the answer', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.launcher.waitFor();
    stage.api.isDown = true;
    await widget.open();
    await widget.ask('one');
    await page.getByText('No connection.').waitFor();
    stage.api.isDown = false;
    await widget.answered();
    expect(await sendCorners(widget)).toBe('50%');
  });

  it('a conversation that the server has forgotten > the question begins a new one', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('one');
    await widget.answered();
    stage.api.conversations.clear();
    await widget.ask('two');
    await widget.answered(2);
    expect(page.faults).toEqual([]);
  });
});

describe('the next page of the tab', () => {
  it('a conversation > is there again with its passages, open as it was, and goes on', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('one');
    await widget.answered();
    await widget.button('Helpful').click();
    await widget.field.fill('half a que');
    await page.getByRole('link', { name: 'Next page' }).click();
    await widget.answered();
    expect(await widget.sentences()).toEqual(texts);
    expect(await widget.field.inputValue()).toBe('half a que');
    expect(await widget.button('Helpful').getAttribute('aria-pressed')).toBe('true');
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('body');
    await widget.marks.first().click();
    expect(await page.locator('nape-chat figure').first().isVisible()).toBe(true);
    await widget.ask('two');
    await widget.answered(2);
    expect(JSON.parse(stage.api.requests.at(-1)?.body ?? '')).toMatchObject({ token: expect.any(String) });
  });

  it('an answer that is under way > goes on there', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('slow');
    await expect.poll(widget.sentences).toHaveLength(1);
    await page.getByRole('link', { name: 'Next page' }).click();
    await widget.answered();
    expect(await widget.sentences()).toEqual(texts);
    expect(lines().filter((line) => line === 'POST /api/ask')).toHaveLength(1);
  });

  it('an answer that the server has let go of > is asked for anew, in the same conversation', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('one');
    await widget.answered();
    await widget.ask('slow');
    await expect.poll(widget.sentences).toHaveLength(texts.length + 1);
    await page.evaluate(() => dispatchEvent(new Event('pagehide')));
    stage.api.turns.clear();
    await page.getByRole('link', { name: 'Next page' }).click();
    await widget.answered(2);
    const asked = stage.api.requests.filter(({ line }) => line === 'POST /api/ask').map(({ body }) => JSON.parse(body));
    expect(asked).toHaveLength(3);
    expect(asked[2]).toMatchObject({ question: 'slow', conversationId: asked[1].conversationId });
  });

  it('closed before > stays closed', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('one');
    await widget.answered();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Next page' }).click();
    await widget.launcher.waitFor();
    expect(await widget.panel.count()).toBe(0);
    await widget.open();
    expect(await widget.sentences()).toEqual(texts);
  });

  it('another tab > knows nothing of it', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('one');
    await widget.answered();
    const other = await page.context().newPage();
    await other.goto(stage.hostUrl);
    await widgetOf(other).open();
    expect(await widgetOf(other).sentences()).toEqual([]);
  });
});

describe('a page that changes', () => {
  it('another language while it is open > the labels change and the conversation stays', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('one');
    await widget.answered();
    await page.evaluate(() => {
      const chat = document.querySelector('nape-chat');
      chat?.setAttribute('lang', 'de');
      chat?.setAttribute('title', 'Stillwater');
    });
    await page.getByRole('textbox', { name: 'Ihre Frage' }).waitFor();
    await page.getByRole('heading', { name: 'Stillwater' }).waitFor();
    expect(await page.locator('nape-chat .panel').count()).toBe(1);
    expect(await widget.sentences()).toEqual(texts);
    expect(page.faults).toEqual([]);
  });

  it('storage that the browser blocks > everything works, for this page', async () => {
    const page = await stage.open({
      head: `<script>Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('', 'SecurityError') } })</script>`,
    });
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('one');
    await widget.answered();
    await widget.ask('two');
    await widget.answered(2);
    await widget.button('Start over').click();
    await expect.poll(() => widget.status.textContent()).toMatch(/^Erased/);
    expect(page.faults).toEqual([]);
  });
});

describe('starting over', () => {
  it('erases the conversation here and on the server', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('one');
    await widget.answered();
    const { conversationId } = JSON.parse(Object.values(JSON.parse(await widget.stored()))[0] as string);
    expect(stage.api.conversations.has(conversationId)).toBe(true);
    await widget.button('Start over').click();
    await expect.poll(() => widget.status.textContent()).toBe('Erased, here and on the server.');
    expect(stage.api.conversations.has(conversationId)).toBe(false);
    expect(await widget.stored()).toBe('{}');
    expect(await widget.sentences()).toEqual([]);
    await page.getByRole('link', { name: 'Next page' }).click();
    await widget.launcher.waitFor();
    expect(await widget.stored()).toBe('{}');
  });

  it('while the server cannot be reached > says that nothing was erased, and keeps it', async () => {
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('one');
    await widget.answered();
    stage.api.isDown = true;
    await widget.button('Start over').click();
    await expect.poll(() => widget.status.textContent()).toMatch(/^Not erased/);
    expect(await widget.sentences()).toEqual(texts);
    stage.api.isDown = false;
    await widget.button('Start over').click();
    await expect.poll(() => widget.stored()).toBe('{}');
  });

  it('while an answer is under way > it is stopped and erased too', async () => {
    stage.api.script = () => told(answered, 300);
    const page = await stage.open();
    const widget = widgetOf(page);
    await widget.open();
    await widget.ask('slow');
    await expect.poll(widget.sentences).toHaveLength(1);
    await widget.button('Start over').click();
    await expect.poll(() => widget.status.textContent()).toMatch(/^Erased/);
    await page.waitForTimeout(900);
    expect(await widget.sentences()).toEqual([]);
    expect(await widget.stored()).toBe('{}');
    await widget.ask('one');
    await widget.answered();
  });
});
