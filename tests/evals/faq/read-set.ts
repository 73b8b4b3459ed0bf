import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const schema = z.strictObject({
  about: z.string(),
  /** Questions in other words than the FAQ has, each with the id of the entry that answers it. */
  matches: z.array(z.strictObject({ question: z.string(), entry: z.string() })),
  /** Questions near an entry that none of them answers. */
  nearNegatives: z.array(z.string()),
});

/** One half of the questions that the matching is measured on. */
export async function readFaqSet(name: 'tune' | 'final') {
  return schema.parse(JSON.parse(await readFile(fileURLToPath(new URL(`${name}.json`, import.meta.url)), 'utf8')));
}
