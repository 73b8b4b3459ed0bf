import { type Finding, type Gate, ownTexts } from './claim.ts';
import { phrases } from './source-text.ts';

/** The name of a section, such as a technique, beside a window of another section that does not name it. */
export const bindingGate: Gate = {
  name: 'binding',
  kind: 'hard',
  check(claim) {
    const { names } = claim.article;
    const stated = new Set(ownTexts(claim).flatMap((text) => [...namesIn(text, names)]));
    return [...namesIn(claim.sentence, names)]
      .filter((name) => !stated.has(name))
      .map((key): Finding => {
        const heading = names.find((name) => name.key === key)?.heading ?? key;
        return { words: [key.replaceAll('_', ' ')], why: `the passage does not speak of "${heading}"` };
      });
  },
};

function namesIn(text: Parameters<typeof phrases>[0], names: readonly { readonly key: string }[]): ReadonlySet<string> {
  const keys = new Set([...text.tokens.map(({ stem }) => stem), ...[...phrases(text)].map(({ key }) => key)]);
  return new Set(names.map(({ key }) => key).filter((key) => keys.has(key)));
}
