import { describe, expect, it } from 'vitest';
import type { AnswerEvent, OngoingConversation, Question } from '../../../src/domain.ts';
import { cli, eventsOf, extractive, refusal, startCli } from './cli-run.ts';
import { terminalScreen } from './terminal-screen.ts';

const ctrlC = '\x03';
const ctrlD = '\x04';
const up = '\x1b[A';

/** Refuses everything and remembers what was asked. */
function recording() {
  const asked: { text: string; conversationId: string | undefined }[] = [];
  const gone = new Set<string>();
  let opened = 0;
  return {
    asked,
    /** Conversations that have been idle for too long. */
    gone,
    app: {
      async openConversation(): Promise<OngoingConversation> {
        opened += 1;
        const id = `conversation-${opened}`;
        return { id, history: async () => (gone.has(id) ? null : { crisisOpen: false, turns: [] }) };
      },
      async *ask({ text, conversation }: Question): AsyncGenerator<AnswerEvent> {
        asked.push({ text, conversationId: conversation?.id });
        yield* eventsOf({ ...refusal, conversationId: conversation?.id ?? 'none' });
      },
    },
  };
}

/** Yields the first sentence and then hangs, as a slow model would, until it is aborted. */
function hanging() {
  const state = { aborted: false };
  return {
    state,
    app: {
      async *ask({ signal }: Question): AsyncGenerator<AnswerEvent> {
        signal?.addEventListener('abort', () => {
          state.aborted = true;
        });
        yield* eventsOf(extractive).slice(0, 3);
        await new Promise(() => {});
      },
    },
  };
}

