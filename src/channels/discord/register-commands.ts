import { isDeepStrictEqual } from 'node:util';
import type { CommandDefinition } from './command-definitions.ts';

/** A command as Discord lists it, with fields of its own besides ours. */
export type RegisteredCommand = { readonly id: string } & Readonly<Record<string, unknown>>;

export interface CommandRegistry {
  list(): Promise<readonly RegisteredCommand[]>;
  create(command: CommandDefinition): Promise<unknown>;
  change(id: string, command: CommandDefinition): Promise<unknown>;
  remove(id: string): Promise<unknown>;
}

export interface RegistrationReport {
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
}

/** Brings the registered commands in line with ours; sends only what differs, because Discord limits how many a day. */
export async function registerCommands(
  registry: CommandRegistry,
  wanted: readonly CommandDefinition[],
): Promise<RegistrationReport> {
  const registered = await registry.list();
  const report = {
    created: [] as string[],
    changed: [] as string[],
    removed: [] as string[],
    unchanged: [] as string[],
  };
  for (const command of wanted) {
    const same = registered.find(({ name, type }) => name === command.name && (type ?? 1) === command.type);
    if (!same) {
      await registry.create(command);
      report.created.push(command.name);
    } else if (isSame(same, command)) {
      report.unchanged.push(command.name);
    } else {
      await registry.change(same.id, command);
      report.changed.push(command.name);
    }
  }
  for (const { id, name, type } of registered) {
    if (wanted.some((command) => command.name === name && command.type === (type ?? 1))) continue;
    await registry.remove(id);
    report.removed.push(String(name));
  }
  return report;
}

const commandFields = [
  'type',
  'name',
  'name_localizations',
  'description',
  'description_localizations',
  'options',
  'default_member_permissions',
  'contexts',
  'integration_types',
];
const optionFields = [
  'type',
  'name',
  'name_localizations',
  'description',
  'description_localizations',
  'required',
  'autocomplete',
  'min_length',
  'max_length',
  'channel_types',
  'choices',
  'options',
];
const choiceFields = ['name', 'name_localizations', 'value'];

function isSame(
  { contexts, integration_types: types, ...registered }: RegisteredCommand,
  wanted: CommandDefinition,
): boolean {
  // What we do not ask for, as on one server, is Discord's to fill in.
  const asked = { ...(wanted.contexts && { contexts }), ...(wanted.integration_types && { integration_types: types }) };
  return isDeepStrictEqual(comparable({ ...registered, ...asked }), comparable(wanted));
}

/** What matters of a command, in one form: Discord leaves out defaults, or says null or an empty list for them. */
function comparable(command: object): unknown {
  return picked(command, commandFields, (option) => picked(option, optionFields));
}

function picked(value: object, fields: readonly string[], ofOption?: (option: object) => unknown): unknown {
  const given = value as Readonly<Record<string, unknown>>;
  const read = ofOption ?? ((option: object) => picked(option, optionFields));
  return Object.fromEntries(
    fields.flatMap((field) => {
      const found = given[field];
      if (found === undefined || found === null || found === false || found === '') return [];
      if (!Array.isArray(found)) return [[field, found]];
      if (found.length === 0) return [];
      if (field === 'options') return [[field, found.map((option: object) => read(option))]];
      if (field === 'choices') return [[field, found.map((choice: object) => picked(choice, choiceFields))]];
      return [[field, [...found].sort()]];
    }),
  );
}
