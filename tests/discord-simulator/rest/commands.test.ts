import { describe, expect, it } from 'vitest';
import { simulatedBot } from '../simulated-bot.ts';

const ask = {
  name: 'ask',
  description: 'Asks',
  options: [{ type: 3, name: 'question', description: 'What', required: true }],
};

describe('commands', () => {
  it('commands > can be put, listed, changed and deleted, for all guilds or for one', async () => {
    const { client, simulator } = await simulatedBot();
    const { commands } = client.application;
    await commands.set([ask, { name: 'faq', description: 'Questions' }]);
    await commands.create({ name: 'faq', description: 'More questions' }, simulator.guild.id);
    expect((await commands.fetch()).map(({ name, description }) => [name, description])).toEqual([
      ['ask', 'Asks'],
      ['faq', 'Questions'],
    ]);
    expect((await commands.fetch({ guildId: simulator.guild.id })).map(({ description }) => description)).toEqual([
      'More questions',
    ]);
    const [first] = [...(await commands.fetch()).values()];
    await commands.edit(first!, { description: 'Asks again' });
    await commands.delete([...(await commands.fetch()).values()][1]!);
    expect((await commands.fetch()).map(({ name, description }) => [name, description])).toEqual([
      ['ask', 'Asks again'],
    ]);
    expect(simulator.violations).toEqual([]);
  });

  it('a command that exists > keeps its id, and its version until it changes', async () => {
    const { client } = await simulatedBot();
    const { commands } = client.application;
    const put = async (description: string) => {
      const [first] = [...(await commands.set([{ ...ask, description }])).values()];
      return { id: first?.id, version: first?.version };
    };
    const [one, same, other] = [await put('a'), await put('a'), await put('b')];
    expect(same).toEqual(one);
    expect(other.id).toBe(one.id);
    expect(other.version).not.toBe(one.version);
  });

  it('a bad command or too many > are refused', async () => {
    const { client } = await simulatedBot();
    const { commands } = client.application;
    await expect(commands.set([{ ...ask, name: 'Ask' }])).rejects.toMatchObject({ code: 50_035 });
    const many = Array.from({ length: 101 }, (_, at) => ({ name: `c${at}`, description: 'x' }));
    await expect(commands.set(many)).rejects.toMatchObject({ code: 30_032 });
    await commands.set(many.slice(1));
    await expect(commands.create(many[0]!)).rejects.toMatchObject({ code: 30_032 });
  });

  it('a person > can use what is registered, with the options that there are', async () => {
    const { client, simulator } = await simulatedBot();
    const allow = {
      type: 1,
      name: 'allow',
      description: 'Allows',
      options: [{ type: 7, name: 'channel', description: 'Which' }],
    } as const;
    const group = { type: 2, name: 'channel', description: 'Channels', options: [allow] } as const;
    await client.application.commands.set([
      ask,
      { name: 'nape', description: 'Settings', options: [group], default_member_permissions: '32' },
    ]);
    const ada = simulator.person('Ada');
    await expect(ada.slash('faq')).rejects.toThrow('no command faq is registered');
    await expect(ada.slash('ask')).rejects.toThrow('/ask needs its option question');
    await expect(ada.slash('ask', { question: 'x', private: true })).rejects.toThrow('/ask has no option private');
    await expect(ada.slash('nape channel allow')).rejects.toThrow('Ada may not use /nape');
    const admin = simulator.person('Max', { permissions: ['manageGuild'] });
    const { interaction } = await admin.slash('nape channel allow', { channel: simulator.channel.id });
    expect(interaction?.data).toMatchObject({
      name: 'nape',
      options: [
        { name: 'channel', type: 2, options: [{ name: 'allow', type: 1, options: [{ name: 'channel', type: 7 }] }] },
      ],
      resolved: { channels: { [simulator.channel.id]: { name: 'general' } } },
    });
    expect(simulator.transcript()).toContain('Max used /nape channel allow channel: ');
  });
});
