import { describe, expect, it } from 'vitest';
import type { DiscordSimulator } from '../../discord-simulator/discord-simulator.ts';
import { runningBot } from './running-bot.ts';

const faq = [
  { question: 'What is shiatsu?' },
  { question: 'How does massage help with stress?' },
  { question: 'Which techniques are there?' },
];

async function calmSpa(options: Parameters<typeof runningBot>[0] = {}) {
  const running = await runningBot({ registers: true, faq, ...options });
  await running.bot.start();
  return running;
}

/** The transcript without ids, which differ from run to run, and without the choice of suggestions, which is tested elsewhere. */
function seen(simulator: DiscordSimulator): string {
  return simulator
    .transcript()
    .replace(/\b\d{17,20}\b/gu, '…')
    .replace(/What does the article say about [^\]|?]+\?/gu, 'What does the article say about …?');
}

describe('/ask', () => {
  it('a question that the article answers > is answered in the channel, with sources, thumbs and suggestions', async () => {
    const { simulator } = await calmSpa();
    await simulator.person('Ada').slash('ask', { question: 'What is shiatsu?' });
    expect(seen(simulator)).toMatchInlineSnapshot(`
      "── #general
      Ada used /ask question: What is shiatsu?
      Nape: > What is shiatsu?
        The article says: “Shiatsu grew out of traditions and involves the application of pressure to particular points all over the body in order to restore energy balance. Given to the neck and spine area, Shiatsu helps to improve energy flow, release tension and promote a state of relaxation.” [1]

        -# [1] Neck and Spine Massage › Specialized Approaches to Massage for Neck and Spine › Shiatsu
        -# I am an automated assistant. I give general information from the article, not medical advice. Please share no health details here.
        [👍] [👎] [Show passages]
        [What does the article say about …?] [What does the article say about …?] [What does the article say about …?]"
    `);
    expect(simulator.violations).toEqual([]);
  });

  it('a question of nobody’s list, asked in private > is not repeated, and only one sees the answer', async () => {
    const { simulator } = await calmSpa();
    await simulator.person('Ada').slash('ask', { question: 'how does it lower stress hormones', private: true });
    expect(seen(simulator)).toMatchInlineSnapshot(`
      "── #general
      Ada used /ask question: how does it lower stress hormones private: true
      Nape (only Ada sees this): The article says: “Through a calming effect on the system, massage helps to lower stress hormones such as cortisol and promotes the release of endorphins. The dual impact of massage on stress hormones and endorphins fosters a feeling of relaxation and mental well-being.” [1]

        -# [1] Neck and Spine Massage › The Healing Power of Therapeutic Touch › Stress Reduction
        -# I am an automated assistant. I give general information from the article, not medical advice. Please share no health details here.
        [👍] [👎] [Show passages]
        [What does the article say about …?] [What does the article say about …?] [What does the article say about …?]"
    `);
    expect(simulator.violations).toEqual([]);
  });

  it('what the article does not say > is told so, with questions that it does answer', async () => {
    const { simulator } = await calmSpa();
    await simulator.person('Ada').slash('ask', { question: 'Who invented acupuncture?' });
    expect(seen(simulator)).toMatchInlineSnapshot(`
      "── #general
      Ada used /ask question: Who invented acupuncture?
      Nape: The article does not say who. It covers: Understanding Anatomy: The Dynamics of Neck and Spine · The Healing Power of Therapeutic Touch · Specialized Approaches to Massage for Neck and Spine · Holistic Wellness: The Connection between the Mind and Body · Incorporating Massage into Holistic Wellness Practices.

        -# I am an automated assistant. I give general information from the article, not medical advice. Please share no health details here.
        [👍] [👎]
        [What does the article say about …?] [What does the article say about …?] [What does the article say about …?]"
    `);
  });

  it('a crisis > is answered to the person alone, with no buttons', async () => {
    const { simulator } = await calmSpa();
    await simulator.person('Ada').slash('ask', { question: 'I want to kill myself' });
    expect(seen(simulator)).toMatchInlineSnapshot(`
      "── #general
      Ada used /ask question: I want to kill myself
      Nape (only Ada sees this): If you think someone may be in danger, call your local emergency number now. You can talk to a person at any hour at a crisis line in your country. I am an automated assistant and cannot help with this, but people there can."
    `);
    expect(simulator.violations).toEqual([]);
  });

  it('typing > is completed from the frequent questions and the suggestions', async () => {
    const { simulator } = await calmSpa();
    const typed = await simulator.person('Ada').autocomplete('ask', { question: 'what shi' });
    expect(typed.choices()).toEqual([{ name: 'What is shiatsu?', value: 'What is shiatsu?' }]);
    const nothing = await simulator.person('Ada').autocomplete('ask', { question: '' });
    expect(
      nothing
        .choices()
        .slice(0, 3)
        .map(({ name }) => name),
    ).toMatchInlineSnapshot(`
      [
        "What is shiatsu?",
        "How does massage help with stress?",
        "Which techniques are there?",
      ]
    `);
  });
});

