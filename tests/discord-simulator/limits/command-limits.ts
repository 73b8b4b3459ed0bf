import type { Json } from '../world/types.ts';
import { choiceFindings } from './choice-limits.ts';
import {
  type Finding,
  isObject,
  listLength,
  listOf,
  oneOf,
  type Path,
  refused,
  textLength,
  wholeNumber,
} from './finding.ts';

/** Reference > Locales. */
const locales = new Set(
  'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko'.split(
    ' ',
  ),
);

/** Application Commands > Application Command Naming. */
const slashName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const slash = 1;
const subcommand = 1;
const subcommandGroup = 2;
const optionTypes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/** Characters of names, descriptions and values that one command may hold together. */
const totalCharacters = 8000;
/** Commands of one scope, by type (Application Commands > Registering a Command). */
export const mostCommands: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };

/** One command as it is registered, against Application Commands > Application Command Object. */
export function commandFindings(command: Json, path: Path = []): readonly Finding[] {
  const type = command.type ?? slash;
  const isSlash = type === slash;
  const noDescription = refused(
    [...path, 'description'],
    'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_CANNOT_BE_SET',
    'Context menu commands cannot have description',
  );
  const noOptions = refused(
    [...path, 'options'],
    'APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_CANNOT_BE_SET',
    'Context menu commands cannot have options',
  );
  const size = charactersOf(command);
  return [
    ...oneOf([...path, 'type'], type, [1, 2, 3, 4]),
    ...nameFindings(path, command, isSlash),
    ...(isSlash ? descriptionFindings(path, command) : []),
    ...(!isSlash && typeof command.description === 'string' && command.description !== '' ? [noDescription] : []),
    ...(!isSlash && listOf(command.options).length > 0 ? [noOptions] : []),
    ...(isSlash ? optionsFindings(path, command.options) : []),
    ...(size > totalCharacters
      ? [refused(path, 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${totalCharacters})`)]
      : []),
    ...permissionFindings(path, command.default_member_permissions),
  ];
}

/** A whole list that replaces the commands of a scope: each one, no name twice for a type, not too many. */
export function commandListFindings(commands: readonly unknown[]): readonly Finding[] {
  const bodies = commands.filter(isObject);
  const keys = bodies.map(({ type, name }) => `${String(type ?? slash)} ${String(name)}`);
  return bodies.flatMap((command, at) => {
    const twice = keys.indexOf(keys[at] ?? '') !== at;
    const message = 'Application command names must be unique';
    return [
      ...commandFindings(command, [at]),
      ...(twice ? [refused([at, 'name'], 'APPLICATION_COMMANDS_DUPLICATE_NAME', message)] : []),
    ];
  });
}

function optionsFindings(path: Path, options: unknown): readonly Finding[] {
  const all = listOf(options).filter(isObject);
  const names = all.map(({ name }) => name);
  const firstOptional = all.findIndex(({ type, required }) => !isBranch(type) && required !== true);
  return [
    ...listLength([...path, 'options'], options, 0, 25),
    ...all.flatMap((option, at) => {
      const here = [...path, 'options', at];
      const isLate = firstOptional >= 0 && at > firstOptional && option.required === true;
      const late = 'Required options must be placed before non-required options';
      return [
        ...optionFindings(here, option),
        ...(isLate ? [refused(here, 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', late)] : []),
        ...(names.indexOf(option.name) === at
          ? []
          : [
              refused(
                [...here, 'name'],
                'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
                'Option name already exists',
              ),
            ]),
      ];
    }),
  ];
}

/** Application Command Option Structure. */
function optionFindings(path: Path, option: Json): readonly Finding[] {
  const { type, choices, autocomplete } = option;
  const both = 'Autocomplete and choices are mutually exclusive';
  return [
    ...oneOf([...path, 'type'], type, optionTypes),
    ...nameFindings(path, option, true),
    ...descriptionFindings(path, option),
    ...(isBranch(type) ? optionsFindings(path, option.options) : []),
    ...(choices === undefined ? [] : choiceFindings(choices, path)),
    ...(autocomplete === true && listOf(choices).length > 0
      ? [refused([...path, 'autocomplete'], 'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES', both)]
      : []),
    ...wholeNumber([...path, 'min_length'], option.min_length, 0, 6000),
    ...wholeNumber([...path, 'max_length'], option.max_length, 1, 6000),
  ];
}

function nameFindings(path: Path, thing: Json, isSlash: boolean): readonly Finding[] {
  const check = (at: Path, name: unknown): readonly Finding[] => {
    const length = textLength(at, name, 1, 32, true);
    if (length.length > 0 || !isSlash) return length;
    const isGood = slashName.test(String(name)) && String(name) === String(name).toLowerCase();
    return isGood ? [] : [refused(at, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid')];
  };
  return [
    ...check([...path, 'name'], thing.name),
    ...localised([...path, 'name_localizations'], thing.name_localizations, check),
  ];
}

function descriptionFindings(path: Path, thing: Json): readonly Finding[] {
  const check = (at: Path, text: unknown) => textLength(at, text, 1, 100, true);
  return [
    ...check([...path, 'description'], thing.description),
    ...localised([...path, 'description_localizations'], thing.description_localizations, check),
  ];
}

function localised(
  path: Path,
  texts: unknown,
  check: (at: Path, text: unknown) => readonly Finding[],
): readonly Finding[] {
  if (!isObject(texts)) return [];
  return Object.entries(texts).flatMap(([locale, text]) => {
    if (!locales.has(locale)) return oneOf([...path, locale], locale, [...locales]);
    return text === null ? [] : check([...path, locale], text);
  });
}

function permissionFindings(path: Path, value: unknown): readonly Finding[] {
  if (value === undefined || value === null || (typeof value === 'string' && /^\d+$/.test(value))) return [];
  return [refused([...path, 'default_member_permissions'], 'BASE_TYPE_BAD_TYPE', 'Could not interpret as string.')];
}

/** Names, descriptions and values; of a localised text the longest counts. */
function charactersOf(thing: Json): number {
  const longest = (field: string) => {
    const texts = isObject(thing[`${field}_localizations`])
      ? Object.values(thing[`${field}_localizations`] as Json)
      : [];
    return Math.max(...[thing[field], ...texts].map((text) => (typeof text === 'string' ? text.length : 0)));
  };
  const value = typeof thing.value === 'string' ? thing.value.length : 0;
  const inside = [...listOf(thing.options), ...listOf(thing.choices)].filter(isObject);
  return longest('name') + longest('description') + value + inside.reduce((sum, part) => sum + charactersOf(part), 0);
}

function isBranch(type: unknown): boolean {
  return type === subcommand || type === subcommandGroup;
}
