import { describe, expect, it } from 'vitest';
import { embeddedText } from '../../src/retrieval/embed-passages.ts';
import { keywordWeight } from '../../src/retrieval/knowledge-index.ts';
import { corpusOf, largeCorpus, smallCorpus } from './corpus.ts';
import { createHashingEmbedder } from './hashing-embedder.ts';
import { indexFolders } from './index-folder.ts';

const { build } = indexFolders();

describe('knowledge index', () => {
  it('search > a question and the passage that answers it first', async () => {
    const { index } = await build(null);
    const expected = {
      'What is shiatsu?': 'kinds-of-massage/2',
      'Does a Swedish massage use oil?': 'kinds-of-massage/1',
      'How early should I arrive before my visit?': 'before-the-visit/1',
      'My neck is stiff from the desk': 'about-the-neck/3',
      'feather pillow': 'a-pillow-that-fits/2',
    };
    for (const [query, id] of Object.entries(expected)) {
      const found = await index.search(query);
      expect(found[0]?.passage.id.split('#')[1], query).toBe(id);
    }
  });

  it('search > the score is the cosine plus the weighted BM25, in descending order', async () => {
    const { index } = await build(null);
    const found = await index.search('neck stiff desk', { limit: 100 });
    expect(found.length).toBeGreaterThan(3);
    expect(found[0]?.keywordScore).toBeGreaterThan(0);
    for (const { score, similarity, keywordScore } of found) {
      expect(score).toBeCloseTo(similarity + keywordWeight * keywordScore, 12);
    }
    const scores = found.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((one, other) => other - one));
  });

  it('search > the similarity is the cosine of the embedder', async () => {
    const embedder = createHashingEmbedder();
    const { index } = await build(null, { embedder });
    const query = await embedder.embedQuery('stiff neck');
    for (const { passage, similarity } of await index.search('stiff neck')) {
      const [vector] = await embedder.embedPassages([embeddedText(passage)]);
      expect(similarity).toBeCloseTo(
        vector!.reduce((sum, value, at) => sum + value * query[at]!, 0),
        5,
      );
    }
  });

  it('search > nothing in common, only stop words or nothing asked and no passages', async () => {
    const { index } = await build(null);
    for (const query of ['', '   ', 'what is this about', '?!']) expect(await index.search(query)).toEqual([]);
  });

  it('search > one search leaves nothing behind for the next', async () => {
    const { index } = await build(null);
    const before = await index.search('pillow');
    await Promise.all([index.search('neck massage'), index.search('shiatsu'), index.search('water')]);
    expect(await index.search('pillow')).toEqual(before);
  });

  it('search > equal passages and reading order', async () => {
    const { index } = await build(null, corpusOf({ twins: { One: ['warm oil', 'cold oil', 'warm oil'] } }));
    const found = await index.search('warm oil');
    expect(found.map(({ passage }) => passage.id)).toEqual(['twins#one/1', 'twins#one/3', 'twins#one/2']);
  });

  it('search > a limit and at most so many, 8 when nothing is said', async () => {
    const { index } = await build(null, largeCorpus(400));
    const query = index.passages[5]!.text;
    expect(await index.search(query)).toHaveLength(8);
    expect(await index.search(query, { limit: 3 })).toEqual((await index.search(query)).slice(0, 3));
    expect(await index.search(query, { limit: 0 })).toEqual([]);
  });

  it('search > a large index with a graph and without one and the same passages', async () => {
    const corpus = largeCorpus(1200);
    const graph = (await build(null, corpus)).index;
    const exact = (await build(null, { ...corpus, hnsw: null })).index;
    expect([graph.kind, exact.kind]).toEqual(['hnsw', 'exact']);
    for (let at = 0; at < 1200; at += 40) {
      const query = corpus.passages[at]!.text.split(' ').slice(2, 8).join(' ');
      const found = await graph.search(query);
      expect(found.length).toBeGreaterThan(0);
      expect(found).toEqual(await exact.search(query));
    }
  });

  it('search > a large index and every score is in full, also for what only one side found', async () => {
    const corpus = largeCorpus(1200);
    const { index } = await build(null, corpus);
    const query = corpus.passages[77]!.text;
    const embedder = createHashingEmbedder();
    const vector = await embedder.embedQuery(query);
    const found = await index.search(query, { limit: 150 });
    expect(found[0]?.passage).toEqual(corpus.passages[77]);
    expect(found).toHaveLength(150);
    for (const { passage, similarity, keywordScore } of found) {
      const [other] = await embedder.embedPassages([embeddedText(passage)]);
      expect(similarity).toBeCloseTo(
        other!.reduce((sum, value, at) => sum + value * vector[at]!, 0),
        5,
      );
      const shared = passage.text.split(/\W+/).some((word) => word && query.split(/\W+/).includes(word));
      expect(keywordScore > 0).toBe(shared);
    }
  });

  it('search > the signal is aborted and so is the search', async () => {
    const { index } = await build(null);
    await expect(index.search('neck', { signal: AbortSignal.abort(new Error('gone away')) })).rejects.toThrow(
      'gone away',
    );
  });

  it('search > the embedder gives a vector that is not finite and the error says so', async () => {
    const inner = createHashingEmbedder();
    const embedQuery = async () => new Float32Array(512).fill(Number.NaN);
    const { index } = await build(null, { embedder: { ...inner, embedQuery } });
    await expect(index.search('neck')).rejects.toMatchObject({ code: 'index-unavailable' });
  });

  it('passage > an id and its passage, or nothing', async () => {
    const { index } = await build(null);
    expect(index.passage('sleep#a-pillow-that-fits/2')?.text).toBe('Feather pillows lose height.');
    expect(index.passage('sleep#a-pillow-that-fits/9')).toBeUndefined();
    expect(index.passage('__proto__')).toBeUndefined();
  });

  it('documents > the outline without the text', async () => {
    const { index } = await build(null);
    expect(index.documents.map(({ id }) => id)).toEqual(['massage', 'sleep']);
    expect(index.documents[0]?.sections.map(({ heading }) => heading)).toEqual([
      'About the Neck',
      'Kinds of Massage',
      'Before the Visit',
    ]);
    expect(index.documents[0]).not.toHaveProperty('source');
    expect(index.documents[0]?.sections[0]).not.toHaveProperty('paragraphs');
    expect(index.passages).toEqual(smallCorpus.passages);
  });
});