describe('buttons', () => {
  it('a thumb, the passages and a suggestion > are answered to the presser, the suggestion to all', async () => {
    const { simulator, store } = await calmSpa();
    const asked = await simulator.person('Ada').slash('ask', { question: 'What is shiatsu?' });
    const bea = simulator.person('Bea');
    await bea.click(asked.reply(), '👎');
    await bea.click(asked.reply(), '👍');
    await bea.click(asked.reply(), 'Show passages');
    await bea.click(asked.reply(), asked.reply().buttons[3]?.label ?? '');
    expect(seen(simulator)).toMatchInlineSnapshot(`
      "── #general
      Ada used /ask question: What is shiatsu?
      Nape: > What is shiatsu?
        The article says: “Shiatsu grew out of traditions and involves the application of pressure to particular points all over the body in order to restore energy balance. Given to the neck and spine area, Shiatsu helps to improve energy flow, release tension and promote a state of relaxation.” [1]

        -# [1] Neck and Spine Massage › Specialized Approaches to Massage for Neck and Spine › Shiatsu
        -# I am an automated assistant. I give general information from the article, not medical advice. Please share no health details here.
        [👍] [👎] [Show passages]
        [What does the article say about …?] [What does the article say about …?] [What does the article say about …?]
      Bea pressed [👎]
      Nape (only Bea sees this): Thank you for telling us.
      Bea pressed [👍]
      Nape (only Bea sees this): Thank you for telling us.
      Bea pressed [Show passages]
      Nape (only Bea sees this): **[1] Neck and Spine Massage › Specialized Approaches to Massage for Neck and Spine › Shiatsu**
        > Shiatsu grew out of traditions and involves the application of pressure to particular points all over the body in order to restore energy balance. Given to the neck and spine area, Shiatsu helps to improve energy flow, release tension and promote a state of relaxation.
      Bea pressed [What does the article say about …?]
      Nape: The article says: “Deep tissue massage is designed specifically for people who experience muscle tension, and it reaches into the layers of muscle and connective tissue. In deep tissue massage, therapists work with pressure and slow strokes to address targeted issues in the neck and spine, bringing lasting relief from discomfort.” [1]

        -# [1] Neck and Spine Massage › Specialized Approaches to Massage for Neck and Spine › Deep Tissue Massage
        -# I am an automated assistant. I give general information from the article, not medical advice. Please share no health details here.
        [👍] [👎] [Show passages]
        [What does the article say about …?] [What does the article say about …?] [What does the article say about …?]"
    `);
    expect(await store.feedback.count()).toEqual({ up: 1, down: 0 });
    expect(simulator.violations).toEqual([]);
  });
});

