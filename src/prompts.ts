import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { NapeError } from './errors.ts';

export interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** One delimited piece of data: `<tag attribute="…">text</tag>` in the prompt. */
export interface PromptBlock {
  readonly tag: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly text: string;
}

/** Data for a variable; whatever it holds, it cannot end the delimiters around it. */
export type PromptValue = string | readonly PromptBlock[];

export interface Prompt<Variable extends string> {
  readonly purpose: string;
  /** First 12 hex digits of the file's SHA-256, for the log. */
  readonly version: string;
  render(values: Readonly<Record<Variable, PromptValue>>): readonly PromptMessage[];
}

/** The variables that the code fills in, for each file `prompts/<name>.md`. */
const promptVariables = {
  answer: ['passages', 'question'],
  standalone: ['turns', 'question'],
  judge: ['passages', 'sentences'],
} as const;

type PromptName = keyof typeof promptVariables;
export type Prompts = { readonly [Name in PromptName]: Prompt<(typeof promptVariables)[Name][number]> };

/** Reads every prompt of a folder; throws a `config-invalid` NapeError that names the file and what is wrong. */
export async function loadPrompts(folder: string): Promise<Prompts> {
  const load = async <Name extends PromptName>(name: Name): Promise<Prompts[Name]> => {
    const file = join(folder, `${name}.md`);
    const source = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw new NapeError('config-invalid', `The prompt ${file} cannot be read. Restore the file.`, { cause });
    });
    const variables: readonly (typeof promptVariables)[Name][number][] = promptVariables[name];
    return parsePrompt(`${name}.md`, source, variables);
  };
  // In turn, so that the same faulty folder always names the same file.
  return { answer: await load('answer'), standalone: await load('standalone'), judge: await load('judge') };
}

const frontMatter = z.strictObject({
  purpose: z.string().min(1),
  /** What each variable holds, in words. */
  variables: z.record(z.string(), z.string().min(1)),
});

/** A prompt of one file: front matter, then `# system` and `# user` with their text. */
export function parsePrompt<Variable extends string>(
  file: string,
  source: string,
  variables: readonly Variable[],
): Prompt<Variable> {
  const refuse = (problem: string): never => {
    throw new NapeError('config-invalid', `The prompt ${file} ${problem}`);
  };
  const text = source.replaceAll('\r\n', '\n');
  const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? refuse('has no front matter.');
  const { purpose, variables: described } = parseFrontMatter(head, refuse);
  const [, system = '', user = ''] =
    /^\s*# system\n([\s\S]*?)\n# user\n([\s\S]*)$/.exec(body) ?? refuse('needs "# system" and after it "# user".');

  if (/\{\{/.test(system)) refuse('has a variable under "# system": data belongs under "# user".');
  const used = [...user.matchAll(/\{\{([^{}]*)\}\}/g)].map(([, name = '']) => name.trim());
  const known: readonly string[] = variables;
  for (const name of [...used, ...Object.keys(described)]) {
    if (!known.includes(name)) refuse(`has the unknown variable "${name}". Known are: ${known.join(', ')}.`);
  }
  for (const name of variables) {
    if (!used.includes(name)) refuse(`does not use the variable "${name}".`);
    if (described[name] === undefined) refuse(`does not describe the variable "${name}" in its front matter.`);
    const isDelimited = new RegExp(`<([a-z]+)>\\n\\{\\{\\s*${name}\\s*\\}\\}\\n</\\1>`).test(user);
    if (!isDelimited || used.filter((other) => other === name).length > 1) {
      refuse(`must have the variable "${name}" once, on a line of its own between <tag> and </tag>.`);
    }
  }

  return {
    purpose,
    version: createHash('sha256').update(source).digest('hex').slice(0, 12),
    render(values) {
      const given: Readonly<Record<string, PromptValue>> = values;
      for (const name of Object.keys(given)) if (!known.includes(name)) refuse(`has no variable "${name}".`);
      const content = user.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => {
        // An own property only: `constructor` is no value.
        const value = Object.hasOwn(given, name) ? given[name] : undefined;
        return value === undefined ? refuse(`got no value for the variable "${name}".`) : renderValue(value);
      });
      return [
        { role: 'system', content: system.trim() },
        { role: 'user', content: content.trim() },
      ];
    },
  };
}

function parseFrontMatter(head: string, refuse: (problem: string) => never): z.infer<typeof frontMatter> {
  let fields: unknown;
  try {
    fields = parse(head);
  } catch (thrown) {
    return refuse(`has front matter that is not YAML: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  const parsed = frontMatter.safeParse(fields);
  if (parsed.success) return parsed.data;
  return refuse(`has mistakes in its front matter:\n${z.prettifyError(parsed.error)}`);
}

function renderValue(value: PromptValue): string {
  if (typeof value === 'string') return asData(value);
  return value
    .map(({ tag, attributes = {}, text }) => {
      const named = Object.entries(attributes).map(
        ([name, of]) => ` ${name}="${asData(String(of)).replaceAll('"', '&quot;')}"`,
      );
      return `<${tag}${named.join('')}>${asData(text)}</${tag}>`;
    })
    .join('\n');
}

/** Text without `<` and `>`, so that it can neither end its delimiter nor pose as a message border of a model. */
function asData(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('>', '&gt;').toWellFormed().trim();
}
