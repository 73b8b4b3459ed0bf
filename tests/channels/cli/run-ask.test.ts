import { describe, expect, it } from 'vitest';
import type { Answer, AnswerEvent } from '../../../src/domain.ts';
import { cli, eventsOf, extractive, refusal, startCli } from './cli-run.ts';

const answering = (answer: Answer) => ({
  async *ask(): AsyncGenerator<AnswerEvent> {
    yield* eventsOf(answer);
  },
});

/** Answers with the question itself. */
const echoing = {
  async *ask({ text }: { text: string }): AsyncGenerator<AnswerEvent> {
    yield { type: 'answer-end', answer: { ...refusal, text, suggestions: [] } };
  },
};

describe('nape ask > what is printed', () => {
  it('pipe > the answer is one line, with numbers, sources and suggestions', async () => {
    const { code, out, errors } = await cli(['ask', 'What about stress?']);
    expect(out).toMatchInlineSnapshot(`
      "The article says: “Massage lowers stress hormones. It also releases endorphins, which feel good. [1] Shiatsu uses finger pressure.” [2]

      Sources
      [1] Neck and Spine Massage › The Healing Power of Therapeutic Touch › Stress Reduction
      [2] Neck and Spine Massage › Techniques › Shiatsu

      You could also ask:
      - What does the article say about posture?
      "
    `);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
  });

  it('terminal of 80 columns > wrapped and coloured', async () => {
    const { out } = await cli(['ask', 'What about stress?'], { terminal: true });
    expect(out.replaceAll('\x1b', '␛')).toMatchInlineSnapshot(`
      "The article says: “Massage lowers stress hormones. It also releases endorphins,
      which feel good. ␛[36m[1]␛[39m Shiatsu uses finger pressure.” ␛[36m[2]␛[39m

      ␛[1mSources␛[22m
      ␛[36m[1]␛[39m␛[2m Neck and Spine Massage › The Healing Power of Therapeutic Touch › Stress␛[22m
      ␛[2m    Reduction␛[22m
      ␛[36m[2]␛[39m␛[2m Neck and Spine Massage › Techniques › Shiatsu␛[22m

      ␛[1mYou could also ask:␛[22m
      - What does the article say about posture?
      "
    `);
  });

  it('refusal > the text and what could be asked, exit code 0', async () => {
    const { code, out } = await cli(['ask', 'gold?'], { app: answering(refusal) });
    expect(out).toMatchInlineSnapshot(`
      "The article does not say anything about that.

      You could also ask:
      - What is shiatsu?
      - How does massage reduce stress?
      "
    `);
    expect(code).toBe(0);
  });

  it('sources in another order than cited > numbered as cited', async () => {
    const reversed = { ...extractive, passages: [...extractive.passages].reverse() };
    const { out } = await cli(['ask', 'stress'], { app: answering(reversed) });
    expect(out).toContain('[1] Neck and Spine Massage › The Healing Power');
    expect(out).toContain('feel good. [1]');
  });

  it('sentence that is not in the text > gets no number, and the others still do', async () => {
    const [first, second, third] = extractive.sentences;
    const sentences = [first!, { ...second!, text: 'Never said.' }, third!];
    const { out } = await cli(['ask', 'stress'], { app: answering({ ...extractive, sentences }) });
    expect(out.split('\n')[0]).toBe(
      'The article says: “Massage lowers stress hormones. [1] It also releases endorphins, which feel good. Shiatsu uses finger pressure.” [2]',
    );
  });

  it('sentence with two citations > both numbers', async () => {
    const sentences = [{ ...extractive.sentences[0]!, citations: ['massage#shiatsu/1', 'massage#stress/1'] }];
    const { out } = await cli(['ask', 'stress'], { app: answering({ ...extractive, sentences }) });
    expect(out).toContain('hormones. [1][2] It also');
  });

  it('escape sequences and direction marks in the article > not passed on', async () => {
    const text = 'Safe \x1b[31mred\x1b]0;title\x07 \x9b2J\u202Eback\x08\r end';
    const passage = { ...extractive.passages[0]!, title: 'T\x1b[2Jitle', headings: ['A\nB'] };
    const answer = {
      ...extractive,
      text,
      sentences: [{ text, citations: [passage.id], quoted: true }],
      passages: [passage],
      suggestions: ['Why\x1b[5m?'],
    };
    const { out } = await cli(['ask', 'stress'], { app: answering(answer) });
    expect(out).toBe('Safe red back end [1]\n\nSources\n[1] Title › A B\n\nYou could also ask:\n- Why?\n');
  });
});

describe('nape ask > colours', () => {
  const coloured = async (environment: object, terminal: boolean) =>
    (await cli(['ask', 'stress'], { environment, terminal })).out.includes('\x1b[');

  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ TERM: 'dumb' }, true, false],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
  ])('%o, terminal %s > coloured %s', async (environment, terminal, expected) => {
    expect(await coloured(environment, terminal)).toBe(expected);
  });
});