describe('the other commands', () => {
  it('/faq > offers the frequent questions and answers the one picked, to one person', async () => {
    const { simulator } = await calmSpa();
    const ada = simulator.person('Ada');
    const menu = await ada.slash('faq');
    await ada.select(menu.reply(), [menu.reply().selects[0]?.options[0]?.value ?? '']);
    expect(seen(simulator)).toMatchInlineSnapshot(`
      "── #general
      Ada used /faq
      Nape (only Ada sees this): Frequent questions. Pick one:
        [Pick a question ▾ What is shiatsu? | How does massage help with stress? | Which techniques are there? | What does the article say about …? | What does the article say about …? | What does the article say about …?]
      Ada chose [What is shiatsu?]
      Nape (only Ada sees this): > What is shiatsu?
        The article says: “Shiatsu grew out of traditions and involves the application of pressure to particular points all over the body in order to restore energy balance. Given to the neck and spine area, Shiatsu helps to improve energy flow, release tension and promote a state of relaxation.” [1]

        -# [1] Neck and Spine Massage › Specialized Approaches to Massage for Neck and Spine › Shiatsu
        -# I am an automated assistant. I give general information from the article, not medical advice. Please share no health details here.
        [👍] [👎] [Show passages]
        [What does the article say about …?] [What does the article say about …?] [What does the article say about …?]"
    `);
    expect(simulator.violations).toEqual([]);
  });

  it('/faq with more questions than a menu holds > has pages that go round', async () => {
    const many = Array.from({ length: 60 }, (_, at) => ({ question: `Question ${at} about shiatsu?` }));
    const { simulator } = await calmSpa({ faq: many });
    const ada = simulator.person('Ada');
    const menu = await ada.slash('faq');
    const firsts = [menu.reply().selects[0]?.options[0]?.label];
    for (const label of ['More questions (1/3)', 'More questions (2/3)', 'More questions (3/3)']) {
      const turned = await ada.click(menu.reply(), label);
      firsts.push(turned.reply().selects[0]?.options[0]?.label);
    }
    const starts = [0, 25, 50, 0].map((at) => `Question ${at} about shiatsu?`);
    expect(firsts).toEqual(starts);
    expect(simulator.violations).toEqual([]);
  });

  it('/sources > shows the passages of one’s own last answer here', async () => {
    const { simulator } = await calmSpa();
    const ada = simulator.person('Ada');
    await ada.slash('sources');
    await ada.slash('ask', { question: 'What is shiatsu?', private: true });
    await ada.slash('sources');
    expect(seen(simulator)).toMatchInlineSnapshot(`
      "── #general
      Ada used /sources
      Nape (only Ada sees this): There is no answer with sources here yet. Ask something with /ask.
      Ada used /ask question: What is shiatsu? private: true
      Nape (only Ada sees this): > What is shiatsu?
        The article says: “Shiatsu grew out of traditions and involves the application of pressure to particular points all over the body in order to restore energy balance. Given to the neck and spine area, Shiatsu helps to improve energy flow, release tension and promote a state of relaxation.” [1]

        -# [1] Neck and Spine Massage › Specialized Approaches to Massage for Neck and Spine › Shiatsu
        -# I am an automated assistant. I give general information from the article, not medical advice. Please share no health details here.
        [👍] [👎] [Show passages]
        [What does the article say about …?] [What does the article say about …?] [What does the article say about …?]
      Ada used /sources
      Nape (only Ada sees this): **[1] Neck and Spine Massage › Specialized Approaches to Massage for Neck and Spine › Shiatsu**
        > Shiatsu grew out of traditions and involves the application of pressure to particular points all over the body in order to restore energy balance. Given to the neck and spine area, Shiatsu helps to improve energy flow, release tension and promote a state of relaxation."
    `);
  });

  it('/topics, /about, /help and /forget > speak to one person', async () => {
    const { simulator } = await calmSpa();
    const ada = simulator.person('Ada');
    await ada.slash('topics');
    await ada.slash('about');
    await ada.slash('help');
    await ada.slash('forget');
    expect(seen(simulator)).toMatchInlineSnapshot(`
      "── #general
      Ada used /topics
      Nape (only Ada sees this): The article covers:
        - Understanding Anatomy: The Dynamics of Neck and Spine
        - The Healing Power of Therapeutic Touch
        - Specialized Approaches to Massage for Neck and Spine
        - Holistic Wellness: The Connection between the Mind and Body
        - Incorporating Massage into Holistic Wellness Practices
        [What is shiatsu?] [How does massage help with stress?] [Which techniques are there?]
      Ada used /about
      Nape (only Ada sees this): Nape answers questions from one article. Each answer shows the passages it rests on. Run by: desk@calm-spa.example

        I am an automated assistant. I give general information from the article, not medical advice. Please share no health details here.

        I keep what you ask and what I answer for the conversation only, for 30 minutes after your last question. /forget erases it at once.
      Ada used /help
      Nape (only Ada sees this): What you can do:
        - **/ask** Ask what the article says
        - **/faq** Browse frequent questions and pick one
        - **/sources** Show the passages behind the last answer
        - **/topics** Show what the article covers
        - **/forget** Erase what you asked me and what I answered
        - **/about** What this is, who runs it, what is kept
        You can also mention me, reply to me, or write me a direct message.
      Ada used /forget
      Nape (only Ada sees this): What you asked me on Discord, and what I answered, is erased."
    `);
    expect(simulator.violations).toEqual([]);
  });

  it('a visitor with a German client > reads Nape’s own words in German', async () => {
    const { simulator } = await calmSpa();
    const uta = simulator.person('Uta', { locale: 'de' });
    await uta.slash('help');
    await uta.slash('faq');
    expect(seen(simulator)).toMatchInlineSnapshot(`
      "── #general
      Uta used /help
      Nape (only Uta sees this): Was Sie tun können:
        - **/fragen** Fragen, was der Artikel sagt
        - **/faq** Häufige Fragen ansehen und eine wählen
        - **/quellen** Die Textstellen der letzten Antwort zeigen
        - **/themen** Zeigen, wovon der Artikel handelt
        - **/vergessen** Ihre Fragen an mich und meine Antworten löschen
        - **/info** Was das ist, wer es betreibt, was gespeichert wird
        Sie können mich auch erwähnen, mir antworten oder mir eine Direktnachricht schreiben.
      Uta used /faq
      Nape (only Uta sees this): Häufige Fragen. Wählen Sie eine:
        [Frage wählen ▾ What is shiatsu? | How does massage help with stress? | Which techniques are there? | What does the article say about …? | What does the article say about …? | What does the article say about …?]"
    `);
  });

  it('the menu of a message > asks about it, for one person', async () => {
    const { simulator } = await calmSpa();
    const said = await simulator.person('Bea').say('somebody told me about shiatsu <@1234> <:lotus:5678>');
    const message = said.question;
    if (!message) throw new Error('nothing was said');
    await simulator.person('Ada').contextMenu('Ask Nape about this', message);
    expect(seen(simulator)).toMatchInlineSnapshot(`
      "── #general
      Bea: somebody told me about shiatsu <@1234> <:lotus:5678>
      Ada chose “Ask Nape about this”
      Nape (only Ada sees this): The article says: “Shiatsu grew out of traditions and involves the application of pressure to particular points all over the body in order to restore energy balance. Given to the neck and spine area, Shiatsu helps to improve energy flow, release tension and promote a state of relaxation.” [1]

        -# [1] Neck and Spine Massage › Specialized Approaches to Massage for Neck and Spine › Shiatsu
        -# I am an automated assistant. I give general information from the article, not medical advice. Please share no health details here.
        [👍] [👎] [Show passages]
        [What does the article say about …?] [What does the article say about …?] [What does the article say about …?]"
    `);
    expect(simulator.violations).toEqual([]);
  });
});

