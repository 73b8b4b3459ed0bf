import { z } from 'zod';
import { type Locale, locales } from '../../conversation/locale.ts';
import type { Settings } from '../../store/store.ts';

/** What the people who run a server have decided. */
export interface GuildSettings {
  /** The only channels with answers; null for every channel that is not denied. */
  readonly only: readonly string[] | null;
  readonly denied: readonly string[];
  /** Whether a mention in a channel is answered in a thread. */
  readonly threads: boolean;
  /** Language of Nape's own words; null for each visitor's. */
  readonly language: Locale | null;
}

export const defaultSettings: GuildSettings = { only: null, denied: [], threads: false, language: null };

const settingsForm = z.object({
  only: z.array(z.string()).nullable(),
  denied: z.array(z.string()),
  threads: z.boolean(),
  language: z.enum(locales).nullable(),
});
const mutedForm = z.record(z.string(), z.number());

/** Settings of each server, and the channels in which Discord does not let Nape write. */
export interface GuildStore {
  settings(guildId: string | null): Promise<GuildSettings>;
  save(guildId: string, settings: GuildSettings): Promise<void>;
  /** Channels that refused a message in the last day. */
  muted(guildId: string): Promise<readonly string[]>;
  mute(guildId: string, channelId: string): Promise<void>;
  unmute(guildId: string, channelId: string): Promise<void>;
  /** Removes all that is kept of a server. */
  forget(guildId: string): Promise<void>;
}

/** Read again after so long, because another replica may have changed them. */
const freshMs = 5_000;
const mostRecent = 10_000;

/** After so long Nape tries again, because nobody tells it when a permission comes back. */
const mutedMs = 24 * 60 * 60_000;

export function createGuildStore(settings: Settings, now: () => number): GuildStore {
  const recent = new Map<string, { readonly settings: GuildSettings; readonly at: number }>();
  const scope = (guildId: string) => `discord-server:${guildId}`;

  function keep(guildId: string, read: GuildSettings): void {
    if (recent.size >= mostRecent) recent.clear();
    recent.set(guildId, { settings: read, at: now() });
  }

  async function mutedChannels(guildId: string): Promise<Readonly<Record<string, number>>> {
    const read = mutedForm.safeParse(await settings.get(scope(guildId), 'muted'));
    return Object.fromEntries(Object.entries(read.data ?? {}).filter(([, at]) => now() - at < mutedMs));
  }

  return {
    async settings(guildId) {
      if (guildId === null) return defaultSettings;
      const known = recent.get(guildId);
      if (known && now() - known.at < freshMs) return known.settings;
      const read = settingsForm.safeParse(await settings.get(scope(guildId), 'settings')).data ?? defaultSettings;
      keep(guildId, read);
      return read;
    },
    async save(guildId, value) {
      await settings.set(scope(guildId), 'settings', value);
      keep(guildId, value);
    },
    muted: async (guildId) => Object.keys(await mutedChannels(guildId)),
    async mute(guildId, channelId) {
      await settings.set(scope(guildId), 'muted', { ...(await mutedChannels(guildId)), [channelId]: now() });
    },
    async unmute(guildId, channelId) {
      const { [channelId]: _, ...others } = await mutedChannels(guildId);
      await settings.set(scope(guildId), 'muted', others);
    },
    async forget(guildId) {
      await settings.clear(scope(guildId));
      recent.delete(guildId);
    },
  };
}

/** Whether a question in a channel is answered; a thread counts as the channel that it is in. */
export function mayAnswer({ only, denied }: GuildSettings, channelId: string, parentId: string | null): boolean {
  const places = parentId === null ? [channelId] : [channelId, parentId];
  if (places.some((id) => denied.includes(id))) return false;
  return only === null || places.some((id) => only.includes(id));
}

/** A channel that was denied is no longer; any other is then one of the only ones. */
export function withAllowed(settings: GuildSettings, channelId: string): GuildSettings {
  const { only, denied } = settings;
  if (only === null && denied.includes(channelId)) return { ...settings, denied: without(denied, channelId) };
  return { ...settings, only: [...without(only ?? [], channelId), channelId], denied: without(denied, channelId) };
}

/** One of the only channels is none any more, though it was the last: silence never turns into answers by itself. */
export function withDenied(settings: GuildSettings, channelId: string): GuildSettings {
  const { only, denied } = settings;
  if (only?.includes(channelId)) return { ...settings, only: without(only, channelId) };
  return { ...settings, denied: [...without(denied, channelId), channelId] };
}

function without(ids: readonly string[], id: string): readonly string[] {
  return ids.filter((other) => other !== id);
}
