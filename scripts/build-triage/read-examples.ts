import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageClasses } from '../../src/conversation/triage/message-classifier.ts';
import { readWordNet } from '../train-embedder/wordnet.ts';
import { expandExamples } from './expand-examples.ts';

/** A message with its class, and how much it counts. */
export interface Example {
  readonly text: string;
  readonly label: (typeof messageClasses)[number];
  readonly weight: number;
}

/** Sentences of WordNet are ordinary talk of every subject, but not of visitors: they count less. */
const sentenceWeight = 0.3;
const sentences = 3000;

/** `crisis-sideways.en.txt` → crisis. Throws a RangeError for a file whose name begins with no class. */
function labelOf(file: string): Example['label'] {
  const found = messageClasses.find((label) => file === label || new RegExp(`^${label}[-.]`, 'u').test(file));
  if (found === undefined)
    throw new RangeError(`The examples ${file} begin with no class: use one of ${messageClasses.join(', ')}.`);
  return found;
}

const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));

/** The labelled examples of `lexicons/triage-examples`, opened out. */
export async function readExamples(folder: string): Promise<readonly Example[]> {
  const files = (await readdir(folder)).filter((file) => /\.[a-z]+\.txt$/u.test(file)).sort();
  const read = await Promise.all(
    files.map(async (file) =>
      linesOf(await readFile(join(folder, file), 'utf8')).flatMap((line) =>
        expandExamples(line).map((text) => ({ text, label: labelOf(file), weight: 1 })),
      ),
    ),
  );
  return read.flat();
}

interface Message {
  readonly text: string;
  readonly class?: Example['label'];
}

interface Chat {
  readonly turns: readonly string[];
  readonly redFlagTurn: number;
  readonly class: Example['label'];
  readonly split: boolean;
}

/** Sets that were scored and looked at, and so are of no more use for measuring. */
const spentHalves = ['tune', 'final', 'late', 'fresh-tune', 'fresh-final', 'third'];

/** The messages of the spent evaluation sets and the turns of the scripted chats. */
export async function readSpentSets(folder: string): Promise<readonly Example[]> {
  const read = <Entry>(name: string) => readJson<Entry>(join(folder, `${name}.json`));
  const names = spentHalves.flatMap((half) => [`redirects-${half}`, `ordinary-${half}`]);
  const sets = await Promise.all(names.map((name) => read<Message>(name)));
  const messages = sets
    .flat()
    .map((message) => ({ text: message.text, label: message.class ?? ('ordinary' as const) }));
  const turns = (await read<Chat>('chats')).flatMap((chat) =>
    chat.turns.flatMap((text, turn) => {
      const isFlag = turn === chat.redFlagTurn;
      // A red flag over two turns is a message in neither.
      if (chat.split && (isFlag || turn === chat.redFlagTurn - 1)) return [];
      return [{ text, label: isFlag ? chat.class : ('ordinary' as const) }];
    }),
  );
  const once = new Map([...messages, ...turns].map((example) => [example.text, example]));
  return [...once.values()].map((example) => ({ ...example, weight: 1 }));
}

/** Spent sets of questions on the article. Near ones are left out: a price or a dose may be asked in them. */
const spentQuestions = ['tune', 'final', 'second-final', 'third-final', 'fourth-final'];

/** Spent sets of conversations. What is outside the article is left out of them for the same reason. */
const spentConversations = ['tune', 'final', 'third-final', 'fourth-final'];

interface AskedOf {
  readonly question: string;
  readonly kind: string;
}

/** Questions that the article answers, and such on anything else: ordinary, however oddly they are put. */
export async function readSpentQuestions(folder: string): Promise<readonly Example[]> {
  const read = <Entry>(name: string) => readJson<Entry>(join(folder, `${name}.json`));
  const sets = await Promise.all(spentQuestions.map((name) => read<AskedOf>(`paraphrase-${name}`)));
  const scripts = await Promise.all(
    spentConversations.map((name) => read<{ readonly turns: readonly AskedOf[] }>(`conversations-${name}`)),
  );
  const turns = scripts.flat().flatMap((conversation) => conversation.turns);
  const asked = [...sets.flat(), ...turns].filter(({ kind }) => !leftOut.has(kind)).map(({ question }) => question);
  return [...new Set(asked)].map((text) => ({ text, label: 'ordinary', weight: 1 }));
}

const leftOut: ReadonlySet<string> = new Set(['near', 'outside', 'social']);

/** The texts of the halves that are kept for measuring. */
export async function readHeldOut(folder: string): Promise<readonly string[]> {
  const names = ['redirects-fourth', 'ordinary-fourth'];
  const sets = await Promise.all(names.map((name) => readJson<Message>(join(folder, `${name}.json`))));
  return sets.flat().map(({ text }) => text);
}

async function readJson<Entry>(path: string): Promise<readonly Entry[]> {
  return JSON.parse(await readFile(path, 'utf8'));
}

/** Ordinary talk that was not written for this: generic utterances, and usage sentences of WordNet. */
export async function readOrdinary(
  utterances: string,
  excluded: string,
  dictionary: string,
): Promise<readonly Example[]> {
  const health = new Set(linesOf(await readFile(excluded, 'utf8')));
  const generic = linesOf(await readFile(utterances, 'utf8')).filter((text) => !health.has(text));
  const usage = (await readWordNet(dictionary)).synsets
    .flatMap(({ examples }) => examples)
    .filter(({ length }) => length >= 12 && length <= 110);
  const step = usage.length / sentences;
  const chosen = Array.from({ length: sentences }, (_, at) => usage[Math.floor(at * step)] ?? '');
  return [
    ...generic.map((text) => ({ text, label: 'ordinary' as const, weight: 1 })),
    ...chosen.map((text) => ({ text, label: 'ordinary' as const, weight: sentenceWeight })),
  ];
}
