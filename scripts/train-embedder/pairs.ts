import { stemmed } from '../../src/language/tokens.ts';
import { isCommon } from './vocabulary.ts';
import type { Pointer, Synset } from './wordnet.ts';

/** Texts as weighted bags of stems, one after the other: text t is the places starts[t] to starts[t + 1]. */
export interface Bags {
  readonly count: number;
  readonly starts: Int32Array;
  readonly stems: Int32Array;
  /** log1p of the stem's count in the text. */
  readonly weights: Float32Array;
}

/** `entry` joins all that two related synsets say. */
export const pairKinds = ['lemma-definition', 'synonym', 'relation', 'example-definition', 'entry'] as const;
export type PairKind = (typeof pairKinds)[number];

/** Pairs of texts of one kind that mean much the same: text left[i] with text right[i]. */
export interface Pairs {
  readonly kind: PairKind;
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/** Collects distinct texts as bags of the vocabulary's stems. */
export function createBagCollector(stems: readonly string[]) {
  const rows = new Map(stems.map((stem, row) => [stem, row]));
  const known = new Map<string, number>();
  const starts: number[] = [0];
  const stemRows: number[] = [];
  const weights: number[] = [];
  return {
    /** Number of the text's bag, the same for texts with the same stems; −1 when it has no known stem. */
    add(text: string): number {
      const counts = new Map<number, number>();
      for (const stem of stemmed(text)) {
        const row = rows.get(stem);
        if (row !== undefined) counts.set(row, (counts.get(row) ?? 0) + 1);
      }
      if (counts.size === 0) return -1;
      const bag = [...counts].sort(([a], [b]) => a - b);
      const key = bag.join(' ');
      const before = known.get(key);
      if (before !== undefined) return before;
      known.set(key, starts.length - 1);
      for (const [row, count] of bag) {
        stemRows.push(row);
        weights.push(Math.log1p(count));
      }
      starts.push(stemRows.length);
      return starts.length - 2;
    },
    bags(): Bags {
      return {
        count: starts.length - 1,
        starts: Int32Array.from(starts),
        stems: Int32Array.from(stemRows),
        weights: Float32Array.from(weights),
      };
    },
  };
}

export type BagCollector = ReturnType<typeof createBagCollector>;

/** Hypernym, derivation, similar and entailment: wninput(5WN). */
const relationSymbols = new Set(['@', '+', '&', '*']);
/** Relations that are written down at one end only. */
const directedSymbols = new Set(['@', '*']);

/** The training pairs of the synsets; proper nouns take no part. */
export function collectPairs(synsets: readonly Synset[], collector: BagCollector): Pairs[] {
  const byId = new Map(synsets.map((synset) => [synset.id, synset]));
  const lists = new Map<PairKind, { left: number[]; right: number[] }>(
    pairKinds.map((kind) => [kind, { left: [], right: [] }]),
  );
  const add = (kind: PairKind, leftText: string, rightText: string) => {
    const left = collector.add(leftText);
    const right = collector.add(rightText);
    if (left < 0 || right < 0 || left === right) return;
    lists.get(kind)?.left.push(left);
    lists.get(kind)?.right.push(right);
  };
  for (const synset of synsets) {
    const lemmas = synset.lemmas.filter(isCommon);
    if (lemmas.length === 0) continue;
    for (const [place, lemma] of lemmas.entries()) {
      add('lemma-definition', lemma, synset.definition);
      for (const synonym of lemmas.slice(place + 1)) add('synonym', lemma, synonym);
    }
    for (const example of synset.examples) add('example-definition', example, synset.definition);
    for (const pointer of synset.pointers) {
      if (!relationSymbols.has(pointer.symbol)) continue;
      const related = byId.get(pointer.target);
      if (related === undefined || !related.lemmas.some(isCommon)) continue;
      if (related.id < synset.id && !directedSymbols.has(pointer.symbol)) continue;
      add('entry', entry(synset), entry(related));
      const [from, to] = ends(pointer, synset, related);
      if (from !== undefined && to !== undefined) add('relation', from, to);
    }
  }
  return [...lists].map(([kind, { left, right }]) => ({
    kind,
    left: Int32Array.from(left),
    right: Int32Array.from(right),
  }));
}

/** All that a synset says, as one text of the length of a passage. */
function entry({ lemmas, definition, examples }: Synset): string {
  return [...lemmas.filter(isCommon), definition, ...examples].join(' ');
}

/** The words that a pointer joins; for synsets as a whole, their first common lemmas. */
function ends(pointer: Pointer, synset: Synset, related: Synset): readonly (string | undefined)[] {
  const words =
    pointer.words === null
      ? [synset.lemmas.find(isCommon), related.lemmas.find(isCommon)]
      : [synset.lemmas[pointer.words.from], related.lemmas[pointer.words.to]];
  return words.map((word) => (word !== undefined && isCommon(word) ? word : undefined));
}
