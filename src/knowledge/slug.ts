const maximumLength = 80;

const spelled: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/** Lower case, Latin letters without accents, letters and digits of other scripts kept, the rest hyphens. */
export function slug(text: string, fallback: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßæœøđðłþı]/g, (letter) => spelled[letter] ?? letter)
    .replace(/['’]/g, '');
  const hyphened = (plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join('-');
  if (hyphened.length <= maximumLength) return hyphened || fallback;
  const cut = hyphened.slice(0, maximumLength);
  const lastHyphen = cut.lastIndexOf('-');
  return lastHyphen > 0 ? cut.slice(0, lastHyphen) : cut.replace(/[\uD800-\uDBFF]$/, '');
}

/** Returns what it is given, with `-2`, `-3` and so on when it was given before. */
export function createUniqueSlugs(): (wanted: string) => string {
  const taken = new Set<string>();
  const next = new Map<string, number>();
  return (wanted) => {
    let found = wanted;
    for (let n = next.get(wanted) ?? 2; taken.has(found); n += 1) {
      found = `${wanted}-${n}`;
      next.set(wanted, n + 1);
    }
    taken.add(found);
    return found;
  };
}
