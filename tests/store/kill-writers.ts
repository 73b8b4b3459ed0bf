import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a killed process had acknowledged. */
export interface Acknowledged {
  readonly conversations: ReadonlyMap<string, string>;
  /** Conversation of each turn. */
  readonly turns: ReadonlyMap<string, string>;
  readonly feedback: ReadonlySet<string>;
  readonly erased: ReadonlySet<string>;
  /** The conversation whose erasure had begun and was not acknowledged: it may be there or not. */
  readonly underWay: string | undefined;
  /** How many writes were acknowledged. */
  readonly writes: number;
}

const script = fileURLToPath(new URL('writing-process.ts', import.meta.url));

/** Starts a process that writes to the store, and kills it some milliseconds after its first acknowledgement. */
export async function killWriter(place: string, round: number, afterMs: number): Promise<Acknowledged> {
  const writer = spawn(process.execPath, ['--import', 'tsx', script, place, `${round}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  let isDoomed = false;
  writer.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (!isDoomed) setTimeout(() => writer.kill('SIGKILL'), afterMs);
    isDoomed = true;
  });
  writer.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const signal = await new Promise((resolve) => writer.once('close', (_code, by) => resolve(by)));
  if (signal !== 'SIGKILL') throw new Error(`The writing process ended by itself: ${errors}`);

  const conversations = new Map<string, string>();
  const turns = new Map<string, string>();
  const feedback = new Set<string>();
  const erased = new Set<string>();
  let underWay: string | undefined;
  for (const line of output.split('\n').slice(0, -1)) {
    const done: Record<string, string> = JSON.parse(line);
    if (done.token) conversations.set(done.id!, done.token);
    if (done.turnId) turns.set(done.turnId, done.id!);
    if (done.feedback) feedback.add(done.feedback);
    if (done.erasing) underWay = done.erasing;
    if (done.erased) {
      erased.add(done.erased);
      underWay = undefined;
    }
  }
  const writes = conversations.size + turns.size + feedback.size + erased.size;
  return { conversations, turns, feedback, erased, underWay, writes };
}

/** Acknowledged things that are not as they were acknowledged, in words; `rows` has what is in the tables. */
export function broken(
  { conversations, turns, feedback, erased, underWay }: Acknowledged,
  rows: { readonly conversations: Set<string>; readonly turns: Set<string>; readonly feedback: Set<string> },
): readonly string[] {
  const isErased = (id: string | undefined) => id !== undefined && erased.has(id);
  const mayBeGone = (id: string | undefined) => isErased(id) || (id !== undefined && id === underWay);
  return [
    ...[...conversations.keys()]
      .filter((id) => !mayBeGone(id) && !rows.conversations.has(id))
      .map((id) => `conversation ${id} is lost`),
    ...[...turns]
      .filter(([turn, id]) => !mayBeGone(id) && !rows.turns.has(turn))
      .map(([turn]) => `turn ${turn} is lost`),
    ...[...feedback]
      .filter((turn) => !mayBeGone(turns.get(turn)) && !rows.feedback.has(turn))
      .map((turn) => `feedback ${turn} is lost`),
    ...[...erased].filter((id) => rows.conversations.has(id)).map((id) => `conversation ${id} is back`),
    ...[...turns].filter(([turn, id]) => isErased(id) && rows.turns.has(turn)).map(([turn]) => `turn ${turn} is back`),
  ];
}
