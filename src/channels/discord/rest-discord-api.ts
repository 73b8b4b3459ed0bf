import { setTimeout as sleep } from 'node:timers/promises';
import { DiscordAPIError, HTTPError, REST, Routes } from 'discord.js';
import { z } from 'zod';
import { type DiscordApi, DiscordFailure, type InteractionAddress, type SendOptions } from './discord-api.ts';
import { type DiscordMessage, messageFlags } from './discord-message.ts';
import { createGate } from './gate.ts';
import { type Retry, tryAgain } from './try-again.ts';

export interface RestDiscordApiParts {
  readonly token: string;
  /** Address of the interface without its version; Discord's own unless given. */
  readonly api?: string;
  /** Longest time of one try, in milliseconds. */
  readonly timeoutMs?: number;
  /** Waits before the second and later tries, in milliseconds; none for somebody who waits at a terminal. */
  readonly pausesMs?: readonly number[];
}

/** Nothing of ours may be asked for twice as fast as this; interactions have no such limit (Discord, "Rate Limits"). */
const interactionRequestsPerSecond = 10_000;
/** Requests at once, each with a connection of its own: a server takes only so many new ones at the same moment. */
const mostConnections = 64;

const withId = z.object({ id: z.string() });
const channelForm = z.object({
  type: z.number(),
  parent_id: z.string().nullish(),
  owner_id: z.string().nullish(),
});
const threadTypes = [10, 11, 12];
const errorCodes = {
  unknownMessage: 10_008,
  alreadyAnswered: 40_060,
  noHistory: 160_002,
  threadExists: 160_004,
} as const;

