import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { findReference } from '../../src/conversation/follow-up/reference.ts';
import { isYes, leaningOf, withName } from '../../src/conversation/follow-up/wording.ts';
import type { Answer } from '../../src/domain.ts';
import { type AskOver, askOver, eventsOf } from './ask-over.ts';
import { conversationOver } from './conversation-over.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
let massage: AskOver;
let tides: AskOver;
beforeAll(async () => {
  massage = await askOver({ 'neck-and-spine-massage.md': read('../../knowledge/neck-and-spine-massage.md') });
  tides = await askOver({ 'tide-pools.md': read('../fixtures/articles-other/tide-pools.md') });
});

const firstSection = ({ sentences }: Answer) => (sentences[0]?.citations[0] ?? '').replace(/^.*#|\/\d+$/gu, '');

describe('findReference', () => {
  it.each([
    ['and the second one?', 'place', 1],
    ['tell me about the 3rd technique', 'place', 2],
    ['what does number 4 do', 'place', 3],
    ['#2', 'place', 1],
    ['2', 'place', 1],
    ['the last one please', 'from-end', 0],
    ['what about the second to last', 'from-end', 1],
    ['and the one before that?', 'step', -1],
    ['the next one', 'step', 1],
  ])('%s > %s %i', (question, kind, value) => {
    const to = findReference(question)?.to;
    expect(to?.kind).toBe(kind);
    expect(to && ('place' in to ? to.place : 'by' in to ? to.by : 0)).toBe(value);
  });

  it.each(['is there another?', 'any other one?', 'another technique'])('%s > another', (question) => {
    expect(findReference(question)?.to).toEqual({ kind: 'another' });
  });

  it.each([
    'why is movement limited in the first place?',
    'does it last?',
    'will the relief last?',
    'what helped the last time',
    'is there another way to lower stress?',
    'What is shiatsu?',
    'can two people come',
  ])('%s > no item of a list', (question) => {
    expect(findReference(question)).toBeNull();
  });
});

describe('leaningOf', () => {
  it.each([
    ['who is it for?', 'pronoun'],
    ['why do they get tight?', 'pronoun'],
    ['does that last?', 'pronoun'],
    ['is yoga one of them?', 'pronoun'],
    ["what's that fascia thing?", 'pointing'],
    ['who teaches those techniques?', 'pointing'],
    ['why?', 'ellipsis'],
    ['tell me more', 'ellipsis'],
    ['how often?', 'ellipsis'],
    ['which muscles?', 'ellipsis'],
  ] as const)('%s > %s', (question, kind) => {
    expect(leaningOf(question)[kind]).toBe(true);
  });

  it.each([
    ['and shiatsu?', 'shiatsu'],
    ['what about thai', 'thai'],
    ['How about the spine then?', 'spine'],
  ])('%s > asks about %s instead', (question, instead) => {
    expect(leaningOf(question).instead).toBe(instead);
  });

  it.each([
    'What is shiatsu?',
    'how does massage reduce stress',
    'is it true that massage lowers cortisol',
    'what are the hormones that massage releases',
    'what is a holistic lifestyle?',
  ])('%s > leans on nothing', (question) => {
    expect(leaningOf(question)).toEqual({ pronoun: false, pointing: false, ellipsis: false, instead: null });
  });
});

describe('withName', () => {
  it.each([
    ['who is it for?', 'who is Shiatsu for?'],
    ['Where does this come from', 'Where does Shiatsu come from'],
    ['tell me more', 'What does the article say about Shiatsu?'],
    ['Does the relief last?', 'About Shiatsu: Does the relief last?'],
    ['does that technique hurt', 'About Shiatsu: does that technique hurt'],
    ['is there a hormone that it lowers', 'is there a hormone that Shiatsu lowers'],
  ])('%s > %s', (question, expected) => {
    expect(withName(question, 'Shiatsu')).toBe(expected);
  });

  it('any question > one that has the name, and all else of the question in its order', () => {
    const name = 'Zyx';
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('it', 'does', 'that', 'muscles', 'they', 'help', 'one', 'of', 'them', '?')),
        (parts) => {
          const question = parts.join(' ');
          const named = withName(question, name);
          expect(named).toContain(name);
        },
      ),
    );
  });
});

describe('isYes', () => {
  it.each(['yes', 'Yes please!', 'sure', 'ja', 'oui, s’il te plaît', 'sí', 'ok'])('%s > yes', (text) => {
    expect(isYes(text)).toBe(true);
  });

  it.each(['yes but what about thai', 'no', 'yesterday', 'ok what is shiatsu'])('%s > not only that', (text) => {
    expect(isYes(text)).toBe(false);
  });
});

