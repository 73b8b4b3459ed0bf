import { isLocale, type Locale, locales } from '../../../conversation/locale.ts';
import { fixedWords } from '../../../conversation/replies.ts';
import { said } from '../answer-question.ts';
import { discordMessage } from '../discord-message.ts';
import { escapeMarkdown } from '../escape-markdown.ts';
import { defaultSettings, type GuildSettings, withAllowed, withDenied } from '../guild-settings.ts';
import type { Options } from '../interaction.ts';
import { type DiscordWords, discordWords, localeOf } from '../words/discord-words.ts';
import type { Visit } from './visit.ts';

/** `/nape …`: what the people who run a server decide; told to the one who decides. */
export async function runSettings(visit: Visit): Promise<void> {
  const { bot, interaction, reply, settings, words } = visit;
  const { action, guildId } = interaction;
  if (action.kind !== 'command') return;
  if (guildId === null) return reply.show([said(words.onlyServers)], 'one');
  // Discord hides the command from others, but a server can be set to show it.
  if (!interaction.canManage) return reply.show([said(words.onlyManagers)], 'one');
  const [, name = '', below = ''] = action.path;
  const changed = change(name, below, action.options, settings);
  if (changed) await bot.guilds.save(guildId, changed);
  const channel = channelOf(action.options);
  if (below === 'allow' && channel) await bot.guilds.unmute(guildId, channel);
  const now = changed ?? settings;
  const spoken = discordWords[now.language ?? localeOf(interaction.locale)];
  const lines = changed
    ? [told(name, below, now, channel, spoken), ...(name === 'channel' ? [whereLine(now, spoken)] : [])]
    : statusLines(now, await bot.guilds.muted(guildId), spoken);
  await reply.show([discordMessage(lines.filter((line) => line !== '').join('\n'))], 'one');
}

function change(name: string, below: string, options: Options, settings: GuildSettings): GuildSettings | null {
  const channel = channelOf(options);
  if (name === 'channel' && below === 'allow' && channel) return withAllowed(settings, channel);
  if (name === 'channel' && below === 'deny' && channel) return withDenied(settings, channel);
  if (name === 'channel' && below === 'everywhere') {
    return { ...settings, only: defaultSettings.only, denied: defaultSettings.denied };
  }
  if (name === 'thread') return { ...settings, threads: options.switch === 'on' };
  if (name !== 'language') return null;
  const language = String(options.language ?? '');
  return { ...settings, language: isLocale(language) ? language : null };
}

function channelOf({ channel }: Options): string | null {
  return typeof channel === 'string' && /^\d+$/u.test(channel) ? channel : null;
}

function told(name: string, below: string, now: GuildSettings, channel: string | null, words: DiscordWords): string {
  if (name === 'thread') return threadLine(now, words);
  if (name === 'language') return languageLine(now, words);
  if (below === 'allow') return filled(words.channelAllowed, '{channel}', channel ? [channel] : []);
  return below === 'deny' ? filled(words.channelDenied, '{channel}', channel ? [channel] : []) : '';
}

function statusLines(now: GuildSettings, muted: readonly string[], words: DiscordWords): readonly string[] {
  return [
    whereLine(now, words),
    threadLine(now, words),
    languageLine(now, words),
    ...(muted.length > 0 ? [filled(words.mayNotWrite, '{channels}', muted)] : []),
  ];
}

function whereLine({ only, denied }: GuildSettings, words: DiscordWords): string {
  if (only !== null)
    return only.length === 0 ? escapeMarkdown(words.nowhere) : filled(words.onlyIn, '{channels}', only);
  return denied.length === 0 ? escapeMarkdown(words.everywhere) : filled(words.everywhereBut, '{channels}', denied);
}

function threadLine({ threads }: GuildSettings, words: DiscordWords): string {
  return escapeMarkdown(threads ? words.threadsOn : words.threadsOff);
}

function languageLine({ language }: GuildSettings, words: DiscordWords): string {
  return escapeMarkdown(
    language ? words.languageSet.replace('{language}', nameIn(words, language)) : words.languageOpen,
  );
}

function nameIn(words: DiscordWords, language: Locale): string {
  const spoken = locales.find((locale) => discordWords[locale] === words) ?? 'en';
  return fixedWords[spoken].languageNames[language];
}

/** Channels as Discord shows them; more than a handful are counted, so that the line stays short. */
function filled(template: string, mark: string, channels: readonly string[]): string {
  const shown = channels.slice(0, mostChannels).map((id) => `<#${id}>`);
  const rest = channels.length - shown.length;
  return escapeMarkdown(template).replace(mark, [...shown, ...(rest > 0 ? [`+${rest}`] : [])].join(', '));
}

const mostChannels = 20;
