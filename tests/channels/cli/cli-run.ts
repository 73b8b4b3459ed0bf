import { PassThrough, Writable } from 'node:stream';
import type { CliApp } from '../../../src/channels/cli/cli-app.ts';
import { type CliParts, runCli } from '../../../src/channels/cli/run-cli.ts';
import type { Answer, AnswerEvent, CitedPassage, IndexReport } from '../../../src/domain.ts';

export const passages: readonly CitedPassage[] = [
  {
    id: 'massage#stress/1',
    document: 'massage',
    title: 'Neck and Spine Massage',
    headings: ['The Healing Power of Therapeutic Touch', 'Stress Reduction'],
    text: 'Massage lowers stress hormones. It also releases endorphins,\nwhich feel good.',
    start: 10,
    end: 87,
    score: 0.7,
  },
  {
    id: 'massage#shiatsu/1',
    document: 'massage',
    title: 'Neck and Spine Massage',
    headings: ['Techniques', 'Shiatsu'],
    text: 'Shiatsu uses finger pressure.',
    start: 200,
    end: 229,
    score: 0.5,
  },
];

export const extractive: Answer = {
  turnId: 'turn-1',
  conversationId: 'conversation-1',
  outcome: 'answered',
  reason: null,
  text: 'The article says: “Massage lowers stress hormones. It also releases endorphins, which feel good. Shiatsu uses finger pressure.”',
  sentences: [
    { text: 'Massage lowers stress hormones.', citations: ['massage#stress/1'], quoted: true },
    { text: 'It also releases endorphins, which feel good.', citations: ['massage#stress/1'], quoted: true },
    { text: 'Shiatsu uses finger pressure.', citations: ['massage#shiatsu/1'], quoted: true },
  ],
  passages,
  suggestions: ['What does the article say about posture?'],
  mode: 'extractive',
};

export const refusal: Answer = {
  turnId: 'turn-2',
  conversationId: 'conversation-1',
  outcome: 'refused',
  reason: 'not-in-article',
  text: 'The article does not say anything about that.',
  sentences: [],
  passages: [],
  suggestions: ['What is shiatsu?', 'How does massage reduce stress?'],
  mode: 'fixed',
};

export const report: IndexReport = {
  generation: '20260102-a1b2',
  outcome: 'built',
  documents: { added: ['Posture'], changed: ['Neck and Spine Massage'], removed: ['Old Notes'], unchanged: ['A', 'B'] },
  passages: { embedded: 30, reused: 12, removed: 3 },
  problems: [{ file: 'broken.md', message: 'The file is not UTF-8. Save it as UTF-8.' }],
  durationMs: 3_712,
};

/** The events of an answer, as `ask` yields them. */
export function eventsOf(answer: Answer): AnswerEvent[] {
  return [
    { type: 'answer-start', turnId: answer.turnId, conversationId: answer.conversationId },
    { type: 'passages-found', passages: answer.passages },
    ...answer.sentences.map((sentence): AnswerEvent => ({ type: 'sentence-verified', sentence })),
    { type: 'answer-end', answer },
  ];
}

/** An application whose every part succeeds; tests replace what they are about. */
export function scriptedApp(changes: Partial<CliApp> = {}): CliApp {
  return {
    async *ask() {
      yield* eventsOf(extractive);
    },
    openConversation: async () => ({ id: 'conversation-1', history: async () => ({ crisisOpen: false, turns: [] }) }),
    index: async () => report,
    watch: async () => {},
    lint: async () => [{ state: 'ok', subject: 'words', text: 'no claim' }],
    doctor: async () => [{ state: 'ok', subject: 'index', text: 'generation 20260102-a1b2' }],
    faq: async () => ({ entries: [], statuses: [], titles: ['Massage'], language: 'en' }),
    suggestFaq: async () => null,
    keep: { backUp: async (file) => `/srv/${file}`, restore: async () => {}, forget: async () => 1 },
    serve: async () => ({ url: 'http://127.0.0.1:3000', stop: async () => {} }),
    discord: {
      join: async () => ({
        name: 'Nape',
        servers: 2,
        invite: 'https://discord.com/oauth2/authorize?client_id=1',
        lost: new Promise(() => {}),
        stop: async () => {},
      }),
      inviteLink: async () => 'https://discord.com/oauth2/authorize?client_id=1',
      register: async () => ({ created: ['ask', 'faq'], changed: [], removed: ['old'], unchanged: ['help'] }),
      preview: async (question) => `<!doctype html><title>${question}</title>`,
    },
    evaluate: async () => true,
    close: async () => {},
    ...changes,
  };
}

export interface Circumstances
  extends Partial<Pick<CliParts, 'environment' | 'openApp' | 'stdout' | 'graceMs' | 'now'>> {
  readonly app?: Partial<CliApp>;
  /** What a pipe brings; without it standard input stays open for `type`. */
  readonly input?: string | Uint8Array;
  /** All three streams are a terminal of 80 columns. */
  readonly terminal?: boolean;
}

/** Runs one command line in memory. */
export function startCli(line: readonly string[], circumstances: Circumstances = {}) {
  const tty = circumstances.terminal ? { isTTY: true, columns: 80, rows: 24 } : {};
  const stdin = Object.assign(new PassThrough(), tty);
  if (circumstances.input !== undefined) stdin.end(circumstances.input);
  const stdout = Object.assign(collector(), tty);
  const stderr = Object.assign(collector(), tty);
  const listeners = new Set<() => void>();
  const logged: unknown[] = [];
  const code = runCli({
    arguments: line,
    stdin,
    stdout,
    stderr,
    environment: {},
    openApp: async () => scriptedApp(circumstances.app),
    readVersion: async () => '1.2.3',
    onSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    logFailure: (thrown) => logged.push(thrown),
    now: () => 0,
    graceMs: 5_000,
    ...circumstances,
  });
  return {
    code,
    out: () => stdout.text(),
    errors: () => stderr.text(),
    logged,
    signal: () => {
      for (const listener of [...listeners]) listener();
    },
    listeners,
    type: (text: string) => stdin.write(text),
    endInput: () => stdin.end(),
    /** Waits until standard output matches; the test's own time limit is the limit. */
    async until(expected: string | RegExp) {
      const matches = () =>
        typeof expected === 'string' ? stdout.text().includes(expected) : expected.test(stdout.text());
      while (!matches()) await stdout.nextWrite();
    },
  };
}

/** Runs to the end. */
export async function cli(line: readonly string[], circumstances: Circumstances = {}) {
  const run = startCli(line, { input: '', ...circumstances });
  return { code: await run.code, out: run.out(), errors: run.errors(), logged: run.logged };
}

function collector() {
  let text = '';
  let waiting: (() => void)[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      text += chunk;
      for (const resolve of waiting) resolve();
      waiting = [];
      done();
    },
  });
  return Object.assign(stream, {
    text: () => text,
    nextWrite: () => new Promise<void>((resolve) => waiting.push(resolve)),
  });
}
