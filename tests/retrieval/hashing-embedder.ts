import { contentWords } from '../../src/language/stop-words.ts';
import { stem } from '../../src/language/tokens.ts';
import type { Embedder } from '../../src/models/embedder.ts';

const dimension = 512;
/**
 * Weight of one character trigram beside 1 for a stem, between 0 and 1: enough that a misspelt or compound word
 * still meets its neighbours, little enough that shared letters alone do not look like a shared subject.
 */
const trigramWeight = 0.2;

/**
 * A deterministic embedder that needs no model: signed feature hashing (K. Weinberger et al., "Feature Hashing for
 * Large Scale Multitask Learning", 2009) of stems and character trigrams, weighted log(1 + tf), of unit length.
 */
export function createHashingEmbedder(): Embedder {
  return {
    identity: 'hashing-512-v1',
    dimension,
    async embedPassages(texts, signal) {
      signal?.throwIfAborted();
      return texts.map(embed);
    },
    async embedQuery(text, signal) {
      signal?.throwIfAborted();
      return embed(text);
    },
  };
}

function embed(text: string): Float32Array {
  const counts = new Map<string, number>();
  const count = (feature: string) => counts.set(feature, (counts.get(feature) ?? 0) + 1);
  for (const word of contentWords(text)) {
    count(`=${stem(word)}`);
    const bounded = `^${word}$`;
    for (let at = 0; at + 3 <= bounded.length; at += 1) count(bounded.slice(at, at + 3));
  }
  const vector = new Float32Array(dimension);
  for (const [feature, occurrences] of counts) {
    const hash = fnv1a(feature);
    const place = hash % dimension;
    const weight = Math.log1p(occurrences) * (feature.startsWith('=') ? 1 : trigramWeight);
    // The highest bit is the sign: colliding features cancel as often as they add up.
    vector[place] = (vector[place] ?? 0) + (hash >>> 31 ? -weight : weight);
  }
  return unitLength(vector);
}

function unitLength(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((component) => component / length) : vector;
}

/** 32-bit FNV-1a over UTF-16 code units, with a final mix so that every bit depends on every character. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