describe('/forget', () => {
  it('after a question > there is nothing left to show', async () => {
    const { simulator, store } = await calmSpa();
    const ada = simulator.person('Ada');
    const asked = await ada.slash('ask', { question: 'What is shiatsu?' });
    await ada.slash('forget');
    const passages = await ada.click(asked.reply(), 'Show passages');
    expect(passages.reply().text).toBe('That answer is no longer at hand. Please ask again.');
    const sources = await ada.slash('sources');
    expect(sources.reply().text).toContain('There is no answer with sources here yet.');
    expect(await store.feedback.count()).toEqual({ up: 0, down: 0 });
  });
});

describe('messages', () => {
  it('a mention, a reply and a direct message > are answered by replies, and follow-ups are understood', async () => {
    const { simulator } = await calmSpa();
    const ada = simulator.person('Ada');
    const first = await ada.mention('what is shiatsu?');
    await ada.reply(first.reply(), 'and thai massage?');
    await ada.dm('What is shiatsu?');
    expect(seen(simulator)).toMatchInlineSnapshot(`
      "── #general
      Ada: @Nape what is shiatsu?
      Nape (replying to Ada): The article says: “Shiatsu grew out of traditions and involves the application of pressure to particular points all over the body in order to restore energy balance. Given to the neck and spine area, Shiatsu helps to improve energy flow, release tension and promote a state of relaxation.” [1]

        -# [1] Neck and Spine Massage › Specialized Approaches to Massage for Neck and Spine › Shiatsu
        -# I am an automated assistant. I give general information from the article, not medical advice. Please share no health details here.
        [👍] [👎] [Show passages]
        [What does the article say about …?] [What does the article say about …?] [What does the article say about …?]
      Ada (replying to Nape): and thai massage?
      Nape (replying to Ada): The article says: “Thai massage, which is typically performed on a mat on the floor, combines stretching techniques with massage movements. Through motions and stretches, Thai massage encourages flexibility and at the same time releases tension in the neck, the spine and the surrounding muscles.” [1]

        -# [1] Neck and Spine Massage › Specialized Approaches to Massage for Neck and Spine › Thai Massage
        [👍] [👎] [Show passages]
        [What does the article say about …?] [What does the article say about …?] [What does the article say about …?]
      ── direct messages with Ada
      Ada: What is shiatsu?
      Nape (replying to Ada): The article says: “Shiatsu grew out of traditions and involves the application of pressure to particular points all over the body in order to restore energy balance. Given to the neck and spine area, Shiatsu helps to improve energy flow, release tension and promote a state of relaxation.” [1]

        -# [1] Neck and Spine Massage › Specialized Approaches to Massage for Neck and Spine › Shiatsu
        -# I am an automated assistant. I give general information from the article, not medical advice. Please share no health details here.
        [👍] [👎] [Show passages]
        [What does the article say about …?] [What does the article say about …?] [What does the article say about …?]"
    `);
    expect(simulator.violations).toEqual([]);
  });

  it('a mention without a question, and a crisis > are answered without buttons', async () => {
    const { simulator } = await calmSpa();
    const ada = simulator.person('Ada');
    await ada.mention('');
    await ada.mention('I want to die');
    expect(seen(simulator)).toMatchInlineSnapshot(`
      "── #general
      Ada: @Nape
      Nape (replying to Ada): Ask me something about the article, or see /topics.
      Ada: @Nape I want to die
      Nape (replying to Ada): If you think someone may be in danger, call your local emergency number now. You can talk to a person at any hour at a crisis line in your country. I am an automated assistant and cannot help with this, but people there can."
    `);
  });

  it('what is not meant for Nape, or comes from a bot > is left alone', async () => {
    const { simulator } = await calmSpa();
    await simulator.person('Ada').say('what is shiatsu?');
    await simulator.quiet(400);
    expect(simulator.sentMessages()).toEqual([]);
  });
});

