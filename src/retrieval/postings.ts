import type { Passage } from '../domain.ts';
import { contentStems } from '../language/stop-words.ts';

/** Which passages have which stems, by field. Equal passages give equal postings. */
export interface Postings {
  /** Number of passages. */
  readonly size: number;
  /** Every stem once, in ascending order of code units. */
  readonly terms: readonly string[];
  readonly headings: FieldPostings;
  readonly text: FieldPostings;
}

/** The list of term `t` is at `starts[t]` to `starts[t + 1] - 1` of the two others. */
export interface FieldPostings {
  readonly starts: Uint32Array;
  /** Passages, ascending within a list. */
  readonly ordinals: Uint32Array;
  /** How often the term is in the field, 1 to 255; more counts as 255, which BM25 can hardly tell from it. */
  readonly frequencies: Uint8Array;
}

export const maximumFrequency = 255;

/** Postings of an earlier list of passages, to take over what has not changed. */
export interface EarlierPostings {
  readonly postings: Postings;
  /** For each passage its ordinal in the earlier list, or -1 when it is new. */
  readonly ordinals: Int32Array;
}

/**
 * Postings of the passages under their place in the list, stems without stop words. With earlier ones, only new passages
 * are read; the result is the same.
 */
export function buildPostings(passages: Iterable<Passage>, earlier?: EarlierPostings): Postings {
  const places = new Map<string, number>();
  const headings = createCollector(places, earlier, ({ headings }) => headings);
  const text = createCollector(places, earlier, (postings) => postings.text);
  let size = 0;
  for (const passage of passages) {
    const known = earlier?.ordinals[size] ?? -1;
    headings.add(size, known, () => passage.headings.join('\n'));
    text.add(size, known, () => passage.sentences.map((sentence) => sentence.text).join('\n'));
    size += 1;
  }
  const terms = [...places.keys()].sort();
  const ranks = new Uint32Array(terms.length);
  for (const [rank, term] of terms.entries()) ranks[places.get(term) ?? 0] = rank;
  return { size, terms, headings: byTerm(headings.collected, ranks), text: byTerm(text.collected, ranks) };
}

/** One posting after another, in the order of the passages. */
interface Collected {
  /** Places of the terms in order of first appearance. */
  readonly places: number[];
  readonly ordinals: number[];
  readonly frequencies: number[];
}

/** Collects the postings of one field; `known` is the ordinal of the same passage in the earlier postings, or -1. */
function createCollector(
  termPlaces: Map<string, number>,
  earlier: EarlierPostings | undefined,
  fieldOf: (postings: Postings) => FieldPostings,
): { readonly collected: Collected; add(ordinal: number, known: number, read: () => string): void } {
  const collected: Collected = { places: [], ordinals: [], frequencies: [] };
  const forward = earlier && byPassage(fieldOf(earlier.postings), earlier.postings.size);
  const placeOf = (term: string): number => {
    const place = termPlaces.get(term) ?? termPlaces.size;
    if (place === termPlaces.size) termPlaces.set(term, place);
    return place;
  };
  const push = (place: number, ordinal: number, frequency: number) => {
    collected.places.push(place);
    collected.ordinals.push(ordinal);
    collected.frequencies.push(frequency);
  };
  return {
    collected,
    add(ordinal, known, read) {
      if (forward && known >= 0) {
        const end = forward.starts[known + 1] ?? 0;
        for (let at = forward.starts[known] ?? 0; at < end; at += 1) {
          const term = earlier.postings.terms[forward.ranks[at] ?? 0] ?? '';
          push(placeOf(term), ordinal, forward.frequencies[at] ?? 0);
        }
        return;
      }
      const counts = new Map<string, number>();
      for (const term of contentStems(read())) counts.set(term, (counts.get(term) ?? 0) + 1);
      for (const [term, count] of counts) push(placeOf(term), ordinal, Math.min(count, maximumFrequency));
    },
  };
}

/** The postings turned round: for passage `p` the ranks of its terms are at `starts[p]` to `starts[p + 1] - 1`. */
function byPassage({ starts, ordinals, frequencies }: FieldPostings, size: number) {
  const passageStarts = new Uint32Array(size + 1);
  for (const ordinal of ordinals) passageStarts[ordinal + 1] = (passageStarts[ordinal + 1] ?? 0) + 1;
  for (let at = 0; at < size; at += 1) passageStarts[at + 1] = (passageStarts[at + 1] ?? 0) + (passageStarts[at] ?? 0);
  const ends = passageStarts.slice();
  const turned = { ranks: new Uint32Array(ordinals.length), frequencies: new Uint8Array(ordinals.length) };
  for (let rank = 0; rank + 1 < starts.length; rank += 1) {
    for (let at = starts[rank] ?? 0; at < (starts[rank + 1] ?? 0); at += 1) {
      const ordinal = ordinals[at] ?? 0;
      const to = ends[ordinal] ?? 0;
      turned.ranks[to] = rank;
      turned.frequencies[to] = frequencies[at] ?? 0;
      ends[ordinal] = to + 1;
    }
  }
  return { starts: passageStarts, ...turned };
}

/** Sorts the postings by the ranks of their terms; passages stay in order (a counting sort). */
function byTerm({ places, ordinals, frequencies }: Collected, ranks: Uint32Array): FieldPostings {
  const starts = new Uint32Array(ranks.length + 1);
  for (const place of places) {
    const next = (ranks[place] ?? 0) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let rank = 0; rank < ranks.length; rank += 1) starts[rank + 1] = (starts[rank + 1] ?? 0) + (starts[rank] ?? 0);
  const ends = starts.slice();
  const sorted = { ordinals: new Uint32Array(places.length), frequencies: new Uint8Array(places.length) };
  for (const [at, place] of places.entries()) {
    const rank = ranks[place] ?? 0;
    const to = ends[rank] ?? 0;
    sorted.ordinals[to] = ordinals[at] ?? 0;
    sorted.frequencies[to] = frequencies[at] ?? 0;
    ends[rank] = to + 1;
  }
  return { starts, ...sorted };
}
