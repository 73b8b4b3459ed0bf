import { describe, expect, it } from 'vitest';
import { cli, scriptedApp, startCli } from './cli-run.ts';

describe('nape discord', () => {
  it('start and signal > says who it is and how to add it, then lets the answers finish', async () => {
    let stopped = 0;
    const joined = await scriptedApp().discord.join();
    const join = async () => ({ ...joined, stop: async () => void stopped++ });
    const run = startCli(['discord'], { app: { discord: { ...scriptedApp().discord, join } } });
    await run.until('Add it to a server: https://discord.com/oauth2/authorize?client_id=1\n');
    expect(run.out()).toContain('Nape is on Discord, on 2 servers.');
    expect(stopped).toBe(0);
    run.signal();
    expect(await run.code).toBe(0);
    expect(stopped).toBe(1);
  });

  it('a connection that is lost for good > one line, and exit code 1', async () => {
    const joined = await scriptedApp().discord.join();
    const join = async () => ({ ...joined, lost: Promise.resolve('Discord refuses DISCORD_TOKEN.') });
    const { code, errors } = await cli(['discord'], { app: { discord: { ...scriptedApp().discord, join } } });
    expect({ code, errors }).toEqual({ code: 1, errors: 'nape: Discord refuses DISCORD_TOKEN.\n' });
  });

  it('register > says what was sent, and gives the link', async () => {
    const { code, out } = await cli(['discord', 'register', '123456789012345678']);
    expect(code).toBe(0);
    expect(out).toBe(
      'created: ask, faq\nremoved: old\nunchanged: help\nAdd the bot to a server: https://discord.com/oauth2/authorize?client_id=1\n',
    );
  });

  it('preview > prints the page', async () => {
    const { code, out } = await cli(['discord', 'preview', 'What', 'is', 'shiatsu?']);
    expect({ code, out }).toEqual({ code: 0, out: '<!doctype html><title>What is shiatsu?</title>' });
  });

  it.each([
    [['discord', 'register', 'calm-spa'], 'calm-spa is not a server id, which is a number of about 19 digits.'],
    [['discord', 'join'], 'Expected nape discord, nape discord register or nape discord preview "…".'],
    [['discord', 'preview'], 'The question is empty.'],
  ])('%j > wrong use', async (line, words) => {
    const { code, errors } = await cli(line);
    expect(code).toBe(2);
    expect(errors).toContain(words);
  });
});
