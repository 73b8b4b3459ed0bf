import { type Claim, type Finding, type Gate, ownTexts } from './claim.ts';

/** A verb that claims a medical effect, where the window does not use the verb. */
export const effectGate: Gate = {
  name: 'effect',
  kind: 'hard',
  check: (claim) => [...findingsOf(claim, 'cure'), ...findingsOf(claim, 'prevent')],
};

function findingsOf(claim: Claim, group: 'cure' | 'prevent'): readonly Finding[] {
  const { terms, formsOf } = claim.lexicons.effects[group];
  const stated = new Set(ownTexts(claim).flatMap(({ tokens }) => terms.find(tokens).map(({ key }) => key)));
  return terms
    .find(claim.sentence.tokens)
    .filter(({ key }) => !isStated(claim, key, formsOf(key), stated, group))
    .map(({ key }) => ({ words: [key.replaceAll('_', ' ')], why: 'the passage does not claim this effect' }));
}

/**
 * The passage has the form itself, or a verb form for a verb form. A noun or an adjective of the verb ("preventive")
 * carries only a limited verb of the group [prevent] ("helps to prevent").
 */
function isStated(
  claim: Claim,
  form: string,
  forms: readonly string[],
  stated: ReadonlySet<string>,
  group: 'cure' | 'prevent',
): boolean {
  if (stated.has(form)) return true;
  const related = forms.filter((other) => stated.has(other));
  if (related.length === 0 || !isVerbForm(form, forms)) return false;
  if (related.some((other) => isVerbForm(other, forms))) return true;
  const { modal, help } = claim.lexicons.hedges;
  return group === 'prevent' && [modal, help].some((set) => set.find(claim.sentence.tokens).length > 0);
}

/** Whether a form is the verb itself, its -s, -ed or -ing form, as far as its ending tells. */
function isVerbForm(form: string, [base = '']: readonly string[]): boolean {
  return [base, `${base}s`, `${base}es`, `${base}ed`, `${base}d`].includes(form) || form.endsWith('ing');
}