describe('a conversation', () => {
  it('a list > its items by their place, also after other turns', async () => {
    const { say, lookedUp } = conversationOver(massage);
    await say('Which massage styles are there?');
    expect(firstSection(await say('tell me more about the second one'))).toBe('shiatsu');
    await say('thanks');
    expect(firstSection(await say('and the last?'))).toBe('myofascial-release');
    expect(firstSection(await say('and the one before that?'))).toBe('thai-massage');
    expect(firstSection(await say('is there another?'))).toBe('deep-tissue-massage');
    expect(lookedUp.at(-1)).toBe('What does the article say about Deep Tissue Massage?');
  });

  it('“number 4” of a list > is no telephone number', async () => {
    const { say } = conversationOver(massage);
    await say('List the techniques');
    expect(firstSection(await say('what does number 4 do?'))).toBe('myofascial-release');
    expect(await say('what is your number?')).toMatchObject({ outcome: 'redirected', reason: 'business' });
  });

  it('an item that the list does not have > is not made up', async () => {
    const { say } = conversationOver(massage);
    await say('Which massage styles are there?');
    expect(await say('and the ninth one?')).toMatchObject({ outcome: 'refused' });
  });

  it('a topic > is carried over pleasantries and questions that the article does not answer', async () => {
    const { say, lookedUp } = conversationOver(massage);
    await say('What is deep tissue massage?');
    await say('who won the world cup');
    await say('thank you');
    expect(firstSection(await say('who is it for?'))).toBe('deep-tissue-massage');
    expect(lookedUp.at(-1)).toBe('who is Deep Tissue Massage for?');
  });

  it('what was asked for by name > is what a pointing word means, over several turns', async () => {
    const { say, lookedUp } = conversationOver(massage);
    for (const question of ['what is the trapezius', 'where is it?', 'does it get tight?']) await say(question);
    expect(lookedUp).toEqual(['what is the trapezius', 'where is trapezius?', 'does trapezius get tight?']);
  });

  it('a pointing word beside another thing > is still the topic', async () => {
    const { say, lookedUp } = conversationOver(massage);
    await say('What is shiatsu?');
    await say('is it better than Thai massage?');
    await say('is it deep?');
    expect(lookedUp.slice(1)).toEqual(['is Shiatsu better than Thai massage?', 'is Shiatsu deep?']);
  });

  it('two items at once, and an item by what it is about', async () => {
    const { say, lookedUp } = conversationOver(massage);
    await say('What are the benefits of massage?');
    await say("what's the difference between the second and third?");
    await say('the one about circulation');
    expect(lookedUp.slice(1)).toEqual([
      "what's the difference between Blood Circulation and Improved Range of Motion?",
      'What does the article say about Blood Circulation?',
    ]);
  });

  it('“and” with what the article never speaks of > is not answered from the topic', async () => {
    const { say, lookedUp } = conversationOver(massage);
    await say('what belongs to a holistic lifestyle');
    expect(await say('and pizza?')).toMatchObject({ outcome: 'refused' });
    expect(firstSection(await say('and drinking water?'))).toBe('considering-a-holistic-lifestyle');
    expect(lookedUp.slice(1)).toEqual([
      'What does the article say about pizza?',
      'About Considering a Holistic Lifestyle: and drinking water?',
    ]);
  });

  it('a question with a subject of its own > drops the topic, also with a pointing word', async () => {
    const { say, lookedUp } = conversationOver(massage);
    await say('What is deep tissue massage?');
    expect(firstSection(await say('what is mindfulness'))).toBe('cultivating-mindfulness');
    expect(firstSection(await say('can it help with tension headaches?'))).toBe('alleviation-of-tension-headaches');
    expect(lookedUp.at(-1)).toBe('can it help with tension headaches?');
  });

  it('a pointing word beside words that name no section > keeps the topic', async () => {
    const { say, lookedUp } = conversationOver(massage);
    await say('what is kneading for');
    expect(firstSection(await say('does it loosen muscles?'))).toBe('muscle-relaxation');
    expect(lookedUp.at(-1)).toBe('does kneading loosen muscles?');
    await say('what is mindfulness');
    await say('does that feeling stay?');
    expect(lookedUp.at(-1)).toBe('About mindfulness: does that feeling stay?');
  });

  it('something that is set against what was said > keeps the topic', async () => {
    const { say, lookedUp } = conversationOver(massage);
    await say('does massage lower cortisol');
    expect(firstSection(await say('what is released instead?'))).toBe('stress-reduction');
    expect(lookedUp.at(-1)).toMatch(/^About .+: what is released instead\?$/u);
  });

  it('the same question of another thing > with that in its place', async () => {
    const { say, lookedUp } = conversationOver(massage);
    await say('who should get deep tissue massage');
    expect(firstSection(await say('what about thai?'))).toBe('thai-massage');
    expect(lookedUp.at(-1)).toBe('who should get Thai Massage');
  });

  it('a follow-up that asks for what is not stated > is refused with its reason', async () => {
    const { say } = conversationOver(massage);
    await say('What is shiatsu?');
    const answer = await say('when was it invented?');
    expect(answer).toMatchObject({ outcome: 'refused', reason: 'not-in-article' });
    expect(answer.text).toMatch(/^The article does not say when\./u);
  });

  it('a pointing word with nothing before it > is asked as it is', async () => {
    const { say, lookedUp } = conversationOver(massage);
    await say('hello');
    await say('who is it for?');
    expect(lookedUp).toEqual(['who is it for?']);
  });

  it('a redirect > is found in the visitor’s own words, whatever they lean on', async () => {
    const { say } = conversationOver(massage);
    await say('What is deep tissue massage?');
    expect(await say('is it safe for my baby?')).toMatchObject({ outcome: 'redirected', reason: 'suitability' });
  });

  it.each([
    ['yes', 'thai-massage'],
    ['the second one', 'shiatsu'],
  ])('“is that what you mean?”, %s > is told about %s', async (text, section) => {
    const listed = ['thai-massage', 'shiatsu'].map((id) => `neck-and-spine-massage#${id}`);
    const nothing = { asked: 'a', question: 'a', passages: [], suggestions: [] };
    const turn = { ...nothing, listed, outcome: 'refused', reason: 'not-in-article' } as const;
    const conversation = { id: 'c', history: async () => ({ crisisOpen: false, turns: [turn] }) };
    const last = (await eventsOf(massage.ask({ text, conversation }))).at(-1);
    expect(last?.type === 'answer-end' && firstSection(last.answer)).toBe(section);
  });

  it('a refusal that asks back > its sections can be pointed at', async () => {
    const near: AskOver['search']['search'] = async (...given) => ({
      ...(await massage.search.search(...given)),
      evidence: 0.8,
    });
    const { say, turns } = conversationOver(massage, { search: { ...massage.search, search: near } });
    const answer = await say('how does massage lower stress');
    expect(answer.text).toContain('Is that what you mean?');
    expect(turns.at(-1)?.listed.length).toBeGreaterThan(0);
  });

  it('an article of another subject > the same', async () => {
    const { say } = conversationOver(tides);
    const first = await say(`What does the article say about ${tides.documents[0]?.sections.at(-1)?.heading}?`);
    expect(firstSection(await say('tell me more about that'))).toBe(firstSection(first));
  });
});