describe('nape ask --json', () => {
  it('pipe > exactly the answer on one line', async () => {
    const { code, out, errors } = await cli(['ask', '--json', 'stress'], { environment: { FORCE_COLOR: '1' } });
    expect(out).toBe(`${JSON.stringify(extractive)}\n`);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
  });

  it('terminal > the same document, and nothing in it that steers the terminal', async () => {
    const answer = { ...refusal, text: 'a\x1b[2Jb\x9bc\u202Ed' };
    const { out } = await cli(['ask', 'x', '--json'], { app: answering(answer), terminal: true });
    expect(JSON.parse(out)).toEqual(answer);
    expect(out).toMatch(/^[\n -~]+$/);
  });

  it('failure > words on standard error only', async () => {
    const { code, out, errors } = await cli(['ask', '--json', 'x'], {
      app: {
        async *ask() {
          yield { type: 'answer-error', code: 'internal', message: 'It broke. Try again.' };
        },
      },
    });
    expect({ code, out, errors }).toEqual({ code: 1, out: '', errors: 'nape: It broke. Try again.\n' });
  });
});

describe('nape ask > where the question comes from', () => {
  it('several words > joined', async () => {
    expect((await cli(['ask', 'What', 'is', 'shiatsu?'], { app: echoing })).out).toBe('What is shiatsu?\n');
  });

  it('after -- > may start with a dash', async () => {
    expect((await cli(['ask', '--', '--json'], { app: echoing })).out).toBe('--json\n');
  });

  it.each([[['ask']], [['ask', '-']]])('%j with a pipe > its text', async (line) => {
    expect((await cli(line, { app: echoing, input: ' Was hilft Müdigkeit?\n' })).out).toBe('Was hilft Müdigkeit?\n');
  });

  it('words and a pipe > the pipe is not waited for', async () => {
    const run = startCli(['ask', 'stress']);
    expect(await run.code).toBe(0);
  });

  it.each([
    ['nothing', '', 'The question is empty.'],
    ['only blanks', ' \n\t', 'The question is empty.'],
    ['more than 16 KiB', 'a'.repeat(16 * 1024 + 1), 'more than 16 KiB'],
    ['bytes that are not UTF-8', Uint8Array.of(0x48, 0xff, 0xfe), 'not UTF-8'],
  ])('pipe with %s > wrong use', async (_name, input, words) => {
    const { code, out, errors } = await cli(['ask'], { input });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(errors).toContain(words);
  });

  it('pipe with exactly 16 KiB > is asked', async () => {
    const input = 'a'.repeat(16 * 1024);
    expect((await cli(['ask'], { app: echoing, input })).out).toBe(`${input}\n`);
  });

  it('empty words > wrong use, without reading the pipe', async () => {
    const run = startCli(['ask', '']);
    expect(await run.code).toBe(2);
    expect(run.errors()).toContain('The question is empty.');
  });

  it('no words on a terminal > wrong use with an example', async () => {
    const run = startCli(['ask'], { terminal: true });
    expect(await run.code).toBe(2);
    expect(run.errors()).toBe('nape: Give a question, for example: nape ask "What is shiatsu?"\n');
  });
});

describe('nape ask > endings', () => {
  it('events that stop without an end > a failure', async () => {
    const { code, errors } = await cli(['ask', 'x'], {
      app: {
        async *ask() {
          yield { type: 'answer-start', turnId: 't', conversationId: 'c' };
        },
      },
    });
    expect({ code, errors }).toEqual({
      code: 1,
      errors: 'nape: The answer broke off before its end. Please ask again.\n',
    });
  });

  it('signal while the answer hangs > aborts it and ends', async () => {
    let signalOfQuestion: AbortSignal | undefined;
    const run = startCli(['ask', 'x'], {
      app: {
        async *ask({ signal }) {
          signalOfQuestion = signal;
          run.signal();
          await new Promise(() => {});
        },
      },
    });
    expect(await run.code).toBe(1);
    expect(run.errors()).toBe('nape: Stopped before the answer was complete.\n');
    expect(signalOfQuestion?.aborted).toBe(true);
  });
});

describe('nape ask --explain', () => {
  it('a model’s sentences and quotations > each with its verdict, on standard error', async () => {
    const { out, errors } = await cli(['ask', '--explain', 'stress'], {
      app: {
        async *ask({ onExplain }) {
          onExplain?.({
            text: 'Massage cures stress.',
            verdict: 'drop-hard',
            reason: 'effect "cures": the passage does not claim this effect',
            nearest: { passage: 'massage#stress/1', sentence: 'Massage lowers stress hormones.' },
          });
          yield* eventsOf(extractive);
        },
      },
    });
    expect(out).toContain('Sources');
    expect(errors).toMatchInlineSnapshot(`
      "
      Why
      drop-hard  Massage cures stress.
        because  effect "cures": the passage does not claim this effect
        nearest  Massage lowers stress hormones. (massage#stress/1)
      keep       Massage lowers stress hormones.
        quoted   word for word from massage#stress/1
      keep       It also releases endorphins, which feel good.
        quoted   word for word from massage#stress/1
      keep       Shiatsu uses finger pressure.
        quoted   word for word from massage#shiatsu/1
      "
    `);
  });
});
