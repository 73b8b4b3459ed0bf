import { describe, expect, it } from 'vitest';
import { enumerationIn } from '../../src/conversation/follow-up/enumeration.ts';

describe('enumerationIn', () => {
  it.each<readonly [string, readonly string[]]>([
    ['It goes well with yoga, meditation or acupuncture.', ['yoga', 'meditation', 'acupuncture']],
    ['The regions are cervical, thoracic, and lumbar.', ['cervical', 'thoracic', 'lumbar']],
    ['They use techniques such as effleurage and kneading.', ['effleurage', 'kneading']],
    ['The basin is home to crabs, sea stars and small fish at low water.', ['crabs', 'sea stars', 'small fish']],
    ['Hormones such as the calm one, the quick one and the slow one.', ['calm one', 'quick one', 'slow one']],
  ])('%s > its items in order', (sentence, items) => {
    expect(enumerationIn(sentence)).toEqual(items);
  });

  it.each([
    'The spine carries the head.',
    'It eases the muscles and the mind.',
    'In deep tissue massage, slow strokes and pressure reach further.',
    'It lowers hormones such as cortisol and promotes the release of others.',
    '',
  ])('%s > no list', (sentence) => {
    expect(enumerationIn(sentence)).toEqual([]);
  });

  it('two lists > the longer one', () => {
    expect(enumerationIn('Tools such as rags and brushes; oils are thin, thick or dry.')).toEqual([
      'thin',
      'thick',
      'dry',
    ]);
  });
});
