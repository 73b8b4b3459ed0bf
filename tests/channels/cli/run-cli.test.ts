import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { commandNames } from '../../../src/channels/cli/commands.ts';
import { NapeError } from '../../../src/errors.ts';
import { cli, scriptedApp, startCli } from './cli-run.ts';

const neverOpened = {
  openApp: async () => {
    throw new Error('opened');
  },
};

describe('runCli > without the application', () => {
  it.each([[['--help']], [['-h']], [['help']]])('%j > the general help', async (line) => {
    const { code, out, errors } = await cli(line, neverOpened);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    for (const name of commandNames) expect(out).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
  });

  it.each(commandNames.map((name) => [name]))('%s --help > its own help', async (name) => {
    const { code, out } = await cli([name, '--help'], neverOpened);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^Usage: nape ${name}\\b`));
    expect((await cli(['help', name], neverOpened)).out).toBe(out);
  });

  it('help texts > fit 120 columns', async () => {
    const lines = [['--help'], ...commandNames.map((name) => [name, '--help'])];
    const texts = await Promise.all(lines.map((line) => cli(line, neverOpened)));
    const longest = Math.max(...texts.flatMap(({ out }) => out.split('\n').map((text) => text.length)));
    expect(longest).toBeLessThanOrEqual(120);
  });

  it.each([[['--version']], [['-V']], [['ask', '--version']]])('%j > the version', async (line) => {
    expect(await cli(line, neverOpened)).toMatchObject({ code: 0, out: '1.2.3\n' });
  });

  it.each([
    [[], 'No command given. Try nape ask "What is shiatsu?", or see nape --help.'],
    [['aks'], 'Unknown command "aks". Did you mean ask? See nape --help.'],
    [['indx'], 'Unknown command "indx". Did you mean index? See nape --help.'],
    [['doc'], 'Unknown command "doc". Did you mean doctor? See nape --help.'],
    [['discrod'], 'Unknown command "discrod". Did you mean discord? See nape --help.'],
    [['help', 'srve'], 'Unknown command "srve". Did you mean serve? See nape --help.'],
    [['What is shiatsu?'], 'Unknown command "What is shiatsu?". To ask it as a question: nape ask "…".'],
    [['a\x1b[2Jb'], 'Unknown command "ab". See nape --help.'],
    [['chat', 'now'], 'Unexpected "now". See nape chat --help.'],
    [['chat', '--json'], 'Unknown option "--json". See nape chat --help.'],
    [['index', '--wach'], 'Unknown option "--wach". Did you mean --watch? See nape index --help.'],
    [['--wat'], 'Unknown option "--wat". See nape --help.'],
    [['index', '--watch=no'], '--watch takes no value.'],
    [
      ['ask', '-5 degrees'],
      'Unknown option "-5". See nape ask --help. Put -- before a question that starts with a dash.',
    ],
  ])('%j > wrong use in one line', async (line, words) => {
    expect(await cli(line, neverOpened)).toMatchObject({ code: 2, out: '', errors: `nape: ${words}\n` });
  });
});

describe('runCli > failures', () => {
  it('NapeError while opening > its words', async () => {
    const openApp = async () => {
      throw new NapeError('config-invalid', 'PORT=x is not a whole number.');
    };
    const { code, errors, logged } = await cli(['chat'], { openApp });
    expect({ code, errors, logged }).toEqual({ code: 1, errors: 'nape: PORT=x is not a whole number.\n', logged: [] });
  });

  it('any other error > words for the reader and the error itself for the log', async () => {
    const defect = new TypeError('undefined is not a function');
    const { code, errors, logged } = await cli(['index'], {
      app: {
        index: async () => {
          throw defect;
        },
      },
    });
    expect(code).toBe(1);
    expect(errors).toContain('undefined is not a function');
    expect(logged).toEqual([defect]);
  });

  it('command that fails > the application is closed all the same', async () => {
    let closed = 0;
    await cli(['doctor'], {
      app: {
        doctor: () => Promise.reject(new Error('no')),
        close: async () => void closed++,
      },
    });
    expect(closed).toBe(1);
  });

  it('evaluation > exit code says whether the targets are met', async () => {
    const run = (met: boolean) =>
      cli(['eval'], {
        app: {
          evaluate: async (write) => {
            write('recall 0.9\n');
            return met;
          },
        },
      });
    expect(await run(true)).toMatchObject({ code: 0, out: 'recall 0.9\n', errors: '' });
    expect(await run(false)).toMatchObject({ code: 1, out: 'recall 0.9\n' });
  });
});

describe('runCli > endings from outside', () => {
  it('signal while the application opens > ends', async () => {
    const run = startCli(['doctor'], {
      openApp: async () => {
        await null;
        run.signal();
        return new Promise(() => {});
      },
    });
    expect(await run.code).toBe(1);
    expect(run.errors()).toBe('nape: Stopped before anything was done.\n');
  });

  it('second signal > ends at once', async () => {
    const run = startCli(['serve'], {
      app: { serve: async () => ({ url: 'http://127.0.0.1:1', stop: () => new Promise(() => {}) }) },
    });
    await run.until('generation');
    run.signal();
    await run.until('Stopping');
    run.signal();
    expect(await run.code).toBe(1);
  });

  it('stop that takes longer than the grace > cut off, in words', async () => {
    const run = startCli(['serve'], {
      graceMs: 20,
      app: { serve: async () => ({ url: 'http://127.0.0.1:1', stop: () => new Promise(() => {}) }) },
    });
    await run.until('generation');
    run.signal();
    expect(await run.code).toBe(1);
    expect(run.errors()).toContain('Not everything ended within 0.02 s');
  });

  it('end > no signal listener is left', async () => {
    const run = startCli(['doctor']);
    await run.code;
    expect(run.listeners.size).toBe(0);
  });

  it('reader that goes away (EPIPE) > ends quietly with 0 and closes the application', async () => {
    let closed = 0;
    const stdout = brokenStream('EPIPE');
    const { code, errors } = await cli(['ask', 'stress'], { stdout, app: { close: async () => void closed++ } });
    expect({ code, errors, closed }).toEqual({ code: 0, errors: '', closed: 1 });
  });

  it('reader that goes away during a long command > stops it', async () => {
    const { code, errors } = await cli(['index', '--watch'], {
      stdout: brokenStream('EPIPE'),
      app: {
        watch: (_onReport, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
      },
    });
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
  });

  it('full disk behind standard output > a failure in words', async () => {
    const { code, errors } = await cli(['ask', 'stress'], { stdout: brokenStream('ENOSPC') });
    expect(code).toBe(1);
    expect(errors).toMatch(/^nape: Standard output cannot be written: .*ENOSPC/);
  });
});

describe('runCli > which command opens the application', () => {
  it.each(commandNames.filter((name) => !['serve', 'discord'].includes(name)).map((name) => [name]))(
    '%s > says its name',
    async (name) => {
      const opened: string[] = [];
      await cli([name], {
        input: 'stress\n',
        openApp: async (command) => {
          opened.push(command);
          return scriptedApp();
        },
      });
      expect(opened).toEqual([name]);
    },
  );
});

/** A stream that fails as process.stdout does: it reports the error and goes on existing. */
function brokenStream(code: string): Writable {
  return new Writable({
    autoDestroy: false,
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error(`write ${code}`), { code }));
    },
  });
}