describe('what was said before', () => {
  it('more of a section > what was not quoted yet; then that it is all', async () => {
    const { say } = conversationOver(massage);
    const first = await say('which muscles is the neck made up of');
    const more = await say('tell me more');
    expect(firstSection(more)).toBe(firstSection(first));
    const quoted = first.sentences.map(({ text }) => text);
    expect(more.sentences.length).toBeGreaterThan(0);
    for (const { text } of more.sentences) expect(quoted).not.toContain(text);
    expect(more.text).toMatch(/^The article says: “/u);
    const last = await say('anything else?');
    expect(last.text).toMatch(/^Everything under “[^”]+” has been quoted by now\. Once more: “/u);
    expect(firstSection(last)).toBe(firstSection(first));
  });

  it('the same sentences for another question > said to be quoted before', async () => {
    const { say } = conversationOver(massage);
    const first = await say('What is shiatsu?');
    const second = await say('who is it for?');
    expect(second.sentences).toEqual(first.sentences);
    expect(second.text).toMatch(/^As quoted before: “Shiatsu grew/u);
    expect((await say('What is Thai massage?')).text).toMatch(/^The article says: “/u);
  });

  it('in another conversation > not said before', async () => {
    await conversationOver(massage).say('What is shiatsu?');
    expect((await conversationOver(massage).say('What is shiatsu?')).text).toMatch(/^The article says: “/u);
  });
});

describe('suggestions', () => {
  it('after an answer > none that was suggested, asked or answered before', async () => {
    const { say } = conversationOver(massage);
    const seen = new Set<string>();
    const asked = [
      ['What is shiatsu?', 'Shiatsu'],
      ['What is Thai massage?', 'Thai Massage'],
      ['How does massage improve circulation?', 'Blood Circulation'],
    ] as const;
    for (const [at, [question]] of asked.entries()) {
      const { suggestions } = await say(question);
      expect(suggestions.length).toBeGreaterThan(0);
      for (const suggestion of suggestions) {
        expect(seen).not.toContain(suggestion);
        for (const [, heading] of asked.slice(0, at + 1)) expect(suggestion).not.toContain(heading);
        seen.add(suggestion);
      }
    }
  });

  it.each([
    ['hello', /^Hello\./u],
    ['thanks', /^You are welcome/u],
    ['what can you do?', /^I am Nape, an automated assistant\./u],
    ['Who are you?', /^I am Nape/u],
    ['¿Quién eres?', /^Soy Nape, un asistente automático/u],
    ['Was kannst du?', /^Ich bin Nape/u],
    ['Que peux-tu faire ?', /^Je suis Nape/u],
    ['Quem é você?', /^Sou o Nape/u],
    ['Cosa sai fare?', /^Sono Nape/u],
  ])('%s > fixed words and three that are answered, however long the conversation is', async (text, words) => {
    const { say } = conversationOver(massage);
    for (const question of ['What is shiatsu?', 'What is Thai massage?', 'hello', 'hello', 'hello', 'hello', 'hello'])
      await say(question);
    const answer = await say(text);
    expect(answer).toMatchObject({ outcome: 'greeted', text: expect.stringMatching(words) });
    expect(answer.suggestions).toHaveLength(3);
    expect(await say(answer.suggestions[0] ?? '')).toMatchObject({ outcome: 'answered' });
  });
});
