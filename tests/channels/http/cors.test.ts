import { describe, expect, it } from 'vitest';
import { createCrossOrigin, isShared } from '../../../src/channels/http/cors.ts';
import { readWidgetFiles } from '../../../src/channels/http/widget-files.ts';
import { createWidgetSettings } from '../../../src/conversation/widget-settings.ts';
import { startServer } from './running-server.ts';

const allowed = ['https://spa.example', 'http://localhost:8080', 'https://xn--bder-moa.example:8443'];

/** Spellings that are near an allowed origin, or that lax comparisons let through. */
function variants(): readonly string[] {
  const spellings = allowed.flatMap((origin) => {
    const { protocol, host, hostname } = new URL(origin);
    const other = protocol === 'https:' ? 'http:' : 'https:';
    const glued = [
      '.evil.example',
      'evil.example',
      '-evil.example',
      '@evil.example',
      ':1@evil.example',
      '%00.evil.example',
    ];
    const before = [
      'evil',
      'evil.',
      'evil-',
      'a.',
      'www.',
      '.',
      'evil.example/',
      'evil.example?',
      'evil.example#',
      'x@',
      '//',
    ];
    const ports = ['0', '1', '22', '80', '81', '443', '444', '3000', '8000', '8081', '8443', '65535', '65536', ''];
    const endings = ['/', '/path', '?', '?q', '#', '#f', '.', ' ', '\t', ',', ';', '\\', '/..', '%2f', '*', '\u00a0'];
    return [
      `${other}//${host}`,
      `ftp://${host}`,
      `file://${host}`,
      `javascript://${host}`,
      `data://${host}`,
      `//${host}`,
      host,
      hostname,
      `${protocol}${host}`,
      `${protocol}/${host}`,
      `${protocol}///${host}`,
      `${protocol}\\\\${host}`,
      origin.toUpperCase(),
      `${protocol}//${host.toUpperCase()}`,
      `${protocol.toUpperCase()}//${host}`,
      origin.slice(0, -1),
      origin.slice(1),
      `"${origin}"`,
      `<${origin}>`,
      ` ${origin}`,
      `${origin}${origin}`,
      `${origin} ${origin}`,
      `${origin},${origin}`,
      `${origin}, https://evil.example`,
      `https://evil.example, ${origin}`,
      `https://evil.example ${origin}`,
      origin.replace('.', '%2e'),
      origin.replace('.', '。'),
      origin.replace('.', '..'),
      origin.replaceAll('a', 'а'),
      origin.replaceAll('e', 'é'),
      origin.replace('e', '%65'),
      ...glued.map((ending) => `${origin}${ending}`),
      ...before.map((start) => `${protocol}//${start}${host}`),
      ...ports.map((port) => `${protocol}//${hostname}:${port}`),
      ...endings.map((ending) => `${origin}${ending}`),
      ...[...host].map((_, at) => `${protocol}//${host.slice(0, at)}${host.slice(at + 1)}`),
      ...[...host].map((_, at) => `${protocol}//${host.slice(0, at)}x${host.slice(at + 1)}`),
      ...[...host].map((_, at) => `${protocol}//${host.slice(0, at)}x${host.slice(at)}`),
      ...[...host].map((letter, at) => `${protocol}//${host.slice(0, at)}${letter}${host.slice(at)}`),
      ...[...host].map((_, at) => `${protocol}//${host.slice(0, at)}.${host.slice(at)}`),
      ...[...host].map((_, at) => `${protocol}//${host.slice(0, at)}@${host.slice(at)}`),
    ];
  });
  const odd = [
    'null',
    'Null',
    'NULL',
    '*',
    '',
    'undefined',
    'about:blank',
    'https://',
    '://',
    'https://*',
    'https://*.example',
  ];
  return [...new Set([...spellings, ...odd])].filter((origin) => !allowed.includes(origin));
}

describe('createCrossOrigin', () => {
  it('500 and more origins that are near an allowed one > none is let in, and every answer varies by origin', () => {
    const crossOrigin = createCrossOrigin([...allowed, 'null', '*']);
    const tried = variants();
    expect(tried.length).toBeGreaterThanOrEqual(500);
    for (const method of ['GET', 'OPTIONS']) {
      for (const origin of tried)
        expect(crossOrigin.headersFor(method, origin, ['GET']), origin).toEqual({ vary: 'Origin' });
    }
  });

  it.each(allowed)('%s > is let in by its own name, without credentials', (origin) => {
    const headers = createCrossOrigin(allowed).headersFor('POST', origin);
    expect(headers).toMatchObject({ 'access-control-allow-origin': origin, vary: 'Origin' });
    expect(Object.keys(headers)).not.toContain('access-control-allow-credentials');
  });
});

describe('isShared', () => {
  it.each([
    ['/api/ask', true],
    ['/api/widget?lang=de', true],
    ['/widget.js', true],
    ['/widget-0123456789abcdef.js', true],
    ['/', false],
    ['/faq', false],
    ['/metrics', false],
    ['/healthz', false],
  ])('%s > %s', (path, shared) => {
    expect(isShared(path)).toBe(shared);
  });
});

describe('the server', () => {
  const origin = 'https://spa.example';

  it('a preflight of an allowed site > 204 with the methods of that address and the headers that the widget sends', async () => {
    const { url } = await startServer({ allowedOrigins: allowed });
    const response = await fetch(`${url}/api/ask`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': expect.stringContaining('POST'),
      'access-control-allow-headers': expect.stringContaining('idempotency-key'),
      vary: 'Origin',
    });
  });

  it.each([
    ['/api/conversations/c-1', 'DELETE'],
    ['/api/turns/t-1/stop', 'POST'],
    ['/api/turns/t-1/events', 'GET'],
    ['/api/feedback', 'POST'],
    ['/api/widget', 'GET'],
  ])('a preflight for %s > allows %s', async (path, method) => {
    const { url } = await startServer({
      allowedOrigins: allowed,
      widget: {
        files: readWidgetFiles('none'),
        settings: createWidgetSettings({ contacts: {}, suggestions: () => [], articleLanguage: () => 'en' }),
      },
    });
    const response = await fetch(url + path, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': method },
    });
    expect(response.headers.get('access-control-allow-methods')?.split(', ')).toContain(method);
  });

  it.each(['application/json', 'text/event-stream'])(
    'an answer as %s > can be read by the allowed site only',
    async (accept) => {
      const { ask } = await startServer({ allowedOrigins: allowed });
      const permission = async (from: string) => {
        const response = await ask({ question: 'What is shiatsu?' }, { accept, origin: from });
        await response.text();
        expect(response.headers.get('vary')).toContain('Origin');
        return response.headers.get('access-control-allow-origin');
      };
      expect(await permission(origin)).toBe(origin);
      expect(await permission('https://evil.example')).toBeNull();
      expect(await permission('null')).toBeNull();
    },
  );

  it('an error > can be read by the allowed site too, so that it can show the words', async () => {
    const { ask } = await startServer({ allowedOrigins: allowed });
    const response = await ask({ question: '' }, { origin });
    expect(response.status).toBe(400);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
  });

  it('no origins configured > no site is let in', async () => {
    const { ask } = await startServer();
    const response = await ask({ question: 'What is shiatsu?' }, { origin });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('every response of the API > cannot be framed', async () => {
    const { url } = await startServer();
    const response = await fetch(`${url}/api/passages/none`);
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});