describe('nape chat > on a terminal', () => {
  it.each([
    [{ LANG: 'de_AT.UTF-8' }, 'Ich bin ein automatischer Assistent.'],
    [{ LC_ALL: 'pt_BR.UTF-8', LANG: 'de_AT.UTF-8' }, 'Sou um assistente automático.'],
    [{ LC_ALL: '', LANG: 'fr_FR' }, 'Je suis un assistant automatique.'],
    [{ LANG: 'C.UTF-8' }, 'I am an automated assistant.'],
  ])('%o > says what it is in that language', async (environment, words) => {
    const run = startCli(['chat'], { terminal: true, environment });
    await run.until('› ');
    run.type(ctrlD);
    await run.code;
    expect(run.out()).toContain(words);
  });

  it('question, /sources and Ctrl-D > what a person sees', async () => {
    const run = startCli(['chat'], { terminal: true });
    await run.until('› ');
    run.type('What about stress?\r');
    await run.until('posture?');
    run.type('/sources\r');
    await run.until('finger pressure.\n\n');
    run.type(ctrlD);
    expect(await run.code).toBe(0);
    expect(terminalScreen(run.out())).toMatchInlineSnapshot(`
      "I am an automated assistant. I give general information from the article, not
      medical advice. Please share no health details here.
      Type a question, /help for what else can be typed, Ctrl-D to leave.

      › What about stress?
      The article says: “Massage lowers stress hormones. It also releases endorphins,
      which feel good. [1] Shiatsu uses finger pressure.” [2]

      Sources
      [1] Neck and Spine Massage › The Healing Power of Therapeutic Touch › Stress
          Reduction
      [2] Neck and Spine Massage › Techniques › Shiatsu

      You could also ask:
      - What does the article say about posture?

      › /sources
      [1] Neck and Spine Massage › The Healing Power of Therapeutic Touch › Stress
          Reduction
          Massage lowers stress hormones. It also releases endorphins, which feel
          good.

      [2] Neck and Spine Massage › Techniques › Shiatsu
          Shiatsu uses finger pressure.

      ›"
    `);
  });

  it('model’s own words > sentences appear as they are verified and are not written again', async () => {
    const text = extractive.sentences.map((sentence) => sentence.text).join(' ');
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const run = startCli(['chat'], {
      terminal: true,
      environment: { NO_COLOR: '1' },
      app: {
        async *ask() {
          const sentences = extractive.sentences.map((sentence) => ({ ...sentence, quoted: false }));
          const events = eventsOf({ ...extractive, text, sentences, mode: 'generated' });
          yield* events.slice(0, 4);
          await released;
          yield* events.slice(4);
        },
      },
    });
    await run.until('› ');
    run.type('stress\r');
    await run.until('good. [1]');
    expect(run.out()).not.toContain('Shiatsu');
    release();
    await run.until('posture?');
    expect(run.out().split('Massage lowers').length - 1).toBe(1);
    run.type(ctrlD);
    await run.code;
  });

  it('Ctrl-C during an answer > aborts it and asks for the next question', async () => {
    const { state, app } = hanging();
    const run = startCli(['chat'], { terminal: true, app });
    await run.until('› ');
    run.type('stress\r');
    await run.until('hormones.');
    run.type(ctrlC);
    await run.until(/Stopped\.[\s\S]*› /);
    expect(state.aborted).toBe(true);
    run.type(ctrlD);
    expect(await run.code).toBe(0);
    expect(run.errors()).toBe('');
  });

  it('Ctrl-C with something typed > clears the line and stays', async () => {
    const { asked, app } = recording();
    const run = startCli(['chat'], { terminal: true, app });
    await run.until('› ');
    run.type(`half a question${ctrlC}whole question\r`);
    await run.until('does not say');
    expect(asked.map(({ text }) => text)).toEqual(['whole question']);
    expect(run.out()).not.toContain('again to leave');
    run.type(ctrlD);
    await run.code;
  });

  it('Ctrl-C twice on an empty line > leaves, after a word the first time', async () => {
    const run = startCli(['chat'], { terminal: true });
    await run.until('› ');
    run.type(ctrlC);
    await run.until('Press Ctrl-C again to leave.');
    run.type(ctrlC);
    expect(await run.code).toBe(0);
  });

  it('a question between two Ctrl-C > stays', async () => {
    const { app } = recording();
    const run = startCli(['chat'], { terminal: true, app });
    await run.until('› ');
    run.type(`${ctrlC}first\r`);
    await run.until(/does not say[\s\S]*› /);
    run.type(ctrlC);
    await run.until(/again to leave[\s\S]*again to leave/);
    run.type('/help\r');
    await run.until('This list');
    run.type(ctrlD);
    expect(await run.code).toBe(0);
  });

  it('arrow up > the question before', async () => {
    const { asked, app } = recording();
    const run = startCli(['chat'], { terminal: true, app });
    await run.until('› ');
    run.type('first question\r');
    await run.until(/does not say[\s\S]*› /);
    run.type(`${up}\r`);
    while (asked.length < 2) await run.until(/does not say/).then(() => new Promise(setImmediate));
    expect(asked.map(({ text }) => text)).toEqual(['first question', 'first question']);
    run.type(ctrlD);
    await run.code;
  });

  it('typing during an answer > shown with the next prompt, not inside the answer', async () => {
    const { app } = hanging();
    const run = startCli(['chat'], { terminal: true, app });
    await run.until('› ');
    run.type('stress\r');
    await run.until('hormones.');
    run.type('typed ahead');
    run.type(ctrlC);
    await run.until('typed ahead');
    const screen = terminalScreen(run.out());
    expect(screen.endsWith('Stopped.\n\n› typed ahead')).toBe(true);
    run.type(`${ctrlC}${ctrlD}`);
    expect(await run.code).toBe(0);
  });

  it('failure > words on standard error, and the chat goes on', async () => {
    const run = startCli(['chat'], {
      terminal: true,
      app: {
        async *ask() {
          yield { type: 'answer-error', code: 'deadline-exceeded', message: 'It took too long.' };
        },
      },
    });
    await run.until('› ');
    run.type('stress\r');
    await run.until(/› [\s\S]*› /);
    run.type('/quit\r');
    expect(await run.code).toBe(0);
    expect(run.errors()).toContain('It took too long.');
  });

  it('signal to the process > leaves', async () => {
    const run = startCli(['chat'], { terminal: true });
    await run.until('› ');
    run.signal();
    expect(await run.code).toBe(0);
  });

  it('signal during an answer > aborts it and leaves', async () => {
    const { state, app } = hanging();
    const run = startCli(['chat'], { terminal: true, app });
    await run.until('› ');
    run.type('stress\r');
    await run.until('hormones.');
    run.signal();
    expect(await run.code).toBe(0);
    expect(state.aborted).toBe(true);
  });

  it('answer taller than the window > written in full below, nothing erased that has scrolled away', async () => {
    const sentences = Array.from({ length: 60 }, (_, index) => ({
      text: `Sentence number ${index + 1} is long enough to fill most of a line of the window, and more.`,
      citations: ['massage#stress/1'],
      quoted: false,
    }));
    const text = `In short: ${sentences.map((sentence) => sentence.text).join(' ')}`;
    const run = startCli(['chat'], {
      terminal: true,
      app: {
        async *ask() {
          yield* eventsOf({ ...extractive, text, sentences });
        },
      },
    });
    await run.until('› ');
    run.type('stress\r');
    await run.until('posture?');
    expect(terminalScreen(run.out())).toContain('In short: Sentence number 1 is');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequence that moves the cursor up.
    const ups = [...run.out().matchAll(/\x1b\[(\d+)A/g)].map(([, count]) => Number(count));
    expect(Math.max(0, ...ups)).toBeLessThan(24);
    run.type(ctrlD);
    await run.code;
  });
});

describe('nape chat > commands', () => {
  it('conversation > goes on until /new', async () => {
    const { asked, app } = recording();
    await cli(['chat'], { input: 'one\ntwo\n/new\nthree\nfour\n', app });
    expect(asked).toEqual([
      { text: 'one', conversationId: 'conversation-1' },
      { text: 'two', conversationId: 'conversation-1' },
      { text: 'three', conversationId: 'conversation-2' },
      { text: 'four', conversationId: 'conversation-2' },
    ]);
  });

  it('--explain > what each follow-up was taken to mean, on standard error', async () => {
    const { errors } = await cli(['chat', '--explain'], {
      input: 'who is it for?\n',
      app: {
        async *ask({ onStandAlone }) {
          onStandAlone?.('Who is shiatsu for?');
          yield* eventsOf(extractive);
        },
      },
    });
    expect(errors).toMatch(/^\nLooked up\n {2}Who is shiatsu for\?\n\nWhy\nkeep {7}Massage lowers/u);
  });

  it('conversation that is gone > the next question begins a new one', async () => {
    const { asked, gone, app } = recording();
    gone.add('conversation-1');
    await cli(['chat'], { input: 'one\ntwo\nthree\n', app });
    expect(asked.map(({ conversationId }) => conversationId)).toEqual([
      'conversation-1',
      'conversation-2',
      'conversation-2',
    ]);
  });

  it.each([
    ['/sources\n', 'There is no answer yet. Ask a question first.\n\n'],
    ['/source\n', 'There is no /source. Did you mean /sources? /help lists what can be typed.\n\n'],
    ['/xyzzy\x1b[2J\n', 'There is no /xyzzy. /help lists what can be typed.\n\n'],
  ])('%j > told', async (input, expected) => {
    expect(await cli(['chat'], { input })).toMatchObject({ code: 0, out: expected });
  });

  it('/sources after a refusal > says that there are none', async () => {
    const { out } = await cli(['chat'], { input: 'gold\n/sources\n', ...recording() });
    expect(out).toContain('The last answer cites no passage.');
  });

  it('/quit > nothing after it is asked', async () => {
    const { asked, app } = recording();
    await cli(['chat'], { input: 'one\n/quit\ntwo\n', app });
    expect(asked.map(({ text }) => text)).toEqual(['one']);
  });
});

describe('nape chat > pipe', () => {
  it('each line > a question, and only answers are printed', async () => {
    const { code, out } = await cli(['chat'], { input: 'one\r\n\r\ntwo', ...recording() });
    expect(out).toMatchInlineSnapshot(`
      "The article does not say anything about that.

      You could also ask:
      - What is shiatsu?
      - How does massage reduce stress?

      The article does not say anything about that.

      You could also ask:
      - What is shiatsu?
      - How does massage reduce stress?

      "
    `);
    expect(code).toBe(0);
  });

  it('an answer that fails > exit code 1', async () => {
    const { code, errors } = await cli(['chat'], {
      input: 'one\n',
      app: {
        async *ask() {
          yield { type: 'answer-error', code: 'internal', message: 'It broke.' };
        },
      },
    });
    expect({ code, errors }).toEqual({ code: 1, errors: 'It broke.\n\n' });
  });

  it('dumb terminal > a plain prompt and no escape sequence', async () => {
    const run = startCli(['chat'], { terminal: true, environment: { TERM: 'dumb' } });
    await run.until('> ');
    run.type('stress\n');
    await run.until('posture?');
    run.endInput();
    expect(await run.code).toBe(0);
    expect(run.out()).not.toContain('\x1b');
    expect(run.out()).toContain('[2] Neck and Spine Massage > Techniques > Shiatsu');
  });
});
