import { type Locale, locales } from '../../conversation/locale.ts';
import { longestQuestion } from '../../conversation/question-text.ts';
import { discordLocales, discordWords, type Named } from './words/discord-words.ts';

/** A command as it is registered, in Discord's own form; what is left out has Discord's default. */
export interface CommandDefinition {
  readonly type: 1 | 3;
  readonly name: string;
  readonly name_localizations?: Localised;
  readonly description: string;
  readonly description_localizations?: Localised;
  readonly options?: readonly OptionDefinition[];
  readonly default_member_permissions?: string;
  /** 0 a server, 1 a direct message with the bot. */
  readonly contexts?: readonly (0 | 1)[];
  readonly integration_types?: readonly 0[];
}

export interface OptionDefinition {
  readonly type: number;
  readonly name: string;
  readonly name_localizations?: Localised;
  readonly description: string;
  readonly description_localizations?: Localised;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly channel_types?: readonly number[];
  readonly choices?: readonly {
    readonly name: string;
    readonly name_localizations?: Localised;
    readonly value: string;
  }[];
  readonly options?: readonly OptionDefinition[];
}

type Localised = Readonly<Record<string, string>>;

const optionTypes = { subcommand: 1, group: 2, string: 3, boolean: 5, channel: 7 } as const;
const manageServer = String(1 << 5);
/** Channels that people write in: text, announcement, voice, stage, forum, media. */
const channelTypes = [0, 5, 2, 13, 15, 16];
const everywhere = { contexts: [0, 1], integration_types: [0] } as const;
const servers = { contexts: [0], integration_types: [0] } as const;

/**
 * Every command of the bot, with its names and descriptions in Discord's languages; registered for one server, they have
 * neither contexts nor ways of being installed.
 */
export function commandDefinitions(scope: 'everywhere' | 'server' = 'everywhere'): readonly CommandDefinition[] {
  const all = everyCommand();
  return scope === 'everywhere' ? all : all.map(({ contexts: _, integration_types: __, ...command }) => command);
}

function everyCommand(): readonly CommandDefinition[] {
  return [
    command('ask', [
      {
        ...option('question', optionTypes.string),
        required: true,
        autocomplete: true,
        min_length: 1,
        max_length: longestQuestion,
      },
      option('private', optionTypes.boolean),
    ]),
    ...(['faq', 'sources', 'topics', 'forget', 'about', 'help'] as const).map((name) => command(name)),
    {
      ...command('nape', [
        {
          ...setting('channel', optionTypes.group),
          options: [
            ...(['allow', 'deny'] as const).map((name) => ({
              ...setting(name, optionTypes.subcommand),
              options: [{ ...option('channel', optionTypes.channel), required: true, channel_types: channelTypes }],
            })),
            setting('everywhere', optionTypes.subcommand),
          ],
        },
        {
          ...setting('thread', optionTypes.subcommand),
          options: [
            {
              ...option('switch', optionTypes.string),
              required: true,
              choices: (['on', 'off'] as const).map((value) => ({ ...choiceName((words) => words[value]), value })),
            },
          ],
        },
        {
          ...setting('language', optionTypes.subcommand),
          options: [
            {
              ...option('language', optionTypes.string),
              required: true,
              choices: [
                ...locales.map((locale) => ({ name: ownNames[locale], value: locale })),
                { ...choiceName((words) => words.anyLanguage), value: 'any' },
              ],
            },
          ],
        },
        setting('status', optionTypes.subcommand),
      ]),
      ...servers,
      default_member_permissions: manageServer,
    },
    // A command in the menu of a message has no description.
    { type: 3, ...choiceName((words) => words.askAbout), description: '', ...everywhere },
  ];
}

/** Each language in its own words. */
export const ownNames: Readonly<Record<Locale, string>> = {
  en: 'English',
  es: 'Español',
  de: 'Deutsch',
  fr: 'Français',
  pt: 'Português',
  it: 'Italiano',
};

type Words = (typeof discordWords)[Locale];

function command(name: keyof Words['commands'], options: readonly OptionDefinition[] = []): CommandDefinition {
  return { type: 1, ...named((words) => words.commands[name]), ...(options.length > 0 && { options }), ...everywhere };
}

function setting(name: keyof Words['settings'], type: number): OptionDefinition {
  return { type, ...named((words) => words.settings[name]) };
}

function option(name: keyof Words['options'], type: number): OptionDefinition {
  return { type, ...named((words) => words.options[name]) };
}

function named(
  pick: (words: Words) => Named,
): Pick<CommandDefinition, 'name' | 'name_localizations' | 'description' | 'description_localizations'> {
  const { name, description } = pick(discordWords.en);
  return {
    name,
    name_localizations: localised((words) => pick(words).name),
    description,
    description_localizations: localised((words) => pick(words).description),
  };
}

function choiceName(pick: (words: Words) => string): { readonly name: string; readonly name_localizations: Localised } {
  return { name: pick(discordWords.en), name_localizations: localised(pick) };
}

function localised(pick: (words: Words) => string): Localised {
  return Object.fromEntries(
    Object.entries(discordLocales).flatMap(([locale, names]) =>
      names.map((name) => [name, pick(discordWords[locale as keyof typeof discordLocales])]),
    ),
  );
}
