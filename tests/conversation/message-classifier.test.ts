import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandExamples } from '../../scripts/build-triage/expand-examples.ts';
import { trainSoftmax } from '../../scripts/build-triage/train-softmax.ts';
import { withoutHeldOut } from '../../scripts/build-triage/without-held-out.ts';
import {
  encodeMessageWeights,
  messageClasses,
  readMessageClassifier,
} from '../../src/conversation/triage/message-classifier.ts';
import { messageFeatures } from '../../src/conversation/triage/message-features.ts';
import { messageWindows } from '../../src/conversation/triage/message-windows.ts';
import { root } from '../repository/source-files.ts';

const tokens = (text: string) => text.split(' ');
const labels = ['ordinary', 'crisis', 'business'] as const;
const training: readonly (readonly [string, (typeof labels)[number]])[] = [
  ['what is fascia', 'ordinary'],
  ['which muscles are there', 'ordinary'],
  ['i want to die', 'crisis'],
  ['i want to be dead', 'crisis'],
  ['how much is an hour', 'business'],
  ['what does an hour cost', 'business'],
];
const rows = training.map(([text, label]) => ({
  features: messageFeatures(tokens(text), 'none'),
  label: messageClasses.indexOf(label),
  weight: 1,
}));

describe('readMessageClassifier > weights trained on six messages', () => {
  const bytes = encodeMessageWeights(trainSoftmax(rows, messageClasses.length));
  const classify = readMessageClassifier(bytes);

  it('a message like the redirects > is given their reason', () => {
    expect(classify(tokens('she wants to die'), 'none')).toMatchObject({ reason: 'crisis' });
    expect(classify(tokens('the cost of an hour'), 'none')).toMatchObject({ reason: 'business' });
  });

  it('a message like the ordinary ones > has a smaller share of redirects', () => {
    const { redirect } = classify(tokens('which fascia is there'), 'none');
    expect(redirect).toBeLessThan(classify(tokens('i want to be dead'), 'none').redirect / 2);
  });

  it('trained again > the same bytes', () => {
    expect(encodeMessageWeights(trainSoftmax(rows, messageClasses.length))).toEqual(bytes);
  });

  it('bytes of another length > a RangeError that says how to build them', () => {
    expect(() => readMessageClassifier(bytes.subarray(1))).toThrow('npm run build:triage');
  });
});

describe('the shipped weights', () => {
  it('the card > names their digest', () => {
    const folder = join(root, 'models/triage');
    const card = JSON.parse(readFileSync(join(folder, 'card.json'), 'utf8'));
    const digest = createHash('sha256')
      .update(readFileSync(join(folder, 'weights.bin')))
      .digest('hex');
    expect(card.sha256).toBe(digest);
  });
});

describe('messageWindows', () => {
  it('a short message > itself', () => {
    expect(messageWindows('what is fascia')).toEqual(['what is fascia']);
  });

  it('sentences > each by itself too', () => {
    const text = 'What does it say on yoga? My arm has gone numb. Ok.';
    expect(messageWindows(text)).toEqual([text, 'What does it say on yoga?', 'My arm has gone numb.']);
  });

  it('a long sentence > stretches that overlap and leave no word out', () => {
    const words = Array.from({ length: 41 }, (_, at) => `w${at}`);
    const [whole, ...parts] = messageWindows(words.join(' '));
    expect(whole).toBe(words.join(' '));
    expect(new Set(parts.flatMap((part) => part.split(' ')))).toEqual(new Set(words));
    expect(Math.max(...parts.map((part) => part.split(' ').length))).toBe(16);
  });
});

describe('expandExamples', () => {
  it('alternatives > each comes at least once', () => {
    const messages = expandExamples('my (neck|back|arm) hurts (today|)');
    for (const word of ['neck', 'back', 'arm', 'today']) expect(messages.join('\n')).toContain(word);
    expect(messages).toContain('my neck hurts today');
    expect(new Set(messages).size).toBe(messages.length);
  });

  it('a line without alternatives > itself', () => {
    expect(expandExamples('what is fascia')).toEqual(['what is fascia']);
  });
});

describe('withoutHeldOut', () => {
  it('an example that is nearly a held-out message > is left out', () => {
    const example = (text: string) => ({ text, label: 'ordinary' as const, weight: 1 });
    const examples = [example('which bus goes to the airport now'), example('which boat goes to the island')];
    expect(withoutHeldOut(examples, ['Which bus goes to the airport?'])).toEqual([examples[1]]);
  });
});
