import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type APIMessage, ChannelType, ComponentType } from 'discord.js';
import { DigitalDiscord } from 'discord-digital-twin';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRestDiscordApi } from '../../src/channels/discord/rest-discord-api.ts';
import type { Ask } from '../../src/domain.ts';
import { nape, runningBot } from '../channels/discord/running-bot.ts';

/**
 * The bot in a Discord that somebody else wrote, for the paths that it has: commands, buttons, deferrals. Its messages
 * never name whom they mention, so nobody can speak to the bot in a channel.
 */
async function botInTwin(ask?: Ask) {
  // In memory, all twins of a process are one.
  const folder = await mkdtemp(join(tmpdir(), 'nape-twin-'));
  const twin = new DigitalDiscord({
    channels: [{ name: 'general', type: ChannelType.GuildText }],
    users: [{ username: 'Ada' }],
    botUser: { username: 'Nape' },
    dbUrl: `file:${join(folder, 'twin.db')}`,
  });
  await twin.start();
  const api = createRestDiscordApi({ token: twin.botToken, api: twin.restUrl });
  const gateway = { token: twin.botToken, api: twin.restUrl, shards: 'auto', random: Math.random } as const;
  onTestFinished(async () => {
    await twin.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const { bot, logged } = await runningBot({ parts: { api, gateway }, ...(ask && { ask }) });
  await bot.start();
  const channel = await twin.prisma.channel.findFirst({ where: { name: 'general' } });
  const userId = await twin.getFirstNonBotUserId();
  if (!channel || !userId) throw new Error('the twin has no channel or no user');
  const place = twin.channel(channel.id);
  return { logged, place, ada: place.user(userId) };
}

const question = 'What is shiatsu?';
const answer = 'Shiatsu grew out of traditions';
const options = [{ name: 'question', type: 3, value: question }];
const answered = { predicate: ({ content }: APIMessage) => content.includes(answer) };

/** The custom id of a button, by its label or emoji. */
function customId({ components = [] }: APIMessage, face: string): string {
  const buttons = components.flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []));
  for (const button of buttons) {
    if (button.type !== ComponentType.Button || !('custom_id' in button)) continue;
    if (button.label === face || button.emoji?.name === face) return button.custom_id;
  }
  throw new Error(`there is no button ${face}`);
}

describe('the bot, in discord-digital-twin', () => {
  it('/ask > is acknowledged and answered, with buttons that answer when they are pressed', async () => {
    const { logged, place, ada } = await botInTwin();
    const asked = await ada.runSlashCommand({ name: 'ask', options });
    expect(await place.waitForInteractionAck({ interactionId: asked.id })).toMatchObject({ acknowledged: true });
    const reply = await place.waitForMessage(answered);
    for (const face of ['Show passages', '👍']) {
      const pressed = await ada.clickButton({ messageId: reply.id, customId: customId(reply, face) });
      await place.waitForInteractionAck({ interactionId: pressed.id });
      expect(await place.getInteractionResponse(pressed.id)).toMatchObject({ acknowledged: true, type: 4 });
    }
    expect(logged.filter((line) => !line.startsWith('info'))).toEqual([]);
  });

  it('/ask with an answer that takes its time > is acknowledged first, and the answer takes the place of the note', async () => {
    const { place, ada } = await botInTwin(async function* (asked) {
      await pause(1_500);
      yield* nape.ask({ text: asked.text });
    });
    const asked = await ada.runSlashCommand({ name: 'ask', options });
    const acknowledged = await place.waitForInteractionAck({ interactionId: asked.id });
    expect(acknowledged).toMatchObject({ acknowledged: true, type: 5 });
    await place.waitForMessage(answered);
    expect(await place.getMessages()).toHaveLength(1);
  });

  it('who may be in danger > is told so where nobody else sees it', async () => {
    const { place, ada } = await botInTwin();
    const said = [{ name: 'question', type: 3, value: 'I want to kill myself' }];
    const asked = await ada.runSlashCommand({ name: 'ask', options: said });
    await place.waitForInteractionAck({ interactionId: asked.id });
    const reply = await place.waitForMessage({
      predicate: ({ content }) => content.includes('call your local emergency number'),
    });
    expect((reply.flags ?? 0) & 64).toBe(64);
    expect(reply.components ?? []).toEqual([]);
  });
});
