import { describe, expect, it } from 'vitest';
import { completions } from '../../../src/channels/discord/autocomplete.ts';
import { commandDefinitions } from '../../../src/channels/discord/command-definitions.ts';
import { canManage, inviteLink, isAdministrator } from '../../../src/channels/discord/permissions.ts';
import { type RegisteredCommand, registerCommands } from '../../../src/channels/discord/register-commands.ts';
import { createRestDiscordApi } from '../../../src/channels/discord/rest-discord-api.ts';
import { discordTexts, discordWords, localeOf } from '../../../src/channels/discord/words/discord-words.ts';
import { locales } from '../../../src/conversation/locale.ts';
import { openClaimLint } from '../../../src/knowledge/read-articles.ts';
import { createDiscordSimulator } from '../../discord-simulator/discord-simulator.ts';
import { commandListFindings } from '../../discord-simulator/limits/command-limits.ts';
import { root } from '../../repository/source-files.ts';

describe('commandDefinitions', () => {
  it('all commands > fit Discord’s limits, in every language', () => {
    expect(commandListFindings(commandDefinitions().map((command) => ({ ...command })))).toEqual([]);
  });

  it('all commands > have names in the languages that Discord has', () => {
    const names = commandDefinitions().map(({ name, name_localizations: names }) => [
      name,
      ...Object.values(names ?? {}),
    ]);
    expect(names).toMatchInlineSnapshot(`
      [
        [
          "ask",
          "preguntar",
          "preguntar",
          "fragen",
          "demander",
          "perguntar",
          "chiedi",
        ],
        [
          "faq",
          "faq",
          "faq",
          "faq",
          "faq",
          "faq",
          "faq",
        ],
        [
          "sources",
          "fuentes",
          "fuentes",
          "quellen",
          "sources",
          "fontes",
          "fonti",
        ],
        [
          "topics",
          "temas",
          "temas",
          "themen",
          "sujets",
          "temas",
          "argomenti",
        ],
        [
          "forget",
          "olvidar",
          "olvidar",
          "vergessen",
          "oublier",
          "esquecer",
          "dimentica",
        ],
        [
          "about",
          "acerca",
          "acerca",
          "info",
          "à-propos",
          "sobre",
          "informazioni",
        ],
        [
          "help",
          "ayuda",
          "ayuda",
          "hilfe",
          "aide",
          "ajuda",
          "aiuto",
        ],
        [
          "nape",
          "nape",
          "nape",
          "nape",
          "nape",
          "nape",
          "nape",
        ],
        [
          "Ask Nape about this",
          "Preguntar a Nape sobre esto",
          "Preguntar a Nape sobre esto",
          "Nape dazu fragen",
          "Interroger Nape à ce sujet",
          "Perguntar ao Nape sobre isto",
          "Chiedi a Nape di questo",
        ],
      ]
    `);
  });

  it('the settings > are for those who manage the server, and only there', () => {
    const settings = commandDefinitions().find(({ name }) => name === 'nape');
    expect(settings).toMatchObject({ default_member_permissions: '32', contexts: [0], integration_types: [0] });
  });
});

describe('registerCommands', () => {
  it('twice, everywhere and on one server > sends nothing the second time', async () => {
    const simulator = await createDiscordSimulator();
    try {
      const api = createRestDiscordApi({ token: simulator.token, api: simulator.api });
      for (const [guild, scope] of [
        [null, 'everywhere'],
        [simulator.guild.id, 'server'],
      ] as const) {
        const registry = api.commands(simulator.applicationId, guild);
        const definitions = commandDefinitions(scope);
        expect((await registerCommands(registry, definitions)).created).toHaveLength(9);
        expect((await registerCommands(registry, definitions)).unchanged).toHaveLength(9);
        const changed = definitions.map((command) =>
          command.name === 'faq' ? { ...command, description: 'New' } : command,
        );
        expect(await registerCommands(registry, changed.slice(1))).toMatchObject({
          created: [],
          changed: ['faq'],
          removed: ['ask'],
        });
      }
      expect(simulator.violations).toEqual([]);
      expect(simulator.matching(/^(?:POST|PATCH|DELETE) .*commands/u)).toHaveLength(2 * (9 + 2));
    } finally {
      await simulator.stop();
    }
  });

  it('Discord’s way of leaving out defaults > is no difference', async () => {
    const ask = commandDefinitions()[0];
    if (!ask) throw new Error('no commands');
    const listed: RegisteredCommand = {
      ...ask,
      id: '1',
      application_id: '2',
      version: '3',
      nsfw: false,
      default_member_permissions: null,
      options: ask.options?.map(({ required, ...option }) => ({
        ...option,
        ...(required && { required }),
        choices: [],
      })),
    };
    const registry = { list: async () => [listed], create: fail, change: fail, remove: fail };
    expect((await registerCommands(registry, [ask])).unchanged).toEqual(['ask']);
  });
});

