import type { FaqEntry } from '../../src/domain.ts';

/** An entry of a FAQ as it is served; a test changes what it is about. */
export function faqEntry(changes: Partial<FaqEntry> = {}): FaqEntry {
  return {
    id: 'what-is-shiatsu',
    question: 'What is shiatsu?',
    variants: ['tell me about shiatsu'],
    group: 'Techniques',
    layout: 'prose',
    text: 'The article says: “Shiatsu is a massage with pressure.”',
    sentences: [{ text: 'Shiatsu is a massage with pressure.', citations: ['massage#shiatsu/1'], quoted: true }],
    passages: [
      {
        id: 'massage#shiatsu/1',
        document: 'massage',
        title: 'Massage',
        headings: ['Shiatsu'],
        text: 'Shiatsu is a massage with pressure.',
        start: 20,
        end: 55,
        score: 0,
      },
    ],
    ...changes,
  };
}
