import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { faqEntry } from '../../conversation/faq-entry.ts';
import { startServer } from './running-server.ts';

const entries = [
  faqEntry(),
  faqEntry({
    id: 'what-is-thai-massage',
    question: 'What is Thai massage?',
    variants: ['massage on a mat'],
    group: 'Others',
  }),
];
const content = { entries, titles: ['Massage'], language: 'en' };
const serve = (changes: Partial<typeof content> = {}) => startServer({ faq: () => ({ ...content, ...changes }) });

async function pageOf(url: string, path = '/faq', headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${url}${path}`, { headers });
  return { response, html: await response.text() };
}

/** Questions that a reader of the page sees. */
function shown(html: string): readonly string[] {
  return [...html.matchAll(/<article class="entry" id="([^"]*)" data-words="[^"]*"(.*?)>/gu)].flatMap((match) =>
    match[2]?.includes('hidden') ? [] : [match[1] ?? ''],
  );
}

function jsonLd(html: string): unknown {
  return JSON.parse(html.match(/<script type="application\/ld\+json">(.*?)<\/script>/su)?.[1] ?? 'null');
}

describe('GET /faq', () => {
  it('all questions > with title, description, canonical address and structured data', async () => {
    const { url } = await serve();
    const { response, html } = await pageOf(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(shown(html)).toEqual(['what-is-shiatsu', 'what-is-thai-massage']);
    expect(html).toContain('<title>Massage: questions and answers</title>');
    expect(html).toContain('content="2 questions about Massage, answered from the article. Every answer');
    expect(html).toContain(`<link rel="canonical" href="${url}/faq" />`);
    expect(html).toContain('<a href="#group-2">Others</a>');
    expect(html).toContain('<nape-chat></nape-chat>');
    expect(jsonLd(html)).toMatchObject({ '@type': 'FAQPage', url: `${url}/faq`, mainEntity: [{}, {}] });
  });

  it('a query > shows what has its words, puts the rest away and is not for search engines', async () => {
    const { url } = await serve();
    const { html } = await pageOf(url, '/faq?q=MAT');
    expect(shown(html)).toEqual(['what-is-thai-massage']);
    expect(html).toContain('One question has these words.');
    expect(html).toContain('value="MAT"');
    expect(html).toContain('<meta name="robots" content="noindex" />');
    expect(html).toMatch(/<li hidden><a href="#group-1">/u);
    expect((await pageOf(url, '/faq?q=zzz')).html).toContain('No question here has all of these words.');
    expect(shown((await pageOf(url, '/faq?q=')).html)).toHaveLength(2);
  });

  it('odd queries > are read as text or not at all', async () => {
    const { url } = await serve();
    for (const query of [
      '?q=a&q=b',
      '?q[]=a',
      '?q=%00',
      `?q=${'x'.repeat(5_000)}`,
      '?q=%F0%9F%98%80',
      '?other=1',
      '?q=%E0%A4%A',
    ]) {
      const { response, html } = await pageOf(url, `/faq${query}`);
      expect([200, 400], query).toContain(response.status);
      if (response.status === 200) expect(html.match(/<script/gu)).toHaveLength(3);
    }
  });

  it('a query or an owner that writes markup > makes none', async () => {
    const attack = '"><script>alert(1)</script>{{sections}}$&</script>';
    const entry = faqEntry({ question: attack, variants: [attack], group: attack, text: attack });
    const { url } = await serve({ entries: [entry], titles: [attack] });
    const { html } = await pageOf(url, `/faq?q=${encodeURIComponent(attack)}`);
    expect(html).not.toContain('<script>');
    expect(html.match(/<script/gu)).toHaveLength(3);
    expect(html.match(/<\/script>/gu)).toHaveLength(3);
    expect(html.match(/class="entry"/gu)).toHaveLength(1);
    expect(jsonLd(html)).toMatchObject({ mainEntity: [{ name: attack, acceptedAnswer: { text: attack } }] });
  });

  it('headers > let the page load and ask its own origin only', async () => {
    const { url } = await serve();
    const { response } = await pageOf(url);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('the page and its files > hold no inline script or style that the policy would stop', async () => {
    const { url } = await serve();
    const { html } = await pageOf(url);
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(?:src=|application\/ld\+json))/u);
    for (const [, path = ''] of html.matchAll(/(?:src|href)="(\/[^"#]*\.(?:css|js|svg))"/gu)) {
      if (path === '/widget.js') continue;
      expect((await fetch(url + path)).status, path).toBe(200);
    }
  });

  it('an unchanged page > is a 304 without a body, a changed one is sent again', async () => {
    let current = entries;
    const { url } = await startServer({ faq: () => ({ ...content, entries: current }) });
    for (const path of ['/faq', '/api/faq', '/faq.css', '/faq.js']) {
      const first = await fetch(url + path);
      await first.arrayBuffer();
      const tag = first.headers.get('etag') ?? '';
      expect(first.headers.get('cache-control'), path).toBe('no-cache');
      const again = await fetch(url + path, { headers: { 'if-none-match': `"other", ${tag}` } });
      expect(again.status, path).toBe(304);
      expect((await again.arrayBuffer()).byteLength).toBe(0);
    }
    const tag = (await fetch(`${url}/faq`)).headers.get('etag') ?? '';
    current = entries.slice(0, 1);
    expect((await fetch(`${url}/faq`, { headers: { 'if-none-match': tag } })).status).toBe(200);
  });

  it('clients that read gzip > get it, others get text', async () => {
    const { url } = await serve();
    const gzip = await pageOf(url, '/faq', { 'accept-encoding': 'br;q=0, gzip;q=0.5' });
    expect(gzip.response.headers.get('content-encoding')).toBe('gzip');
    for (const accepted of ['identity', 'gzip;q=0', 'br']) {
      const plain = await pageOf(url, '/faq', { 'accept-encoding': accepted });
      expect(plain.response.headers.get('content-encoding'), accepted).toBeNull();
      expect(plain.html).toBe(gzip.html);
    }
    expect(gzip.response.headers.get('vary')?.toLowerCase()).toContain('accept-encoding');
  });

  it('a Host that is none > leaves the canonical address out', async () => {
    const { raw } = await serve();
    const reply = await raw('GET /faq HTTP/1.1\r\nHost: evil"><script>\r\nConnection: close\r\n\r\n');
    expect(reply).not.toContain('evil');
    expect(reply).not.toContain('rel="canonical"');
  });

  it('no FAQ > a page that says so', async () => {
    const { url } = await serve({ entries: [], titles: [] });
    const { response, html } = await pageOf(url);
    expect(response.status).toBe(200);
    expect(html).toContain('There are no questions here yet.');
    expect(await (await fetch(`${url}/api/faq`)).json()).toEqual({ entries: [] });
  });

  it('an article in another language > is marked as such', async () => {
    const { url } = await serve({ language: 'de' });
    expect((await pageOf(url)).html).toContain('<div lang="de">');
  });
});

describe('GET /api/faq', () => {
  it('entries > with their sentences and passages, without the ways in which people ask', async () => {
    const { url } = await serve();
    const response = await fetch(`${url}/api/faq`);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const { variants, ...first } = faqEntry();
    const text = await response.text();
    expect(text).not.toContain(variants[0]);
    expect(JSON.parse(text)).toMatchObject({ entries: [first, {}] });
  });

  it('other methods > 405 with what is allowed', async () => {
    const { url } = await serve();
    const response = await fetch(`${url}/api/faq`, { method: 'POST' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toContain('GET');
  });
});

describe('the page’s own script', () => {
  it('it > assigns no HTML and asks no other origin', async () => {
    const script = await readFile(
      fileURLToPath(new URL('../../../src/channels/http/page/faq.js', import.meta.url)),
      'utf8',
    );
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|https?:/u);
  });
});