async function fail(): Promise<never> {
  throw new Error('nothing should be sent');
}

describe('completions', () => {
  const questions = ['What is shiatsu?', 'How does it help with stress?', 'Is shiatsu old?', 'x'.repeat(101)];

  it.each([
    ['', ['What is shiatsu?', 'How does it help with stress?', 'Is shiatsu old?']],
    ['WHAT', ['What is shiatsu?']],
    ['shi', ['What is shiatsu?', 'Is shiatsu old?']],
    ['stress help', ['How does it help with stress?']],
    ['acupuncture', []],
  ])('%j > completes by beginning, then by words', (typed, found) => {
    expect(completions(typed, questions)).toEqual(found);
  });

  it('many questions > at most 25', () => {
    expect(
      completions(
        '',
        Array.from({ length: 60 }, (_, at) => `Question ${at}?`),
      ),
    ).toHaveLength(25);
  });
});

describe('permissions', () => {
  it('the link > asks for exactly the five', () => {
    const bits = 1024 + 2048 + 16_384 + 2 ** 35 + 2 ** 38;
    expect(inviteLink('123')).toBe(
      `https://discord.com/oauth2/authorize?client_id=123&permissions=${bits}&scope=bot+applications.commands`,
    );
  });

  it('bit fields > are read as decimal numbers of any length', () => {
    expect([canManage('32'), canManage('8'), canManage('1024'), canManage(''), canManage('x')]).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(isAdministrator(String(2 ** 50 + 8))).toBe(true);
  });
});

describe('words', () => {
  it('every language > claims nothing', async () => {
    const lint = await openClaimLint(`${root}/lexicons`, `${root}/knowledge`);
    expect(discordTexts().length).toBeGreaterThan(400);
    expect(discordTexts().flatMap(({ where, text }) => lint.own(where, text))).toEqual([]);
  });

  it('every language > names commands as its own list of commands does', () => {
    for (const locale of locales) {
      const { commands, ...rest } = discordWords[locale];
      const known = Object.values(commands).map(({ name }) => name);
      const named = Object.values(rest).flatMap((text) =>
        typeof text === 'string'
          ? [...text.matchAll(/(?<![\p{L}/.])\/([\p{L}-]+)/gu)].map((match) => match[1] ?? '')
          : [],
      );
      expect(named.length).toBeGreaterThan(2);
      expect(named.filter((name) => !known.includes(name))).toEqual([]);
    }
  });

  it('every language > keeps the places that are filled in', () => {
    const marks = (text: string) => (text.match(/\{\w+\}/gu) ?? []).sort().join(' ');
    const english = new Map(
      discordTexts()
        .filter(({ where }) => where.startsWith('discord.en.'))
        .map(({ where, text }) => [where.slice(11), marks(text)]),
    );
    for (const { where, text } of discordTexts())
      expect([where, marks(text)]).toEqual([where, english.get(where.slice(11))]);
  });

  it.each([
    ['pt-BR', 'pt'],
    ['es-419', 'es'],
    ['en-GB', 'en'],
    ['ja', 'en'],
    [undefined, 'en'],
  ])('Discord’s %s > is %s', (discord, ours) => {
    expect(localeOf(discord)).toBe(ours);
  });
});
