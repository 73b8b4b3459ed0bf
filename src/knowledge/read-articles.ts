import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Document, KnowledgeProblem, Passage } from '../domain.ts';
import { parseAcknowledgedClaims, parseClaimExceptions, parseClaimLexicon } from './claim-lexicon.ts';
import { type ArticleClaim, type ClaimLint, createClaimLint } from './claim-lint.ts';
import { createIsQuotable, hiddenTextProblems } from './hidden-text.ts';
import { loadKnowledge } from './load-knowledge.ts';
import { splitPassages } from './split-passages.ts';

/** The articles of a folder as they are indexed, with everything that their owner should know. */
export interface Articles {
  readonly documents: readonly Document[];
  readonly passages: readonly Passage[];
  readonly problems: readonly KnowledgeProblem[];
}

/** Name of the file in a knowledge folder that lists the claims its owner stands by. */
export const acknowledgedClaimsFile = 'acknowledged-claims.yaml';

/** The claim lint with the project's words and the acknowledgements of one knowledge folder. */
export async function openClaimLint(lexicons: string, knowledge: string): Promise<ClaimLint> {
  const claims = join(lexicons, 'claims.yaml');
  const exceptions = join(lexicons, 'claim-exceptions.yaml');
  const acknowledged = join(knowledge, acknowledgedClaimsFile);
  const [claimText, exceptionText, acknowledgedText] = await Promise.all([
    readFile(claims, 'utf8'),
    readFile(exceptions, 'utf8'),
    // A folder without the file has acknowledged nothing.
    readFile(acknowledged, 'utf8').catch(() => '[]'),
  ]);
  return createClaimLint({
    lexicon: parseClaimLexicon(claims, claimText),
    exceptions: parseClaimExceptions(exceptions, exceptionText),
    acknowledged: parseAcknowledgedClaims(acknowledged, acknowledgedText),
  });
}

/**
 * Reads, splits and checks the articles: what hides or gives orders is told, and its sentences are never quoted. With a
 * lint, their claims are told as well.
 */
export async function readArticles(directory: string, lint: ClaimLint | null): Promise<Articles> {
  const { documents, problems } = await loadKnowledge(directory);
  return {
    documents,
    passages: documents.flatMap(quotablePassages),
    problems: [
      ...problems,
      ...documents.flatMap(({ file, source }) => hiddenTextProblems(file, source)),
      ...documents.flatMap((document) => (lint?.article(document) ?? []).flatMap(claimProblem)),
    ],
  };
}

/** The passages of a document without the sentences that must not be quoted. */
export function quotablePassages(document: Document): readonly Passage[] {
  const isQuotable = createIsQuotable(document.source);
  return splitPassages(document).flatMap((passage) => {
    const sentences = passage.sentences.filter(isQuotable);
    return sentences.length === 0 ? [] : [{ ...passage, sentences }];
  });
}

function claimProblem({ file, line, sentence, reason }: ArticleClaim): readonly KnowledgeProblem[] {
  if (reason !== null) return [];
  const message = `Line ${line} says that something does good to a condition: “${sentence}” Change it, or list it with your reason in ${acknowledgedClaimsFile}.`;
  return [{ file, message }];
}
