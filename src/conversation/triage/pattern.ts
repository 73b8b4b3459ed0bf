/** Index after the match, or -1. */
type Next = (at: number) => number;
type Match = (tokens: readonly string[], at: number, next: Next) => number;

/** One piece of a pattern: how it matches, and the words that it can begin with. */
export interface Piece {
  readonly match: Match;
  readonly words: ReadonlySet<string>;
  readonly prefixes: ReadonlySet<string>;
  readonly numbers: boolean;
  readonly optional: boolean;
}

/** A pattern of a word list, ready to look for. */
export interface Pattern {
  /** As written, for reviews and tests. */
  readonly source: string;
  /** Sequences that must all be there, in any order. */
  readonly parts: readonly Piece[];
  /** Sequences that must not be there. */
  readonly absent: readonly Piece[];
}

/** Named lists of alternatives that patterns refer to as `<name>`. */
export type Concepts = ReadonlyMap<string, readonly string[]>;

/** A mark between two sentences; no gap reaches over it. */
export const boundary = '.';

const shortGap = 3;
const longGap = 8;
const shortestPrefix = 3;

/**
 * Reads one pattern. Written: `word`, `stem*`, `(one|two words)`, `<concept>`, `{1-17}` for a number, `?` after a
 * piece that may be missing, `..` for up to 3 words between, `...` for up to 8, `a & b` for both in any order,
 * `! c` for c nowhere. Throws a RangeError that names the pattern and what is wrong with it.
 *
 * Read `lazily`, only what the pattern can begin with is read at once, and the rest when it is first tried: of thousands
 * of patterns one question tries a few. What is wrong in the rest then shows only there.
 */
export function readPattern(
  source: string,
  concepts: Concepts,
  { compiled = new Map<string, Piece>(), lazily = false }: ReadPatternOptions = {},
): Pattern {
  const reader = { source, concepts, compiled, lazily, open: [] };
  const [wanted = '', ...unwanted] = source.split(/\s+!\s+/u);
  const parts = wanted.split(/\s+&\s+/u).map((part) => solid(sequence(part, reader), source));
  const absent = unwanted.map((part) =>
    lazily ? later(() => solid(sequence(part, reader), source)) : solid(sequence(part, reader), source),
  );
  return { source, parts, absent };
}

export interface ReadPatternOptions {
  /** Concepts that were read before, by name. */
  readonly compiled?: Map<string, Piece>;
  readonly lazily?: boolean;
}

function solid(part: Piece, source: string): Piece {
  return part.optional ? fail(source, 'a part matches no words at all') : part;
}

/** A piece that is made when it is first tried. */
function later(make: () => Piece): Piece {
  let made: Piece | undefined;
  return piece((tokens, at, next) => {
    made ??= make();
    return made.match(tokens, at, next);
  }, {});
}

/** Every whole word that a pattern or a concept speaks of; spelling is corrected towards these. */
export function wordsOf(source: string): readonly string[] {
  return source
    .replace(/<[^>]*>|\{[^}]*\}/gu, ' ')
    .split(/[^\p{L}\p{N}*]+/u)
    .filter((word) => word !== '' && !word.includes('*'));
}

interface Reader {
  readonly source: string;
  readonly concepts: Concepts;
  readonly compiled: Map<string, Piece>;
  readonly lazily: boolean;
  /** Concepts being read, to notice one that refers to itself. */
  readonly open: readonly string[];
}

function fail(source: string, reason: string): never {
  throw new RangeError(`The pattern "${source}" cannot be read: ${reason}.`);
}

function sequence(text: string, reader: Reader): Piece {
  const [first, ...others] = pieceTexts(text.trim(), reader.source);
  if (first === undefined) return fail(reader.source, 'a part is empty');
  return chain(first, others, reader);
}

function chain(text: string, others: readonly string[], reader: Reader): Piece {
  const first = readPiece(text, reader);
  const [second, ...rest] = others;
  if (second === undefined) return followedBy(first, end);
  // What may be missing lets the next piece begin the whole.
  if (reader.lazily && !first.optional)
    return followedBy(
      first,
      later(() => chain(second, rest, reader)),
    );
  return followedBy(first, chain(second, rest, reader));
}

function pieceTexts(text: string, source: string): readonly string[] {
  const texts: string[] = [];
  let depth = 0;
  let current = '';
  for (const letter of text) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (depth < 0) fail(source, 'a bracket closes that was not opened');
    if (letter === ' ' && depth === 0) {
      if (current !== '') texts.push(current);
      current = '';
    } else current += letter;
  }
  if (depth > 0) fail(source, 'a bracket is not closed');
  return current === '' ? texts : [...texts, current];
}