/** Discord's REST interface by way of discord.js, which keeps its rate limits; failures that pass are tried again. */
export function createRestDiscordApi({ token, api, timeoutMs = 10_000, pausesMs }: RestDiscordApiParts): DiscordApi {
  const options = { version: '10', timeout: timeoutMs, retries: 0, ...(api !== undefined && { api }) };
  const bot = new REST(options).setToken(token);
  // Its own queue, so that an edit never waits for the bot's global limit, which does not count here.
  const interactions = new REST({ ...options, globalRequestsPerSecond: interactionRequestsPerSecond });

  // What has to be said within three seconds does not stand in line behind the rest.
  const [firstResponses, responses] = [createGate(mostConnections), createGate(mostConnections)];
  const asked = <T>(request: (attempt: number) => Promise<T>, retry: Retry) =>
    tryAgain(async (attempt) => request(attempt).catch(fail), retry, {
      sleep: async (ms) => void (await sleep(ms)),
      ...(pausesMs && { pausesMs }),
    });
  const response = ({ applicationId, token: key }: InteractionAddress) =>
    Routes.webhookMessage(applicationId, key, '@original');

  async function sendMessage(channelId: string, body: object): Promise<{ readonly id: string }> {
    return withId.parse(await asked(() => bot.post(Routes.channelMessages(channelId), { body }), 'any'));
  }

  return {
    async respond(to, body) {
      const path = Routes.interactionCallback(to.id, to.token);
      await asked(
        (attempt) =>
          firstResponses(() =>
            interactions.post(path, { body, auth: false }).catch((thrown: unknown) => {
              // The first try went through, only its answer was lost.
              if (attempt > 0 && codeOf(thrown) === errorCodes.alreadyAnswered) return;
              throw thrown;
            }),
          ),
        'any',
      );
    },
    async editResponse(to, message) {
      await asked(
        () => responses(() => interactions.patch(response(to), { body: changed(message), auth: false })),
        'any',
      );
    },
    async deleteResponse(to) {
      await asked(() => responses(() => interactions.delete(response(to), { auth: false })).catch(ifGone), 'any');
    },
    async followUp(to, body) {
      const path = Routes.webhook(to.applicationId, to.token);
      await asked(() => responses(() => interactions.post(path, { body, auth: false })), 'refused-only');
    },
    async send(channelId, message, sendOptions) {
      const body = posted(message, sendOptions);
      try {
        return await sendMessage(channelId, body);
      } catch (thrown) {
        // Without the permission to read history nothing can be replied to; the answer itself is not lost for that.
        if (!(thrown instanceof DiscordFailure) || thrown.code !== errorCodes.noHistory) throw thrown;
        return sendMessage(channelId, posted(message, { nonce: sendOptions.nonce }));
      }
    },
    async edit(channelId, messageId, message) {
      const path = Routes.channelMessage(channelId, messageId);
      await asked(() => bot.patch(path, { body: changed(message) }).catch(ifGone), 'any');
    },
    async openThread(channelId, messageId, name) {
      const path = Routes.threads(channelId, messageId);
      const opened = await asked(
        () =>
          bot.post(path, { body: { name } }).catch((thrown: unknown) => {
            // A thread has the id of the message that it starts from.
            if (codeOf(thrown) === errorCodes.threadExists) return { id: messageId };
            throw thrown;
          }),
        'any',
      );
      return withId.parse(opened).id;
    },
    async typing(channelId) {
      await asked(() => bot.post(Routes.channelTyping(channelId)), 'any');
    },
    async channel(channelId) {
      const found = channelForm.parse(await asked(() => bot.get(Routes.channel(channelId)), 'any'));
      const isThread = threadTypes.includes(found.type);
      // Of a channel that is no thread, the parent is only a category.
      return { isThread, parentId: isThread ? (found.parent_id ?? null) : null, ownerId: found.owner_id ?? null };
    },
    async application() {
      const form = z.object({ id: z.string(), name: z.string() });
      return form.parse(await asked(() => bot.get(Routes.currentApplication()), 'any'));
    },
    async guilds() {
      const form = z.array(z.object({ id: z.string(), name: z.string(), permissions: z.string() }));
      const all: z.infer<typeof form>[number][] = [];
      for (let after = '0'; ; ) {
        const query = new URLSearchParams({ limit: String(guildsPerPage), after });
        const page = form.parse(await asked(() => bot.get(Routes.userGuilds(), { query }), 'any'));
        all.push(...page);
        const last = page.at(-1);
        if (!last || page.length < guildsPerPage) return all;
        after = last.id;
      }
    },
    commands(applicationId, guildId) {
      const path =
        guildId === null
          ? Routes.applicationCommands(applicationId)
          : Routes.applicationGuildCommands(applicationId, guildId);
      const form = z.array(z.looseObject({ id: z.string() }));
      return {
        async list() {
          const query = new URLSearchParams({ with_localizations: 'true' });
          return form.parse(await asked(() => bot.get(path, { query }), 'any'));
        },
        create: (command) => asked(() => bot.post(path, { body: command }), 'any'),
        change: (id, command) => asked(() => bot.patch(`${path}/${id}`, { body: command }), 'any'),
        remove: (id) => asked(() => bot.delete(`${path}/${id}`), 'any'),
      };
    },
  };
}

const guildsPerPage = 200;

/** A new message; `fail_if_not_exists` is off, so that an answer to a deleted message is still given. */
function posted(message: DiscordMessage, { nonce, replyTo }: SendOptions): object {
  const reference =
    replyTo === undefined ? {} : { message_reference: { message_id: replyTo, fail_if_not_exists: false } };
  return { ...message, ...reference, nonce, enforce_nonce: true };
}

/** Whether a message is ephemeral is decided when it is made. */
function changed(message: DiscordMessage): object {
  return { ...message, flags: message.flags & messageFlags.suppressEmbeds };
}

/** What is gone need not be changed or removed. */
function ifGone(thrown: unknown): void {
  if (codeOf(thrown) !== errorCodes.unknownMessage) throw thrown;
}

function codeOf(thrown: unknown): number {
  return thrown instanceof DiscordAPIError ? Number(thrown.code) || 0 : 0;
}

function fail(thrown: unknown): never {
  if (thrown instanceof DiscordAPIError) {
    throw new DiscordFailure(thrown.status, codeOf(thrown), `Discord refused: ${thrown.message}`, { cause: thrown });
  }
  if (thrown instanceof HTTPError) throw new DiscordFailure(thrown.status, 0, `Discord failed: ${thrown.message}`);
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  throw new DiscordFailure(0, 0, `Discord cannot be reached: ${reason}`, { cause: thrown });
}
