import { describe, expect, it } from 'vitest';
import { choiceFindings } from './choice-limits.ts';
import { commandFindings, commandListFindings } from './command-limits.ts';
import { modalFindings } from './modal-limits.ts';

type Body = Readonly<Record<string, unknown>>;

const x = (length: number) => 'x'.repeat(length);
const command = (more: Body = {}) => ({ name: 'ask', description: 'Asks', ...more });
const option = <T extends Body>(more: T = {} as T) => ({ type: 3, name: 'question', description: 'What', ...more });
const choices = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `n${at}`, value: `v${at}` }));
const told = (findings: ReturnType<typeof commandFindings>) =>
  findings.map(({ path, code }) => `${path.join('.')} ${code}`);

describe('commandFindings', () => {
  it.each<[string, Body, Body, string]>([
    ['name', command({ name: x(32) }), command({ name: x(33) }), 'name BASE_TYPE_BAD_LENGTH'],
    [
      'capital letters',
      command({ name: 'über-mich' }),
      command({ name: 'Ask' }),
      'name APPLICATION_COMMAND_INVALID_NAME',
    ],
    ['a space', command({ name: 'ask_now' }), command({ name: 'ask now' }), 'name APPLICATION_COMMAND_INVALID_NAME'],
    [
      'a context menu has spaces',
      { type: 3, name: 'Ask Nape about this' },
      { type: 3, name: x(33) },
      'name BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a context menu has no description',
      { type: 3, name: 'Ask', description: '' },
      { type: 3, name: 'Ask', description: 'x' },
      'description APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_CANNOT_BE_SET',
    ],
    [
      'description',
      command({ description: x(100) }),
      command({ description: x(101) }),
      'description BASE_TYPE_BAD_LENGTH',
    ],
    ['no description', command(), command({ description: undefined }), 'description BASE_TYPE_REQUIRED'],
    [
      'a translated name',
      command({ name_localizations: { de: 'fragen' } }),
      command({ name_localizations: { de: 'Fragen' } }),
      'name_localizations.de APPLICATION_COMMAND_INVALID_NAME',
    ],
    [
      'a translated description',
      command({ description_localizations: { fr: x(100) } }),
      command({ description_localizations: { fr: x(101) } }),
      'description_localizations.fr BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a locale',
      command({ name_localizations: { 'pt-BR': 'perguntar' } }),
      command({ name_localizations: { pt: 'perguntar' } }),
      'name_localizations.pt BASE_TYPE_CHOICES',
    ],
    [
      'options',
      command({ options: Array.from({ length: 25 }, (_, at) => option({ name: `o${at}` })) }),
      command({ options: Array.from({ length: 26 }, (_, at) => option({ name: `o${at}` })) }),
      'options BASE_TYPE_BAD_LENGTH',
    ],
    [
      'required options come first',
      command({ options: [option({ required: true }), option({ name: 'b' })] }),
      command({ options: [option(), option({ name: 'b', required: true })] }),
      'options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    ],
    [
      'an option twice',
      command({ options: [option(), option({ name: 'b' })] }),
      command({ options: [option(), option()] }),
      'options.1.name APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
    ],
    [
      'choices',
      command({ options: [option({ choices: choices(25) })] }),
      command({ options: [option({ choices: choices(26) })] }),
      'options.0.choices BASE_TYPE_BAD_LENGTH',
    ],
    [
      'autocomplete and choices',
      command({ options: [option({ autocomplete: true })] }),
      command({ options: [option({ autocomplete: true, choices: choices(1) })] }),
      'options.0.autocomplete APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES',
    ],
    [
      'longest text',
      command({ options: [option({ max_length: 6000 })] }),
      command({ options: [option({ max_length: 6001 })] }),
      'options.0.max_length NUMBER_TYPE_MAX',
    ],
    [
      'a nested option',
      command({ options: [{ type: 1, name: 'allow', description: 'x', options: [option()] }] }),
      command({ options: [{ type: 1, name: 'allow', description: 'x', options: [option({ description: '' })] }] }),
      'options.0.options.0.description BASE_TYPE_REQUIRED',
    ],
    [
      'permissions',
      command({ default_member_permissions: '32' }),
      command({ default_member_permissions: 32 }),
      'default_member_permissions BASE_TYPE_BAD_TYPE',
    ],
  ])('%s > within the limit is fine, beyond it is told', (_, good, bad, expected) => {
    expect(told(commandFindings(good))).toEqual([]);
    expect(told(commandFindings(bad))).toContain(expected);
  });

  it('all characters together > 8,000, of which the longest translation counts', () => {
    const options = Array.from({ length: 25 }, (_, at) =>
      option({
        name: `o${at}`,
        description: x(100),
        choices: Array.from({ length: 2 }, (_, n) => ({ name: x(99) + n, value: `${n}` })),
      }),
    );
    expect(told(commandFindings(command({ options })))).toEqual([]);
    const longer = options.map((each) => ({
      ...each,
      choices: each.choices.map((choice) => ({ ...choice, value: x(99) + choice.value })),
    }));
    expect(told(commandFindings(command({ options: longer })))).toEqual([' APPLICATION_COMMAND_TOO_LARGE']);
  });

  it('a list > has no name twice for a type', () => {
    expect(commandListFindings([command(), { type: 3, name: 'ask' }])).toEqual([]);
    expect(told(commandListFindings([command(), command()]))).toEqual(['1.name APPLICATION_COMMANDS_DUPLICATE_NAME']);
  });
});

describe('choiceFindings', () => {
  it('autocomplete > takes 25 choices of 100 characters', () => {
    expect(choiceFindings(choices(25))).toEqual([]);
    expect(told(choiceFindings(choices(26)))).toEqual(['choices BASE_TYPE_BAD_LENGTH']);
    expect(choiceFindings([{ name: x(100), value: x(100) }])).toEqual([]);
    expect(told(choiceFindings([{ name: x(101), value: x(101) }]))).toEqual([
      'choices.0.name BASE_TYPE_BAD_LENGTH',
      'choices.0.value BASE_TYPE_BAD_LENGTH',
    ]);
  });
});

describe('modalFindings', () => {
  const input = (more: Body = {}) => ({ type: 4, custom_id: 'words', style: 1, label: 'Words', ...more });
  const modal = (more: Body = {}, ...inputs: readonly Body[]) => ({
    custom_id: 'm',
    title: 'Title',
    components: (inputs.length > 0 ? inputs : [input()]).map((each) => ({ type: 1, components: [each] })),
    ...more,
  });

  it.each<[string, Body, Body, string]>([
    ['title', modal({ title: x(45) }), modal({ title: x(46) }), 'title BASE_TYPE_BAD_LENGTH'],
    [
      'rows',
      modal({}, ...Array(5).fill(input())),
      modal({}, ...Array(6).fill(input())),
      'components BASE_TYPE_BAD_LENGTH',
    ],
    [
      'label',
      modal({}, input({ label: x(45) })),
      modal({}, input({ label: x(46) })),
      'components.0.components.0.label BASE_TYPE_BAD_LENGTH',
    ],
    [
      'placeholder',
      modal({}, input({ placeholder: x(100) })),
      modal({}, input({ placeholder: x(101) })),
      'components.0.components.0.placeholder BASE_TYPE_MAX_LENGTH',
    ],
    [
      'value',
      modal({}, input({ value: x(4000) })),
      modal({}, input({ value: x(4001) })),
      'components.0.components.0.value BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a button',
      modal(),
      modal({}, { type: 2, style: 1, label: 'x', custom_id: 'x' }),
      'components.0.components.0.type BASE_TYPE_CHOICES',
    ],
  ])('%s > within the limit is fine, beyond it is told', (_, good, bad, expected) => {
    expect(told(modalFindings(good))).toEqual([]);
    expect(told(modalFindings(bad))).toContain(expected);
  });
});
