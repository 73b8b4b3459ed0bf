import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Candidate, type VerifiedEvent, verifiedSentences } from '../../src/answering/verified-sentences.ts';
import { verifyOver } from './verify-over.ts';

const path = new URL('../../knowledge/neck-and-spine-massage.md', import.meta.url);
const { verify, section } = verifyOver({ 'neck-and-spine-massage.md': readFileSync(path, 'utf8') });
const passages = [...section('blood-circulation'), ...section('shiatsu'), ...section('stress-reduction')];
const [circulation = '', shiatsu = ''] = passages.map(({ id }) => id);
const circulates: Candidate = { text: 'Massage helps improve blood circulation.', citations: [circulation] };
const cures: Candidate = { text: 'Massage cures poor blood circulation.', citations: [circulation] };

async function eventsOf(candidates: readonly Candidate[]): Promise<readonly VerifiedEvent[]> {
  const events: VerifiedEvent[] = [];
  for await (const event of verifiedSentences(candidates, { passages, verify })) events.push(event);
  return events;
}

function kept(events: readonly VerifiedEvent[]) {
  return events.flatMap((event) => (event.type === 'kept' ? [event.sentence] : []));
}

function withheld(events: readonly VerifiedEvent[]) {
  return events.flatMap((event) => (event.type === 'withheld' ? [event] : []));
}

describe('verifiedSentences', () => {
  it('a supported sentence > is kept as it is written, with the passage of its evidence', async () => {
    expect(await eventsOf([circulates])).toMatchObject([
      { type: 'kept', sentence: { ...circulates, quoted: false }, instead: null, verification: { verdict: 'keep' } },
      { type: 'finished', candidates: 1, survived: 1, fallsBack: false },
    ]);
  });

  it.each([
    ['a wrong passage', [shiatsu]],
    ['an unknown passage', ['no-such-passage']],
    ['no passage', []],
  ])('a supported sentence that cites %s > is kept with the right one', async (_circumstance, citations) => {
    expect(kept(await eventsOf([{ ...circulates, citations }]))).toEqual([{ ...circulates, quoted: false }]);
  });

  it('a dropped sentence > is replaced by the nearest sentence of the article, quoted, and does not survive', async () => {
    const events = await eventsOf([circulates, circulates, cures]);
    const [, quotation] = kept(events);
    expect(withheld(events)).toMatchObject([{ text: cures.text, reason: expect.stringContaining('effect "cures"') }]);
    expect(quotation).toMatchObject({ quoted: true, citations: [circulation] });
    expect(passages[0]?.sentences.map(({ text }) => text)).toContain(quotation?.text);
    expect(events.at(-1)).toEqual({ type: 'finished', candidates: 3, survived: 2, fallsBack: false });
  });

  it('the same quotation twice > is shown once', async () => {
    expect(kept(await eventsOf([cures, cures]))).toHaveLength(1);
  });

  it('a flood of words > is withheld without being verified', async () => {
    const flood = { text: 'word '.repeat(20_000), citations: [circulation] };
    expect(await eventsOf([flood])).toEqual([
      { type: 'withheld', text: '', reason: 'it is longer than any one claim', verification: null },
      { type: 'finished', candidates: 1, survived: 0, fallsBack: true },
    ]);
  });

  it('more sentences than any answer has > the rest is not asked for', async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<Candidate> {
      while (true) {
        given += 1;
        yield circulates;
      }
    }
    for await (const _ of verifiedSentences(endless(), { passages, verify }));
    expect(given).toBe(13);
  });

  it('a sentence far from every passage > is withheld without a quotation', async () => {
    const events = await eventsOf([{ text: 'Bitcoin was worth more in 2021.', citations: [circulation] }]);
    expect(kept(events)).toEqual([]);
  });

  it('a sentence that leans on a dropped one > is withheld too, and so is the next that leans on it', async () => {
    const leaning: Candidate = { text: 'It also helps to reduce inflammation.', citations: [circulation] };
    const events = await eventsOf([cures, leaning, leaning]);
    expect(withheld(events).map(({ reason }) => reason)).toEqual([
      expect.stringContaining('effect'),
      'it leans on a sentence that was dropped',
      'it leans on a sentence that was dropped',
    ]);
  });

  it('a sentence that points at one about another section > is withheld', async () => {
    const pointing: Candidate = { text: 'It helps to improve energy flow.', citations: [shiatsu] };
    const events = await eventsOf([circulates, pointing]);
    expect(withheld(events)).toMatchObject([
      { text: pointing.text, reason: 'it points at a sentence about another section' },
    ]);
  });

  it('a first sentence that points at nothing > is withheld', async () => {
    const events = await eventsOf([{ text: 'It helps improve blood circulation.', citations: [circulation] }]);
    expect(kept(events)).toEqual([]);
  });

  it('fewer than half survive, or none came > the whole answer falls back', async () => {
    expect((await eventsOf([circulates, cures, cures])).at(-1)).toMatchObject({ survived: 1, fallsBack: true });
    expect((await eventsOf([circulates, cures])).at(-1)).toMatchObject({ survived: 1, fallsBack: false });
    expect(await eventsOf([])).toEqual([{ type: 'finished', candidates: 0, survived: 0, fallsBack: true }]);
  });

  it('candidates that arrive one by one > are released before the next is asked for', async () => {
    const asked: string[] = [];
    async function* arriving() {
      for (const candidate of [circulates, cures]) {
        asked.push(candidate.text);
        yield candidate;
      }
    }
    const events = verifiedSentences(arriving(), { passages, verify });
    expect((await events.next()).value).toMatchObject({ type: 'kept' });
    expect(asked).toEqual([circulates.text]);
  });
});
