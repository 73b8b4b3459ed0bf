import { beforeAll, describe, expect, it } from 'vitest';
import { type AskOver, answerTo, askOver } from './ask-over.ts';

const articles = {
  'breads.md': `# Breads

## Rye Bread

Rye bread is dark and keeps for a week. Its sour taste comes from a starter.

## Flat Bread

Flat bread is baked on a hot stone without any yeast. It is eaten warm.

## Baking

Every bread is baked in a hot oven until its crust sounds hollow. Bread helps to fill a hungry family.
`,
};
let nape: AskOver;

beforeAll(async () => {
  nape = await askOver(articles);
});

describe('what the article never mentions', () => {
  it.each([
    ['what is pumpernickel bread', 'The article does not mention pumpernickel bread.'],
    ['What is Swedish bread?', 'The article does not mention Swedish bread.'],
    ['is Swedish bread dark and sour', 'The article does not mention Swedish bread.'],
    ['which kinds of swedish bread are there', 'The article does not mention swedish bread.'],
    ['how do i bake my submarine in a hot oven', 'The article does not mention submarine.'],
    ['how to bake a parliament', 'The article does not mention parliament.'],
    ['is parliament better', 'The article does not mention parliament.'],
    ['does an electric submarine with an oven help', 'The article does not mention electric submarine.'],
    ['does bread help with arithmetic', 'The article does not mention arithmetic.'],
    ['does rye bread improve arithmetic', 'The article does not mention arithmetic.'],
    ['how does flat bread affect my arithmetic when it is warm', 'The article does not mention arithmetic.'],
    ['the benefits of a good parliament', 'The article does not mention parliament.'],
    ['what are the effects of rye bread on arithmetic', 'The article does not mention arithmetic.'],
  ])('%s > told', async (question, told) => {
    const answer = await answerTo(nape.ask, question);
    expect(answer).toMatchObject({ outcome: 'refused', reason: 'not-in-article' });
    expect(answer.text).toContain(told);
  });

  it('what somebody does > is not told as a name', async () => {
    const answer = await answerTo(nape.ask, 'should we vote in a parliament');
    expect(answer.outcome).toBe('refused');
    expect(answer.text).not.toContain('vote');
  });

  it.each([
    'what is rye bread',
    'what is a good rye bread',
    'is the first bread baked in a hot oven',
    'how do you bake a bread',
    'is flat bread baked without yeast',
    'does a hot oven make the crust of bread sound hollow',
    'is a better crust hollow',
    'does a starter improve the sour taste of rye bread',
    'the benefits of a hot oven for the crust of bread',
  ])('%s > answered', async (question) => {
    expect((await answerTo(nape.ask, question)).outcome).toBe('answered');
  });
});