describe('/nape', () => {
  it('channels, threads, language and status > are decided by who manages the server', async () => {
    const { simulator } = await calmSpa();
    const max = simulator.person('Max', { permissions: ['manageGuild'] });
    const quiet = simulator.addChannel('quiet');
    await max.slash('nape status');
    await max.slash('nape channel deny', { channel: quiet.id });
    await max.slash('nape channel deny', { channel: simulator.channel.id });
    await max.slash('nape channel allow', { channel: simulator.channel.id });
    await max.slash('nape channel allow', { channel: simulator.channel.id });
    await max.slash('nape channel deny', { channel: simulator.channel.id });
    await max.slash('nape channel everywhere');
    await max.slash('nape thread', { switch: 'on' });
    await max.slash('nape language', { language: 'fr' });
    await max.slash('nape status');
    expect(seen(simulator)).toMatchInlineSnapshot(`
      "── #general
      Max used /nape status
      Nape (only Max sees this): I answer in every channel that I can see.
        When I am mentioned, I answer in the channel.
        My own words are in each visitor’s language.
      Max used /nape channel deny channel: …
      Nape (only Max sees this): I do not answer in #quiet any more.
        I answer in every channel that I can see, except #quiet.
      Max used /nape channel deny channel: …
      Nape (only Max sees this): I do not answer in #general any more.
        I answer in every channel that I can see, except #quiet, #general.
      Max used /nape channel allow channel: …
      Nape (only Max sees this): I answer in #general.
        I answer in every channel that I can see, except #quiet.
      Max used /nape channel allow channel: …
      Nape (only Max sees this): I answer in #general.
        I answer only in #general.
      Max used /nape channel deny channel: …
      Nape (only Max sees this): I do not answer in #general any more.
        I do not answer in any channel.
      Max used /nape channel everywhere
      Nape (only Max sees this): I answer in every channel that I can see.
      Max used /nape thread switch: on
      Nape (only Max sees this): When I am mentioned, I answer in a thread.
      Max used /nape language language: fr
      Nape (only Max sees this): Mes propres mots sont ici en français.
      Max used /nape status
      Nape (only Max sees this): Je réponds dans tous les salons que je vois.
        Quand on me mentionne, je réponds dans un fil.
        Mes propres mots sont ici en français."
    `);
    expect(simulator.violations).toEqual([]);
  });

  it('somebody who may not manage the server, where it was set to show the command > changes nothing', async () => {
    const { simulator, store } = await calmSpa({ registers: false });
    const asked = await simulator.person('Ada').slash('nape thread', { switch: 'on' });
    expect(asked.reply().text).toBe('Only members with the permission “Manage Server” can change this.');
    expect(await store.settings.get(`discord-server:${simulator.guild.id}`, 'settings')).toBeUndefined();
  });

  it('a channel that is denied > has no answers; a command says so to one person, a mention is left alone', async () => {
    const { simulator } = await calmSpa();
    await simulator
      .person('Max', { permissions: ['manageGuild'] })
      .slash('nape channel deny', { channel: simulator.channel.id });
    const ada = simulator.person('Ada');
    await ada.slash('ask', { question: 'What is shiatsu?' });
    await ada.say(`<@${simulator.applicationId}> what is shiatsu?`);
    await simulator.quiet(400);
    await ada.slash('ask', { question: 'I want to kill myself' });
    expect(seen(simulator)).toMatchInlineSnapshot(`
      "── #general
      Max used /nape channel deny channel: …
      Nape (only Max sees this): I do not answer in #general any more.
        I answer in every channel that I can see, except #general.
      Ada used /ask question: What is shiatsu?
      Nape (only Ada sees this): The people who run this server do not want me to answer in this channel.
      Ada: @Nape what is shiatsu?
      Ada used /ask question: I want to kill myself
      Nape (only Ada sees this): If you think someone may be in danger, call your local emergency number now. You can talk to a person at any hour at a crisis line in your country. I am an automated assistant and cannot help with this, but people there can."
    `);
  });

  it('threads on > a mention is answered in a thread, which is a conversation', async () => {
    const { simulator } = await calmSpa();
    await simulator.person('Max', { permissions: ['manageGuild'] }).slash('nape thread', { switch: 'on' });
    const ada = simulator.person('Ada');
    const asked = await ada.mention('what is shiatsu?');
    const thread = simulator.world.channels.get(asked.reply().message.channelId);
    if (!thread) throw new Error('no thread was opened');
    await ada.mention('and thai massage?', { in: thread });
    // Without a mention Discord shows us no words.
    await ada.say('hello?', { in: thread, patience: 'shown' });
    await ada.say('hello??', { in: thread });
    await simulator.quiet(400);
    expect(seen(simulator)).toMatchInlineSnapshot(`
      "── #general
      Max used /nape thread switch: on
      Nape (only Max sees this): When I am mentioned, I answer in a thread.
      Ada: @Nape what is shiatsu?
        (thread: what is shiatsu?)
      ── #general › what is shiatsu?
      Nape: The article says: “Shiatsu grew out of traditions and involves the application of pressure to particular points all over the body in order to restore energy balance. Given to the neck and spine area, Shiatsu helps to improve energy flow, release tension and promote a state of relaxation.” [1]

        -# [1] Neck and Spine Massage › Specialized Approaches to Massage for Neck and Spine › Shiatsu
        -# I am an automated assistant. I give general information from the article, not medical advice. Please share no health details here.
        [👍] [👎] [Show passages]
        [What does the article say about …?] [What does the article say about …?] [What does the article say about …?]
      Ada: @Nape and thai massage?
      Nape (replying to Ada): The article says: “Thai massage, which is typically performed on a mat on the floor, combines stretching techniques with massage movements. Through motions and stretches, Thai massage encourages flexibility and at the same time releases tension in the neck, the spine and the surrounding muscles.” [1]

        -# [1] Neck and Spine Massage › Specialized Approaches to Massage for Neck and Spine › Thai Massage
        [👍] [👎] [Show passages]
        [What does the article say about …?] [What does the article say about …?] [What does the article say about …?]
      Ada: hello?
      Nape (replying to Ada): I can only read messages that mention me. Please write @Nape and your question.
      Ada: hello??"
    `);
    expect(simulator.violations).toEqual([]);
  });
});