function readPiece(text: string, reader: Reader): Piece {
  if (text === '..') return gap(shortGap);
  if (text === '...') return gap(longGap);
  if (text.endsWith('?')) return { ...readPiece(text.slice(0, -1), reader), optional: true };
  if (text.startsWith('(') && text.endsWith(')')) return oneOf(split(text.slice(1, -1)), reader);
  const range = /^\{(\d+)-(\d+)\}$/u.exec(text);
  if (range) return number(Number(range[1]), Number(range[2]));
  const name = /^<([\w-]+)>$/u.exec(text)?.[1];
  if (name !== undefined) return concept(name, reader);
  if (/^[\p{L}\p{N}]+\*$/u.test(text)) {
    const prefix = text.slice(0, -1);
    if (prefix.length < shortestPrefix) fail(reader.source, `${text} needs ${shortestPrefix} letters before the *`);
    return prefixed(prefix);
  }
  if (/^[\p{L}\p{N}]+$/u.test(text)) return word(text);
  return fail(reader.source, `${text} is no word, list or gap`);
}

/** Alternatives at the outermost level. */
function split(text: string): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let current = '';
  for (const letter of text) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter === '|' && depth === 0) {
      found.push(current);
      current = '';
    } else current += letter;
  }
  return [...found, current];
}

function concept(name: string, reader: Reader): Piece {
  const known = reader.compiled.get(name);
  if (known) return known;
  const entries = reader.concepts.get(name) ?? fail(reader.source, `there is no list <${name}>`);
  if (reader.open.includes(name)) fail(reader.source, `<${name}> refers to itself`);
  const made = oneOf(entries, { ...reader, open: [...reader.open, name] });
  reader.compiled.set(name, made);
  return made;
}

const none: ReadonlySet<string> = new Set();

/** What stands after the last piece, so that it too may be missing. */
const end: Piece = { match: (_, at, next) => next(at), words: none, prefixes: none, numbers: false, optional: true };

function word(text: string): Piece {
  return piece((tokens, at, next) => (tokens[at] === text ? next(at + 1) : -1), { words: new Set([text]) });
}

function prefixed(prefix: string): Piece {
  const match: Match = (tokens, at, next) => (tokens[at]?.startsWith(prefix) ? next(at + 1) : -1);
  return piece(match, { prefixes: new Set([prefix]) });
}

function number(smallest: number, largest: number): Piece {
  const match: Match = (tokens, at, next) => {
    const token = tokens[at] ?? '';
    return /^\d{1,4}$/u.test(token) && Number(token) >= smallest && Number(token) <= largest ? next(at + 1) : -1;
  };
  return piece(match, { numbers: true });
}

/** Up to so many words of the same sentence. */
function gap(most: number): Piece {
  const match: Match = (tokens, at, next) => {
    for (let skipped = 0; skipped <= most && at + skipped <= tokens.length; skipped += 1) {
      const end = next(at + skipped);
      if (end !== -1) return end;
      if (tokens[at + skipped] === boundary) return -1;
    }
    return -1;
  };
  return piece(match, { optional: true });
}

/** Alternatives: single words are looked up, the others are tried one after another. */
function oneOf(texts: readonly string[], reader: Reader): Piece {
  const words = new Set(texts.filter((text) => /^[\p{L}\p{N}]+$/u.test(text)));
  const others = texts.filter((text) => !words.has(text)).map((text) => sequence(text, reader));
  const match: Match = (tokens, at, next) => {
    const token = tokens[at];
    if (token === undefined) return -1;
    if (words.has(token)) {
      const end = next(at + 1);
      if (end !== -1) return end;
    }
    for (const other of others) {
      if (!mayBegin(other, token)) continue;
      const end = other.match(tokens, at, next);
      if (end !== -1) return end;
    }
    return -1;
  };
  return piece(match, {
    words: new Set([...words, ...others.flatMap((other) => [...other.words])]),
    prefixes: new Set(others.flatMap((other) => [...other.prefixes])),
    numbers: others.some(({ numbers }) => numbers),
  });
}

function mayBegin(piece: Piece, token: string): boolean {
  if (piece.words.has(token)) return true;
  for (const prefix of piece.prefixes) if (token.startsWith(prefix)) return true;
  return piece.numbers && /^\d/u.test(token);
}

function followedBy(first: Piece, rest: Piece): Piece {
  const match: Match = (tokens, at, next) => {
    const end = first.match(tokens, at, (after) => rest.match(tokens, after, next));
    return end === -1 && first.optional ? rest.match(tokens, at, next) : end;
  };
  if (!first.optional) return { ...first, match };
  return {
    match,
    words: new Set([...first.words, ...rest.words]),
    prefixes: new Set([...first.prefixes, ...rest.prefixes]),
    numbers: first.numbers || rest.numbers,
    optional: rest.optional,
  };
}

function piece(match: Match, begins: Partial<Omit<Piece, 'match'>>): Piece {
  return { words: none, prefixes: none, numbers: false, optional: false, ...begins, match };
}
