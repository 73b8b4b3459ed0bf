import { parseArgs } from 'node:util';
import { type CommandName, commandNames } from './commands.ts';
import { nearest } from './nearest.ts';
import { printableLine } from './printable.ts';

export type Invocation =
  | { readonly kind: 'help'; readonly command: CommandName | null }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'run';
      readonly command: CommandName;
      /** The question of `nape ask`; null when standard input has it. */
      readonly question: string | null;
      readonly json: boolean;
      readonly explain: boolean;
      readonly watch: boolean;
      readonly words: readonly string[];
      readonly html: boolean;
      readonly md: boolean;
      readonly out: string | null;
      readonly all: boolean;
    }
  | { readonly kind: 'wrong-use'; readonly message: string };

const optionsOf: Readonly<Record<CommandName, readonly string[]>> = {
  ask: ['json', 'explain'],
  chat: ['explain'],
  index: ['watch'],
  serve: [],
  faq: ['html', 'json', 'md', 'out'],
  discord: [],
  eval: [],
  lint: [],
  doctor: [],
  backup: [],
  restore: [],
  forget: ['all'],
};
const everywhere = ['help', 'version'];
/** Words that a command takes behind its name, where they are not a question. */
const wordsOf: Partial<Readonly<Record<CommandName, readonly string[]>>> = { faq: ['export', 'suggest'] };

/** Commands that take one word of any kind: a file, an id. */
const takesAnyWord: readonly CommandName[] = ['backup', 'restore', 'forget'];

/** Reads the command line without running anything. */
export function parseArguments(given: readonly string[]): Invocation {
  const { tokens } = parseArgs({
    args: [...given],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'V' },
      json: { type: 'boolean' },
      explain: { type: 'boolean' },
      watch: { type: 'boolean' },
      html: { type: 'boolean' },
      md: { type: 'boolean' },
      out: { type: 'string' },
      all: { type: 'boolean' },
    },
  });
  const positionals = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const options = tokens.flatMap((token) => (token.kind === 'option' ? [token] : []));
  const has = (name: string): boolean => options.some((option) => option.name === name);

  const [first, ...rest] = positionals;
  const asksForHelp = first === 'help';
  const name = asksForHelp ? rest[0] : first;
  const command = commandNames.find((known) => known === name);
  if (name !== undefined && command === undefined) return wrongUse(unknownCommand(name));

  const allowed = [...everywhere, ...(command === undefined ? [] : optionsOf[command])];
  for (const option of options) {
    if (!allowed.includes(option.name)) return wrongUse(unknownOption(option.rawName, command, allowed));
    if (option.name === 'out') {
      if (!option.value) return wrongUse('--out needs the name of a file.');
    } else if (option.value !== undefined) return wrongUse(`${option.rawName} takes no value.`);
  }
  if (has('help') || asksForHelp) return { kind: 'help', command: command ?? null };
  if (has('version')) return { kind: 'version' };
  if (command === undefined) return wrongUse('No command given. Try nape ask "What is shiatsu?", or see nape --help.');
  const [word, ...more] = rest;
  const isKnownWord = word !== undefined && (takesAnyWord.includes(command) || wordsOf[command]?.includes(word));
  const takesWord = isKnownWord && more.length === 0;
  if (command !== 'ask' && command !== 'discord' && rest.length > 0 && !takesWord) {
    const meant = more.length === 0 && word !== undefined ? nearest(word, wordsOf[command] ?? []) : undefined;
    if (meant !== undefined)
      return wrongUse(`Unexpected ${quote(rest.join(' '))}. Did you mean nape ${command} ${meant}?`);
    return wrongUse(`Unexpected ${quote(rest.join(' '))}. See nape ${command} --help.`);
  }
  const fromInput = command !== 'ask' || rest.length === 0 || (rest.length === 1 && rest[0] === '-');
  return {
    kind: 'run',
    command,
    question: fromInput ? null : rest.join(' '),
    json: has('json'),
    explain: has('explain'),
    watch: has('watch'),
    words: rest,
    html: has('html'),
    md: has('md'),
    all: has('all'),
    out: options.findLast(({ name }) => name === 'out')?.value ?? null,
  };
}

function wrongUse(message: string): Invocation {
  return { kind: 'wrong-use', message };
}

function unknownCommand(name: string): string {
  if (/\s/.test(name.trim())) return `Unknown command ${quote(name)}. To ask it as a question: nape ask "…".`;
  const meant = nearest(name, commandNames);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return `Unknown command ${quote(name)}.${hint} See nape --help.`;
}

function unknownOption(rawName: string, command: CommandName | undefined, allowed: readonly string[]): string {
  const program = command === undefined ? 'nape' : `nape ${command}`;
  const meant = nearest(rawName.replace(/^-+/, ''), allowed);
  const hint = meant === undefined ? '' : ` Did you mean --${meant}?`;
  const dashes = command === 'ask' ? ' Put -- before a question that starts with a dash.' : '';
  return `Unknown option ${quote(rawName)}.${hint} See ${program} --help.${dashes}`;
}

function quote(text: string): string {
  const line = printableLine(text);
  return `"${line.length > 60 ? `${line.slice(0, 59)}…` : line}"`;
}
