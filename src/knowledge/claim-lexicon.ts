import { parse } from 'yaml';
import { z } from 'zod';
import { NapeError } from '../errors.ts';

const words = z.array(z.string().min(1)).min(1);

const lexicon = z.strictObject({
  own: z.strictObject({
    benefit: words,
    assurance: words,
    likelihood: words,
    profession: words,
    condition: words,
  }),
  /** Verbs by which an article says that something does good. */
  benefitVerbs: words,
  /** Conditions of an article's sentences; milder ones than in Nape's own words count too. */
  articleConditions: words,
});

const exceptions = z.array(
  z.strictObject({
    word: z.string().min(1),
    /** Only in this text; anywhere when missing. */
    where: z.string().optional(),
    /** Only in a sentence that holds this; in any when missing. */
    within: z.string().optional(),
    reason: z.string().min(1),
  }),
);

const acknowledged = z.array(
  z.strictObject({ file: z.string().min(1), sentence: z.string().min(1), reason: z.string().min(1) }),
);

export type ClaimLexicon = z.infer<typeof lexicon>;
export type ClaimException = z.infer<typeof exceptions>[number];
export type AcknowledgedClaim = z.infer<typeof acknowledged>[number];

/** Reads `lexicons/claims.yaml`. Throws a `config-invalid` NapeError that names the first mistake. */
export function parseClaimLexicon(file: string, text: string): ClaimLexicon {
  return checked(file, text, lexicon);
}

/** Reads `lexicons/claim-exceptions.yaml`: words that are no claim where they stand, each with its reason. */
export function parseClaimExceptions(file: string, text: string): readonly ClaimException[] {
  return checked(file, text, exceptions);
}

/** Reads `acknowledged-claims.yaml` of a knowledge folder: sentences that the owner stands by, each with a reason. */
export function parseAcknowledgedClaims(file: string, text: string): readonly AcknowledgedClaim[] {
  return checked(file, text, acknowledged);
}

function checked<Value>(file: string, text: string, schema: z.ZodType<Value>): Value {
  let content: unknown;
  try {
    content = parse(text);
  } catch (cause) {
    throw new NapeError('config-invalid', `${file} is not YAML. Correct it, or restore the file that came with Nape.`, {
      cause,
    });
  }
  const parsed = schema.safeParse(content ?? []);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new NapeError(
    'config-invalid',
    `${file} has a mistake at ${issue?.path.join('.') || 'the top'}: ${issue?.message ?? 'unknown'}. Correct it.`,
  );
}
