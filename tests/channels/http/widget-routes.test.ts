import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildWidget } from '../../../scripts/build-widget/build-widget.ts';
import { writeWidget } from '../../../scripts/build-widget/write-widget.ts';
import { readWidgetFiles, widgetSnippet } from '../../../src/channels/http/widget-files.ts';
import { createWidgetSettings } from '../../../src/conversation/widget-settings.ts';
import { startServer } from './running-server.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nape-widget-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function startWithWidget() {
  const folder = temporaryFolder();
  const built = await buildWidget();
  await writeWidget(built, folder);
  const files = readWidgetFiles(folder);
  const settings = createWidgetSettings({
    contacts: { emergencyNumber: '112' },
    suggestions: () => ['What is shiatsu?'],
    articleLanguage: () => 'en',
  });
  const allowedOrigins = ['https://spa.example'];
  const { url } = await startServer({ widget: { files, settings }, allowedOrigins });
  return { url, files, folder, ...built };
}

describe('GET /widget.js', () => {
  it('the script of this build > for a short time, with a tag that saves the bytes the next time', async () => {
    const { url, script } = await startWithWidget();
    const first = await fetch(`${url}/widget.js`);
    expect(await first.text()).toBe(script.text);
    expect(first.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(first.headers.get('cache-control')).toContain('max-age=300');
    const again = await fetch(`${url}/widget.js`, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it.each(['gzip', 'br'])('a client that reads %s > gets it so', async (encoding) => {
    const { url, script } = await startWithWidget();
    const response = await fetch(`${url}/widget.js`, {
      headers: { 'accept-encoding': `identity;q=0, ${encoding};q=0.8` },
    });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('vary')).toContain('Accept-Encoding');
    expect(await response.text()).toBe(script.text);
  });

  it('an allowed site > may load it, another may not, and a cache keeps the two apart', async () => {
    const { url } = await startWithWidget();
    const from = (origin: string) => fetch(`${url}/widget.js`, { headers: { origin } });
    const allowed = await from('https://spa.example');
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://spa.example');
    expect(allowed.headers.get('vary')).toContain('Origin');
    expect((await from('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('before the first build > a 404', async () => {
    const settings = createWidgetSettings({ contacts: {}, suggestions: () => [], articleLanguage: () => 'en' });
    const { url } = await startServer({ widget: { files: readWidgetFiles(temporaryFolder()), settings } });
    expect((await fetch(`${url}/widget.js`)).status).toBe(404);
  });
});

describe('GET /widget-*', () => {
  it('the script by its digest > for ever, and the same bytes as the snippet pins', async () => {
    const { url, script, files } = await startWithWidget();
    const snippet = widgetSnippet(files, url) ?? '';
    const [, address = '', integrity = ''] = snippet.match(/src="([^"]+)" integrity="([^"]+)"/) ?? [];
    const response = await fetch(address);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.toString()).toBe(script.text);
    expect(`sha384-${createHash('sha384').update(bytes).digest('base64')}`).toBe(integrity);
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(snippet).toContain('crossorigin="anonymous"');
  });

  it('the style > is served under the name and the digest that the script asks for', async () => {
    const { url, script, style } = await startWithWidget();
    const response = await fetch(`${url}/${style.name}`);
    expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(script.text).toContain(
      `sha384-${createHash('sha384')
        .update(await response.text())
        .digest('base64')}`,
    );
  });

  it('an earlier build > stays while its file is there', async () => {
    const { folder } = await startWithWidget();
    writeFileSync(join(folder, 'widget-0123456789abcdef.js'), '// earlier');
    expect(readWidgetFiles(folder).versioned('/widget-0123456789abcdef.js')).toBeDefined();
  });

  it.each([
    '/widget-',
    '/widget-0000000000000000.js',
    '/widget-../../package.json',
    '/widget-%2e%2e%2fcurrent',
    '/widget-current',
  ])('%s > a 404', async (path) => {
    const { url } = await startWithWidget();
    expect((await fetch(url + path)).status).toBe(404);
  });
});

describe('GET /api/widget', () => {
  it('a language > its words, the disclosure and the links of the configuration', async () => {
    const { url } = await startWithWidget();
    const response = await fetch(`${url}/api/widget?lang=de`);
    expect(response.headers.get('cache-control')).toContain('max-age');
    expect(await response.json()).toMatchObject({
      language: 'de',
      articleLanguage: 'en',
      words: { stop: 'Anhalten' },
      disclosure: expect.stringContaining('automatischer Assistent'),
      suggestions: ['What is shiatsu?'],
      contacts: [{ text: '112', href: 'tel:112' }],
    });
  });

  it.each(['', '?lang=', '?lang=a&lang=b', '?lang[x]=1', '?lang=%ff'])('%s > English', async (query) => {
    const { url } = await startWithWidget();
    expect(await (await fetch(`${url}/api/widget${query}`)).json()).toMatchObject({ language: 'en' });
  });
});
