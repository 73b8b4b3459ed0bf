import { isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { type FaqProblem, faqEntrySchema, phraseKey, type WrittenFaqEntry } from './faq-entry.ts';
import { createUniqueSlugs, slug } from './slug.ts';

export interface WrittenFaq {
  /** In the order in which they are to be shown. */
  readonly entries: readonly WrittenFaqEntry[];
  readonly problems: readonly FaqProblem[];
}

/** Reads the text of a `faq.yaml`; what is wrong with one entry is a problem, and the others are kept. Never throws. */
export function parseFaq(text: string): WrittenFaq {
  const { items, problems } = readItems(text);
  const found: (WrittenFaqEntry & { readonly order: number })[] = [];
  const uniqueSlug = createUniqueSlugs();
  /** Question or variant to the question of its entry. */
  const taken = new Map<string, string>();
  for (const { value, line } of items) {
    const parsed = faqEntrySchema.safeParse(value);
    const question = questionOf(value);
    const tell = (message: string, isFatal: boolean) => problems.push({ line, question, message, isFatal });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const place = issue?.path.map((step) => (typeof step === 'number' ? step + 1 : String(step))).join(' ');
      tell(`${issue?.message ?? 'It cannot be read'}${place ? ` (at ${place})` : ''}.`, true);
      continue;
    }
    const { data } = parsed;
    const other = taken.get(phraseKey(data.question));
    if (other !== undefined) {
      tell(`It asks what “${other}” already asks. Make one entry of the two.`, true);
      continue;
    }
    taken.set(phraseKey(data.question), data.question);
    const variants: string[] = [];
    for (const variant of data.variants ?? []) {
      const owner = taken.get(phraseKey(variant));
      if (owner === undefined) {
        taken.set(phraseKey(variant), data.question);
        variants.push(variant);
      } else if (owner === data.question) tell(`The variant “${variant}” is there twice. Take one out.`, false);
      else tell(`The variant “${variant}” also stands under “${owner}”, which keeps it. Take one out.`, false);
    }
    found.push({
      id: uniqueSlug(slug(data.question, 'question')),
      question: data.question,
      variants,
      group: data.group ?? null,
      layout: data.layout ?? 'prose',
      answer: data.answer,
      line,
      order: data.order ?? found.length + 1,
    });
  }
  const entries = found.sort((one, other) => one.order - other.order).map(({ order: _, ...entry }) => entry);
  return { entries: inGroups(entries), problems: problems.sort((one, other) => one.line - other.line) };
}

interface Item {
  readonly value: unknown;
  readonly line: number;
}

interface Items {
  readonly items: readonly Item[];
  readonly problems: FaqProblem[];
}

/** The items of the list in the file. When it is no YAML, each item is read by itself, so that one mistake loses one entry. */
function readItems(text: string): Items {
  const whole = readList(text, 1);
  if (whole.problems.length === 0) return whole;
  const chunks = itemChunks(text);
  if (chunks.length < 2) return whole;
  const parts = chunks.map(({ text: chunk, line }) => readList(chunk, line));
  return { items: parts.flatMap(({ items }) => items), problems: parts.flatMap(({ problems }) => problems) };
}

function readList(text: string, firstLine: number): Items {
  const lineCounter = new LineCounter();
  const yaml = parseDocument(text, { lineCounter, schema: 'core', logLevel: 'silent' });
  const lineOf = (offset: number) => lineCounter.linePos(offset).line + firstLine - 1;
  const failed = (line: number, message: string): Items => ({
    items: [],
    problems: [{ line, question: null, message, isFatal: true }],
  });
  const [error] = yaml.errors;
  if (error !== undefined) {
    const why = error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/u, '');
    return failed(
      lineOf(error.pos[0]),
      `It is not YAML: ${why}. Check the indentation, and put quotation marks around a text that holds ": ".`,
    );
  }
  const { contents } = yaml;
  if (contents === null || (isScalar(contents) && contents.value === null)) return { items: [], problems: [] };
  if (!isSeq(contents)) return failed(firstLine, 'It is not a list. Start each entry with "- question: …".');
  try {
    const items = contents.items.map((node) => ({
      value: toPlain(node, yaml),
      line: lineOf(startOf(node) ?? contents.range?.[0] ?? 0),
    }));
    return { items, problems: [] };
  } catch (thrown) {
    // Thrown for aliases that unfold without end.
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return failed(firstLine, `It cannot be unfolded: ${message}. Write the entries out, without aliases.`);
  }
}

type Yaml = ReturnType<typeof parseDocument>;

function toPlain(node: unknown, yaml: Yaml): unknown {
  return hasMethod(node, 'toJS') ? node.toJS(yaml) : node;
}

function hasMethod(node: unknown, name: 'toJS'): node is { toJS(yaml: Yaml): unknown } {
  return typeof node === 'object' && node !== null && name in node;
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  return Array.isArray(node.range) && typeof node.range[0] === 'number' ? node.range[0] : undefined;
}

/** The text cut before each line that starts an item, at the indentation of the first one. */
function itemChunks(text: string): readonly { readonly text: string; readonly line: number }[] {
  const indent = /^([ \t]*)- /mu.exec(text)?.[1];
  if (indent === undefined) return [];
  const chunks: { text: string; readonly line: number }[] = [];
  for (const [at, line] of text.split(/\r\n|\n|\r/u).entries()) {
    const last = chunks.at(-1);
    if (line.startsWith(`${indent}- `)) chunks.push({ text: `${line}\n`, line: at + 1 });
    else if (last) last.text += `${line}\n`;
  }
  return chunks;
}

function questionOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('question' in value)) return null;
  return typeof value.question === 'string' && value.question.trim() !== '' ? value.question.trim() : null;
}

/** Entries of a group beside one another, groups in the order of their first entry. */
function inGroups(entries: readonly WrittenFaqEntry[]): readonly WrittenFaqEntry[] {
  const groups = [...new Set(entries.map(({ group }) => group))];
  return groups.flatMap((group) => entries.filter((entry) => entry.group === group));
}