describe('a server that the bot is taken off', () => {
  it('its settings > are removed; those of one that is only unavailable stay', async () => {
    const { simulator, store } = await calmSpa();
    const max = simulator.person('Max', { permissions: ['manageGuild'] });
    await max.slash('nape thread', { switch: 'on' });
    const scope = `discord-server:${simulator.guild.id}`;
    const kept = await store.settings.get(scope, 'settings');
    expect(kept).toMatchObject({ threads: true });
    const leave = (data: object) =>
      simulator.gateway.dispatch({
        name: 'GUILD_DELETE',
        guildId: simulator.guild.id,
        intent: 1,
        data: () => ({ ...data }),
      });
    leave({ id: simulator.guild.id, unavailable: true });
    await simulator.quiet(200);
    expect(await store.settings.get(scope, 'settings')).toEqual(kept);
    leave({ id: simulator.guild.id });
    await simulator.quiet(200);
    expect(await store.settings.get(scope, 'settings')).toBeUndefined();
  });
});

describe('limits', () => {
  it('too many questions > tell one person how long to wait, but never somebody in danger', async () => {
    const { simulator } = await calmSpa({ perMinute: 1 });
    const ada = simulator.person('Ada');
    await ada.slash('ask', { question: 'What is shiatsu?', private: true });
    const second = await ada.slash('ask', { question: 'What is thai massage?' });
    expect(second.reply().isEphemeral).toBe(true);
    expect(second.reply().text).toMatch(/^Those were many questions at once\. Please wait \d+ seconds\.$/u);
    const urgent = await ada.slash('ask', { question: 'I want to kill myself' });
    expect(urgent.reply().text).toContain('If you think someone may be in danger');
    await ada.mention('what is reflexology?');
    await ada.say(`<@${simulator.applicationId}> what is reflexology?`);
    await simulator.quiet(400);
    expect(simulator.matching(/POST \/channels\/\d+\/messages/u)).toHaveLength(1);
  });
});
