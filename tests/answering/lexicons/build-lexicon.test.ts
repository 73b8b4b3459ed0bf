import { describe, expect, it } from 'vitest';
import { buildRelations, keyOf } from '../../../scripts/build-lexicon/relations.ts';
import type { Sense, Senses } from '../../../scripts/build-lexicon/senses.ts';
import type { Pointer, Synset, WordNet } from '../../../scripts/train-embedder/wordnet.ts';

function synset(id: string, lemmas: readonly string[], pointers: readonly Pointer[] = []): Synset {
  return { id, lemmas, pointers, definition: '', examples: [] };
}

function to(symbol: string, target: string, words: Pointer['words'] = null): Pointer {
  return { symbol, target, words };
}

const synsets = [
  synset('v1', ['ease', 'relieve', 'let up'], [to('@', 'v2'), to('+', 'n1', { from: 1, to: 0 })]),
  synset('v2', ['improve', 'better']),
  synset('n1', ['relief', 'respite']),
  synset('v3', ['ease', 'move'], []),
  synset('a1', ['tense'], [to('!', 'a2', { from: 0, to: 0 })]),
  synset('a2', ['relaxed'], [to('!', 'a1', { from: 0, to: 0 })]),
  synset('a3', ['strained'], [to('&', 'a1')]),
];

function sense(id: string, number: number, count: number): Sense {
  return { synset: id, part: id.startsWith('v') ? 'v' : id.startsWith('n') ? 'n' : 'a', number, count };
}

const senses: Senses = new Map([
  ['ease', [sense('v1', 1, 5), sense('v3', 2, 0)]],
  ['relieve', [sense('v1', 1, 3)]],
  ['let up', [sense('v1', 1, 1)]],
  ['improve', [sense('v2', 1, 9)]],
  ['better', [sense('v2', 1, 1)]],
  ['relief', [sense('n1', 1, 4)]],
  ['respite', [sense('n1', 1, 1)]],
  ['move', [sense('v3', 1, 2)]],
  ['tense', [sense('a1', 1, 2)]],
  ['relaxed', [sense('a2', 1, 2)]],
  ['strained', [sense('a3', 1, 1)]],
]);
const wordNet: WordNet = { synsets, licence: '' };

describe('buildRelations', () => {
  const relations = buildRelations(wordNet, senses, 100);
  const of = (key: string) => relations.get(key);

  it('a stem > has the synonyms and hypernyms of its common senses only', () => {
    expect([...(of('eas')?.synonyms ?? [])].sort()).toEqual(['let_up', 'reliev']);
    expect([...(of('eas')?.hypernyms ?? [])]).toEqual(['improv', 'better']);
  });

  it('a derivation > belongs to the word that has it', () => {
    expect([...(of('reliev')?.derivations ?? [])]).toEqual(['relief']);
    expect([...(of('eas')?.derivations ?? [])]).toEqual([]);
  });

  it('a satellite adjective > has its head as the wider word, with its antonyms', () => {
    expect([...(of('strain')?.hypernyms ?? [])]).toEqual(['tens']);
    expect([...(of('strain')?.antonyms ?? [])]).toEqual(['relax']);
  });

  it('a limit > keeps the most frequent stems and no relation to the others', () => {
    const few = buildRelations(wordNet, senses, 2);
    expect([...few.keys()]).toEqual(['eas', 'improv']);
    expect([...(few.get('eas')?.hypernyms ?? [])]).toEqual(['improv']);
    expect([...(few.get('eas')?.synonyms ?? [])]).toEqual([]);
  });

  it('keyOf > refuses names, numbers, function words and long phrases', () => {
    expect(['let go', 'well-being', 'Paris', '90', 'the', 'a bird in the hand'].map(keyOf)).toEqual([
      'let_go',
      'well_be',
      null,
      null,
      null,
      null,
    ]);
  });
});
