import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';

describe('readConfig', () => {
  it('nothing set > the defaults, folders below the root', () => {
    expect(readConfig({}, '/srv/nape')).toMatchObject({
      knowledgeDir: '/srv/nape/knowledge',
      dataDir: '/srv/nape/data',
      host: '127.0.0.1',
      port: 3000,
      deadlineMs: 12_000,
      logLevel: 'info',
      embedder: { kind: 'offline' },
    });
  });

  it('an empty or blank value > counts as unset', () => {
    expect(readConfig({ PORT: '', HOST: '  ', OPENAI_BASE_URL: '' }, '/')).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
    });
  });

  it('several mistakes > one message that lists each with its value', () => {
    const wrong = { PORT: 'eighty', NAPE_DEADLINE_MS: '5', LOG_LEVEL: 'loud', OPENAI_BASE_URL: 'ftp://models' };
    expect(() => readConfig(wrong, '/')).toThrow(
      /PORT=eighty is not a whole number[\s\S]*NAPE_DEADLINE_MS=5 is not between[\s\S]*|LOG_LEVEL=loud is not one of/u,
    );
    for (const [name, value] of Object.entries(wrong)) expect(() => readConfig(wrong, '/')).toThrow(`${name}=${value}`);
  });

  it('a remote embedder without a key or an address > says what is missing', () => {
    expect(() => readConfig({ NAPE_EMBEDDER: 'openai' }, '/')).toThrow(/OPENAI_API_KEY/u);
    expect(readConfig({ NAPE_EMBEDDER: 'openai', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' }, '/').embedder).toEqual({
      kind: 'openai',
      model: 'text-embedding-3-small',
      dimension: undefined,
    });
  });

  it('a mistake beside a key > the key is not in the message', () => {
    const secret = 'sk-never-shown';
    try {
      readConfig({ OPENAI_API_KEY: secret, PORT: 'x' }, '/');
      expect.unreachable();
    } catch (thrown) {
      expect(String(thrown)).not.toContain(secret);
    }
  });
});
