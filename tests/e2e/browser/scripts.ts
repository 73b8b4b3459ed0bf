import type { Answer, AnswerEvent, CitedPassage } from '../../../src/domain.ts';
import type { Script } from './scripted-api.ts';

export const passages: readonly CitedPassage[] = [
  {
    id: 'massage#shiatsu/1',
    document: 'massage',
    title: 'Neck and Spine Massage',
    headings: ['Specialized Approaches', 'Shiatsu'],
    text: 'Shiatsu grew out of traditions. It involves pressure\nto particular points. It is not the only one.',
    start: 0,
    end: 98,
    score: 0.9,
  },
  {
    id: 'massage#stress/1',
    document: 'massage',
    title: 'Neck and Spine Massage',
    headings: ['The Healing Power', 'Stress Reduction'],
    text: 'Endorphins are natural mood enhancers that the body produces.',
    start: 100,
    end: 161,
    score: 0.7,
  },
];

const sentences = [
  { text: 'Shiatsu grew out of traditions.', citations: ['massage#shiatsu/1'], quoted: true },
  { text: 'It involves pressure to particular points.', citations: ['massage#shiatsu/1'], quoted: true },
  {
    text: 'Endorphins are natural mood enhancers that the body produces.',
    citations: ['massage#stress/1'],
    quoted: true,
  },
] as const;

export const answered: Answer = {
  turnId: '',
  conversationId: '',
  outcome: 'answered',
  reason: null,
  text: `The article says: “${sentences[0].text} ${sentences[1].text}” “${sentences[2].text}”`,
  sentences,
  passages,
  suggestions: ['What is Swedish massage?'],
  mode: 'extractive',
};

export const refused: Answer = {
  ...answered,
  outcome: 'refused',
  reason: 'not-in-article',
  text: 'The article does not answer that. It covers: Anatomy · Techniques.',
  sentences: [],
  passages: [],
  mode: 'fixed',
};

export const redirected: Answer = {
  ...refused,
  outcome: 'redirected',
  reason: 'crisis',
  text: 'If you think someone may be in danger, call 112 now. You can talk to a person at Listening line 116 123. I am an automated assistant and cannot help with this, but people there can.',
  suggestions: [],
};

export const greeted: Answer = { ...refused, outcome: 'greeted', reason: 'greeting', text: 'Hello. Ask me.' };

/** The events of an answer, sentence by sentence with a pause between. */
export function told(answer: Answer, pauseMs = 0): readonly (AnswerEvent | number)[] {
  return [
    { type: 'passages-found', passages: answer.passages },
    ...answer.sentences.flatMap((sentence) => [pauseMs, { type: 'sentence-verified', sentence } as const]),
    pauseMs,
    { type: 'answer-end', answer },
  ];
}

/** Answers by a word of the question: price, danger, hello, slow, broken, and anything else. */
export const byWord: Script = (question) => {
  if (question.includes('price')) return told(refused);
  if (question.includes('danger')) return told(redirected);
  if (question.includes('hello')) return told(greeted);
  if (question.includes('slow')) return told(answered, 400);
  if (question.includes('broken'))
    return [{ type: 'answer-error', code: 'internal', message: 'Something failed. Please try again.' }];
  return told(answered);
};
