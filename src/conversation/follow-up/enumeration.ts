const longestItem = 5;
const mostOfPair = 2;

/** What a sentence counts up in one breath: "yoga, meditation or acupuncture" are three items; empty when it counts up nothing. */
export function enumerationIn(sentence: string): readonly string[] {
  return sentence
    .split(/[;:!?()—]|\.(?:\s|$)/u)
    .flatMap((clause) => [seriesIn(clause), pairIn(clause)])
    .reduce<readonly string[]>((most, items) => (items.length > most.length ? items : most), []);
}

/** "A, b and c", "a, b, and c". */
function seriesIn(clause: string): readonly string[] {
  const parts = clause.split(',').map((part) => part.trim());
  for (const [at, part] of parts.entries()) {
    if (at === 0) continue;
    const [before, last] = part.split(/(?:^|\s)(?:and|or)\s(.+)/iu);
    if (last === undefined) continue;
    const between = before ? [before] : [];
    let first = at - 1;
    while (first > 0 && isItem(parts[first] ?? '')) between.unshift(parts[first--] ?? '');
    const opened = parts[first] ?? '';
    if (between.length === 0 || !between.every(isItem) || (isLeadIn.test(opened) && !saysSo.test(opened))) continue;
    const most = Math.max(...between.map(lengthOf));
    return [lastOf(opened, most), ...between, firstOf(last, most, at < parts.length - 1)].map(withoutArticle);
  }
  return [];
}

/** Two things are a list only after words that say so: "techniques such as effleurage and kneading". */
function pairIn(clause: string): readonly string[] {
  const [, text] = clause.split(saysSo);
  const [first, second] = (text ?? '').split(/\s(?:and|or)\s(.+)/iu);
  if (!first || !second || !isItem(first)) return [];
  const [item = '', ...after] = second.split(',');
  const last = firstOf(item, Math.max(mostOfPair, lengthOf(first)), after.length > 0);
  // "Hormones such as cortisol and promotes the release": a verb goes on, and there is no second thing.
  return /\s(?:the|an?)$/iu.test(last) ? [] : [first, last].map(withoutArticle);
}

const saysSo = /\b(?:such as|including|namely|for example|between|both)\s(.+)/iu;

/** Words that a thing's name does not have: what is left of them leads up to it, what is right of them goes on after it. */
const border =
  '(?:such as|including|includes?|involv(?:es?|ing)|for example|namely|between|like|which|that|who|whom|whose|when|where|while|because|as|so|to|into|onto|can|could|may|might|will|would|should|must|is|are|was|were|be|been|has|have|had|do|does|did|in|on|at|for|from|of|with|by|about|through|each|both|all|then|but|if|after|before|during)';
const inside = new RegExp(`(?:^|\\s)${border}\\s`, 'iu');
const opener = new RegExp(`^.*(?:^|\\s)${border}\\s+(?=\\S)`, 'iu');
const ending = new RegExp(`\\s${border}\\s.*$`, 'iu');
/** "In deep tissue massage, …": what comes before the comma is no item. */
const isLeadIn =
  /^(?:in|on|at|as|by|through|under|among|with|for|after|before|during|when|while|if|because|to|over|and|but|so)\s/iu;

function isItem(part: string): boolean {
  const length = lengthOf(part);
  return length > 0 && length <= longestItem && !inside.test(part);
}

function lengthOf(part: string): number {
  return withoutArticle(part).split(/\s+/u).filter(Boolean).length;
}

function withoutArticle(part: string): string {
  return part.trim().replace(/^(?:the|an?|its|their|our|some)\s/iu, '');
}

/** The first item, at the end of what leads up to it; not longer than the others where nothing tells where it begins. */
function lastOf(part: string, most: number): string {
  const after = part.replace(opener, '');
  return after === part ? withoutArticle(part).split(/\s+/u).slice(-most).join(' ') : after;
}

function firstOf(part: string, most: number, isClosed: boolean): string {
  const cut = withoutArticle(part).replace(ending, '');
  const isWhole = cut === withoutArticle(part) && (isClosed || lengthOf(cut) <= longestItem);
  return isWhole ? cut : cut.split(/\s+/u).slice(0, most).join(' ');
}
