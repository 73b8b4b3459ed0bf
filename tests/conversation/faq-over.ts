import { fileURLToPath } from 'node:url';
import { loadLexicons } from '../../src/answering/lexicons/load-lexicons.ts';
import { createVerify } from '../../src/answering/verify.ts';
import { createCheckFaq, type Faq, type FaqGround } from '../../src/conversation/check-faq.ts';
import { type Curated, createCurated } from '../../src/conversation/curated.ts';
import { createReadPhrasing, loadPhrasingWords } from '../../src/conversation/phrasing.ts';
import { parseFaq } from '../../src/knowledge/parse-faq.ts';
import { openClaimLint } from '../../src/knowledge/read-articles.ts';
import { silentLog } from '../../src/log.ts';
import type { Embedder } from '../../src/models/embedder.ts';
import { loadStaticWeights } from '../../src/models/static-weights.ts';
import { embedder, everyUtterance, triageOutput } from './ask-over.ts';

const folder = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const lexicons = await loadLexicons();
const lint = await openClaimLint(folder('lexicons'), folder('knowledge'));
const readPhrasing = createReadPhrasing(await loadPhrasingWords());
const { rows } = await loadStaticWeights(folder('models/static-stems'));
const vocabulary = [...rows.keys()];

export const checkFaq = createCheckFaq(async (ground) => ({
  verify: createVerify({ ...ground, lexicons }),
  lint,
  triageOutput,
}));

/** The text of a `faq.yaml` held against some passages. */
export function faqOver(text: string, ground: FaqGround): Promise<Faq> {
  return checkFaq(parseFaq(text), ground);
}

/** The matching over one FAQ, with the shipped offline parts unless told otherwise. */
export function curatedOver(faq: Faq, parts: { readonly embedder?: Embedder } = {}): Curated {
  return createCurated({
    entries: () => faq.entries,
    embedder: parts.embedder ?? embedder,
    utterances: everyUtterance,
    vocabulary,
    readPhrasing: async () => readPhrasing,
    relations: async () => lexicons.relations,
    log: silentLog,
  });
}
