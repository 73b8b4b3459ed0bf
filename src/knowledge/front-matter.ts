import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';

export interface FrontMatter {
  readonly title: string | null;
  /** BCP 47 tag in its canonical spelling. */
  readonly language: string | null;
  /** ISO date, `2026-01-31`. */
  readonly updated: string | null;
  /** Where the text after the front matter starts. */
  readonly end: number;
  readonly problems: readonly string[];
}

const maximumLines = 100;

/** Reads `title`, `language` and `updated` between two `---` lines at `start`; never throws. */
export function readFrontMatter(source: string, start: number): FrontMatter {
  const found = findFences(source, start);
  if (found === 'none') return { ...nothing, end: start };
  if (found === 'open') {
    const problem = `The front matter that starts on line 1 has no closing --- line; it was read as text. Add the line.`;
    return { ...nothing, end: start, problems: [problem] };
  }
  const lines = new LineCounter();
  const yaml = parseDocument(found.yaml, { lineCounter: lines, schema: 'core', logLevel: 'silent' });
  const error = yaml.errors[0];
  if (error !== undefined || (yaml.contents !== null && !isMap(yaml.contents))) {
    // The opening --- is line 1 of the file.
    const line = (error === undefined ? 1 : lines.linePos(error.pos[0]).line) + 1;
    const why = error === undefined ? 'it is not a list of "name: value" lines' : error.message.split('\n')[0];
    const problem = `The front matter cannot be read (line ${line}: ${why}); it was left out. Write lines such as "title: Neck massage", with quotes around a value that holds a colon.`;
    return { ...nothing, end: found.end, problems: [problem] };
  }
  const problems: string[] = [];
  const text = (name: string): string | null => {
    if (!isMap(yaml.contents)) return null;
    const node: unknown = yaml.contents.get(name, true);
    if (node === undefined || (isScalar(node) && node.value === null)) return null;
    if (isScalar(node) && typeof node.value !== 'object') {
      const written = (node.source ?? String(node.value)).replace(/\s+/g, ' ').trim();
      return written === '' ? null : written;
    }
    problems.push(`The front matter's ${name} is not one value; it was left out. Write it on one line.`);
    return null;
  };
  const title = text('title');
  const language = readLanguage(text('language'), problems);
  const updated = readDate(text('updated'), problems);
  return { title, language, updated, end: found.end, problems };
}

const nothing = { title: null, language: null, updated: null, problems: [] };

function findFences(source: string, start: number): 'none' | 'open' | { readonly yaml: string; readonly end: number } {
  const opening = /---[ \t]*(?:\r\n|\n|\r)(?=[^\r\n])/y;
  opening.lastIndex = start;
  if (!opening.test(source)) return 'none';
  const line = /([^\r\n]*)(?:\r\n|\n|\r|$)/y;
  line.lastIndex = opening.lastIndex;
  const yamlStart = opening.lastIndex;
  for (let count = 0; count < maximumLines && line.lastIndex < source.length; count += 1) {
    const lineStart = line.lastIndex;
    if (/^(?:---|\.\.\.)\s*$/.test(line.exec(source)?.[1] ?? '')) {
      return { yaml: source.slice(yamlStart, lineStart), end: line.lastIndex };
    }
  }
  return /^[\w-]+[ \t]*:/.test(source.slice(yamlStart, yamlStart + 100)) ? 'open' : 'none';
}

function readLanguage(written: string | null, problems: string[]): string | null {
  if (written === null) return null;
  try {
    return Intl.getCanonicalLocales(written)[0] ?? null;
  } catch {
    problems.push(`The front matter's language is ${written}; write a tag such as en or pt-BR. It was read as en.`);
    return null;
  }
}

function readDate(written: string | null, problems: string[]): string | null {
  if (written === null) return null;
  const date = /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/.exec(written)?.[1];
  // A day such as 30 February parses, into another day.
  const time = date === undefined ? Number.NaN : Date.parse(`${date}T00:00:00Z`);
  if (date !== undefined && !Number.isNaN(time) && new Date(time).toISOString().startsWith(date)) return date;
  problems.push(`The front matter's updated is ${written}; write a date such as 2026-01-31. It was left out.`);
  return null;
}
