import { Routes, type TextChannel } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { simulatedBot } from '../simulated-bot.ts';
import { bits } from '../world/permissions.ts';

const nobody = { parse: [] };

async function textChannel() {
  const bot = await simulatedBot();
  const channel = (await bot.client.channels.fetch(bot.simulator.channel.id)) as TextChannel;
  const send = (body: object) =>
    bot.client.rest.post(Routes.channelMessages(channel.id), { body: { allowed_mentions: nobody, ...body } });
  return { ...bot, channel, send };
}

describe('messages of a channel', () => {
  it('a message > can be sent, read, edited and deleted by its author', async () => {
    const { channel, simulator } = await textChannel();
    const message = await channel.send('one');
    await message.edit('two');
    expect((await channel.messages.fetch({ message: message.id, force: true })).content).toBe('two');
    expect(simulator.transcript()).toBe('── #general\nNape: two');
    await message.delete();
    await expect(channel.messages.fetch({ message: message.id, force: true })).rejects.toMatchObject({ code: 10_008 });
    expect(simulator.violations).toEqual([]);
  });

  it("another's message > cannot be edited", async () => {
    const { client, channel, simulator } = await textChannel();
    const { question } = await simulator.person('Ada').say('mine');
    const edit = client.rest.patch(Routes.channelMessage(channel.id, question!.id), {
      body: { content: 'yours', allowed_mentions: nobody },
    });
    await expect(edit).rejects.toMatchObject({ code: 50_005, status: 403 });
    expect(question!.content).toBe('mine');
  });

  it('nothing to show > is 50006', async () => {
    const { send } = await textChannel();
    await expect(send({ content: ' ' })).rejects.toMatchObject({ code: 50_006 });
  });

  it('an enforced nonce > makes one message of two within minutes, and two after', async () => {
    const { send, simulator } = await textChannel();
    const body = { content: 'x', nonce: '1', enforce_nonce: true };
    const [first, again] = [await send(body), await send(body)] as { id: string }[];
    expect(again?.id).toBe(first?.id);
    expect((await send({ ...body, enforce_nonce: false })) as { id: string }).not.toMatchObject({ id: first?.id });
    simulator.clock.advance(6 * 60_000);
    expect((await send(body)) as { id: string }).not.toMatchObject({ id: first?.id });
  });

  it('permissions > 50001 without sight of the channel, 50013 without the right to send', async () => {
    const { send, simulator, channel } = await textChannel();
    simulator.deny(simulator.channel, 'sendMessages');
    await expect(send({ content: 'x' })).rejects.toMatchObject({ code: 50_013, status: 403 });
    simulator.deny(simulator.channel, 'viewChannel');
    await expect(send({ content: 'x' })).rejects.toMatchObject({ code: 50_001, status: 403 });
    simulator.deny(simulator.channel, 'embedLinks');
    await expect(send({ content: 'x', embeds: [{ title: 't' }] })).rejects.toMatchObject({ code: 50_013 });
    await expect(channel.send('fine')).resolves.toBeDefined();
    expect(simulator.invalidRequests()).toBe(3);
  });

  it('a reply > needs the history, a message that is there, and no system message', async () => {
    const { send, simulator, channel } = await textChannel();
    const { question } = await simulator.person('Ada').say('hi');
    const reply = (id: string, more: object = {}) =>
      send({ content: 'x', message_reference: { message_id: id, ...more } });
    await expect(reply(question!.id)).resolves.toMatchObject({ type: 19, referenced_message: { id: question!.id } });
    const unknown = { errors: { message_reference: { _errors: [{ code: 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE' }] } } };
    await expect(reply('1')).rejects.toMatchObject({ code: 50_035, rawError: unknown });
    await expect(reply('1', { fail_if_not_exists: false })).resolves.toMatchObject({ type: 0 });
    await channel.threads.create({ name: 'topic' });
    const notice = [...simulator.world.messages.values()].find(({ type }) => type === 18);
    await expect(reply(notice!.id)).rejects.toMatchObject({ code: 50_035 });
    simulator.deny(simulator.channel, 'readMessageHistory');
    await expect(reply(question!.id)).rejects.toMatchObject({ code: 160_002 });
  });

  it.each([
    [{ parse: [] }, []],
    [{ parse: ['everyone'] }, ['@everyone']],
    [{ parse: [], users: ['7'] }, ['7']],
    [undefined, ['7', '9', '@everyone']],
  ])('allowed mentions %j > ping %j', async (allowed, pings) => {
    const { send, simulator } = await textChannel();
    await send({ content: '<@7> <@&9> @everyone', allowed_mentions: allowed });
    expect([...simulator.world.messages.values()].at(-1)?.mentions).toEqual(pings);
    expect(simulator.violations.length > 0).toBe(pings.length > 0);
  });

  it('a thread > starts from a message once, with a name of 1 to 100 characters', async () => {
    const { channel, simulator } = await textChannel();
    const message = await channel.send('one');
    await expect(message.startThread({ name: 'x'.repeat(101) })).rejects.toMatchObject({ code: 50_035 });
    const thread = await message.startThread({ name: 'x'.repeat(100) });
    expect(thread.id).toBe(message.id);
    await thread.send('inside');
    await expect(message.startThread({ name: 'again' })).rejects.toMatchObject({ code: 160_004 });
    const asked = await simulator.person('Ada').mention('hello', { in: simulator.world.channels.get(thread.id)! });
    expect(asked.reply().text).toBe('echo hello');
    expect(simulator.transcript()).toContain(`── #general › ${'x'.repeat(100)}\nNape: inside\nAda: @Nape hello`);
  });

  it('a private thread > is what comes without a type, and needs its own permission', async () => {
    const { client, channel } = await textChannel();
    const start = (body: object) => client.rest.post(Routes.threads(channel.id), { body });
    await expect(start({ name: 'topic' })).rejects.toMatchObject({ code: 50_013 });
    await expect(start({ name: 'topic', type: 11 })).resolves.toMatchObject({ type: 11 });
    await expect(start({ name: 'topic', type: 11, auto_archive_duration: 61 })).rejects.toMatchObject({ code: 50_035 });
  });

  it('exactly the permissions of the invite > suffice where everyone has none', async () => {
    const { simulator, channel } = await textChannel();
    simulator.guild.everyonePermissions = 0n;
    simulator.guild.botPermissions = bits([
      'viewChannel',
      'sendMessages',
      'sendMessagesInThreads',
      'createPublicThreads',
      'embedLinks',
    ]);
    const message = await channel.send('one');
    await (await message.startThread({ name: 'topic' })).send('two');
    await expect(message.reply('three')).rejects.toMatchObject({ code: 160_002 });
  });
});
