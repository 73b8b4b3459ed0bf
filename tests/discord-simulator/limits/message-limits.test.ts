import { describe, expect, it } from 'vitest';
import { isEmpty, type MessageSurface, messageFindings } from './message-limits.ts';

type Body = Readonly<Record<string, unknown>>;

const channel: MessageSurface = { to: 'channel', isEdit: false, hasFiles: false };
const quiet = { allowed_mentions: { parse: [], replied_user: false } };

function codes(body: Body, surface: Partial<MessageSurface> = {}): readonly string[] {
  return messageFindings({ ...quiet, ...body }, { ...channel, ...surface }).map(
    ({ path, code }) => `${path.join('.')} ${code}`,
  );
}

const button = (more: Body = {}) => ({ type: 2, style: 1, label: 'Yes', custom_id: 'yes', ...more });
const row = (...components: readonly unknown[]) => ({ type: 1, components });
const buttons = (count: number) => Array.from({ length: count }, (_, at) => button({ custom_id: `b${at}` }));
const options = (count: number) => Array.from({ length: count }, (_, at) => ({ label: `l${at}`, value: `v${at}` }));
const select = (more: Body = {}) => ({ type: 3, custom_id: 's', options: options(2), ...more });
const x = (length: number) => 'x'.repeat(length);

describe('messageFindings', () => {
  it.each<[string, Body, Body, string]>([
    ['content', { content: x(2000) }, { content: x(2001) }, 'content BASE_TYPE_MAX_LENGTH'],
    [
      'an emoji counts as two',
      { content: '💆'.repeat(1000) },
      { content: '💆'.repeat(1001) },
      'content BASE_TYPE_MAX_LENGTH',
    ],
    ['nonce', { nonce: x(25) }, { nonce: x(26) }, 'nonce BASE_TYPE_MAX_LENGTH'],
    [
      'rows',
      { components: [1, 2, 3, 4, 5].map((at) => row(button({ custom_id: `${at}` }))) },
      { components: [1, 2, 3, 4, 5, 6].map((at) => row(button({ custom_id: `${at}` }))) },
      'components BASE_TYPE_BAD_LENGTH',
    ],
    [
      'buttons of a row',
      { components: [row(...buttons(5))] },
      { components: [row(...buttons(6))] },
      'components.0.components BASE_TYPE_BAD_LENGTH',
    ],
    [
      'an empty row',
      { components: [row(button())] },
      { components: [row()] },
      'components.0.components BASE_TYPE_BAD_LENGTH',
    ],
    [
      'label',
      { components: [row(button({ label: x(80) }))] },
      { components: [row(button({ label: x(81) }))] },
      'components.0.components.0.label BASE_TYPE_MAX_LENGTH',
    ],
    [
      'custom id',
      { components: [row(button({ custom_id: x(100) }))] },
      { components: [row(button({ custom_id: x(101) }))] },
      'components.0.components.0.custom_id BASE_TYPE_BAD_LENGTH',
    ],
    [
      'no custom id',
      { components: [row(button({ custom_id: 'x' }))] },
      { components: [row(button({ custom_id: '' }))] },
      'components.0.components.0.custom_id BASE_TYPE_REQUIRED',
    ],
    [
      'the same custom id twice',
      { components: [row(button(), button({ custom_id: 'no' }))] },
      { components: [row(button()), row(button())] },
      'components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
    [
      'a button without a face',
      { components: [row(button({ label: undefined, emoji: { name: '👍' } }))] },
      { components: [row(button({ label: '' }))] },
      'components.0.components.0.label BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED',
    ],
    [
      'a link',
      { components: [row({ type: 2, style: 5, label: 'Site', url: 'https://spa.example' })] },
      { components: [row({ type: 2, style: 5, label: 'Site' })] },
      'components.0.components.0.url BASE_TYPE_REQUIRED',
    ],
    [
      'a button and a menu in one row',
      { components: [row(button()), row(select())] },
      { components: [row(button(), select())] },
      'components.0.components BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a button outside a row',
      { components: [row(button())] },
      { components: [button()] },
      'components.0.type BASE_TYPE_CHOICES',
    ],
    [
      'options of a menu',
      { components: [row(select({ options: options(25) }))] },
      { components: [row(select({ options: options(26) }))] },
      'components.0.components.0.options BASE_TYPE_BAD_LENGTH',
    ],
    [
      'no options',
      { components: [row(select())] },
      { components: [row(select({ options: [] }))] },
      'components.0.components.0.options BASE_TYPE_BAD_LENGTH',
    ],
    [
      'an option twice',
      { components: [row(select())] },
      { components: [row(select({ options: [...options(1), ...options(1)] }))] },
      'components.0.components.0.options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
    ],
    [
      'label of an option',
      { components: [row(select({ options: [{ label: x(100), value: 'v' }] }))] },
      { components: [row(select({ options: [{ label: x(101), value: 'v' }] }))] },
      'components.0.components.0.options.0.label BASE_TYPE_BAD_LENGTH',
    ],
    [
      'description of an option',
      { components: [row(select({ options: [{ label: 'l', value: 'v', description: x(100) }] }))] },
      { components: [row(select({ options: [{ label: 'l', value: 'v', description: x(101) }] }))] },
      'components.0.components.0.options.0.description BASE_TYPE_MAX_LENGTH',
    ],
    [
      'placeholder',
      { components: [row(select({ placeholder: x(150) }))] },
      { components: [row(select({ placeholder: x(151) }))] },
      'components.0.components.0.placeholder BASE_TYPE_MAX_LENGTH',
    ],
    [
      'more values than options',
      { components: [row(select({ max_values: 2 }))] },
      { components: [row(select({ max_values: 3 }))] },
      'components.0.components.0.options BASE_TYPE_BAD_LENGTH',
    ],
    [
      'embeds',
      { embeds: Array(10).fill({ title: 't' }) },
      { embeds: Array(11).fill({ title: 't' }) },
      'embeds BASE_TYPE_BAD_LENGTH',
    ],
    [
      'title of an embed',
      { embeds: [{ title: x(256) }] },
      { embeds: [{ title: x(257) }] },
      'embeds.0.title BASE_TYPE_MAX_LENGTH',
    ],
    [
      'description of an embed',
      { embeds: [{ description: x(4096) }] },
      { embeds: [{ description: x(4097) }] },
      'embeds.0.description BASE_TYPE_MAX_LENGTH',
    ],
    [
      'footer of an embed',
      { embeds: [{ footer: { text: x(2048) } }] },
      { embeds: [{ footer: { text: x(2049) } }] },
      'embeds.0.footer.text BASE_TYPE_MAX_LENGTH',
    ],
    [
      'author of an embed',
      { embeds: [{ author: { name: x(256) } }] },
      { embeds: [{ author: { name: x(257) } }] },
      'embeds.0.author.name BASE_TYPE_MAX_LENGTH',
    ],
    [
      'fields of an embed',
      { embeds: [{ fields: Array(25).fill({ name: 'n', value: 'v' }) }] },
      { embeds: [{ fields: Array(26).fill({ name: 'n', value: 'v' }) }] },
      'embeds.0.fields BASE_TYPE_BAD_LENGTH',
    ],
    [
      'an empty field',
      { embeds: [{ fields: [{ name: 'n', value: 'v' }] }] },
      { embeds: [{ fields: [{ name: 'n', value: '' }] }] },
      'embeds.0.fields.0.value BASE_TYPE_REQUIRED',
    ],
    [
      'all embeds together',
      { embeds: [{ description: x(4000) }, { description: x(2000) }] },
      { embeds: [{ description: x(4000) }, { description: x(2001) }] },
      'embeds MAX_EMBED_SIZE_EXCEEDED',
    ],
    ['flags in a channel', { flags: 4 }, { flags: 64 }, 'flags FLAGS_DROPPED'],
    ['an enforced nonce', { enforce_nonce: true, nonce: 'n' }, { enforce_nonce: true }, 'enforce_nonce NONCE_MISSING'],
    [
      'a link',
      { content: '<https://spa.example> and https://spa.example', flags: 4 },
      { content: 'https://spa.example' },
      'content LINK_PREVIEW',
    ],
    [
      'a link in brackets',
      { content: '<https://spa.example>' },
      { content: '(https://spa.example)' },
      'content LINK_PREVIEW',
    ],
    ['a character that nobody sees', { content: 'a 👩‍⚕️ b' }, { content: 'a\u200bb' }, 'content INVISIBLE_CHARACTERS'],
    ['text that runs backwards', { content: 'plain' }, { content: '\u202eplain' }, 'content INVISIBLE_CHARACTERS'],
    [
      'components of the second version',
      { flags: 1 << 15, components: [{ type: 10, content: 'hi' }] },
      { flags: 1 << 15, content: 'hi', components: [{ type: 10, content: 'hi' }] },
      'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ],
  ])('%s > within the limit is fine, beyond it is told', (_, good, bad, told) => {
    expect(codes(good)).toEqual([]);
    expect(codes(bad)).toContain(told);
  });

  it.each<[string, unknown, string | null]>([
    ['nobody', { parse: [] }, null],
    ['nobody, not even in a reply', { parse: [], replied_user: false }, null],
    ['not told', undefined, 'MAY_PING'],
    ['parse not told', { replied_user: false }, 'MAY_PING'],
    ['people', { parse: ['users'] }, 'MAY_PING'],
    ['one person by id', { parse: [], users: ['1'] }, 'MAY_PING'],
    ['the author replied to', { parse: [], replied_user: true }, 'MAY_PING'],
    ['both ways', { parse: ['users'], users: ['1'] }, 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE'],
    ['a word that is none', { parse: ['guests'] }, 'BASE_TYPE_CHOICES'],
  ])('allowed mentions > %s', (_, allowed, code) => {
    const found = messageFindings({ content: 'hi', allowed_mentions: allowed }, channel).map((finding) => finding.code);
    if (code === null) expect(found).toEqual([]);
    else expect(found).toContain(code);
  });

  it('EPHEMERAL > is for the first response and follow-ups, not for edits', () => {
    expect(codes({ flags: 64 }, { to: 'response' })).toEqual([]);
    expect(codes({ flags: 64 }, { to: 'response', isEdit: true })).toEqual(['flags FLAGS_DROPPED']);
  });
});

describe('isEmpty', () => {
  it.each<[Body, boolean]>([
    [{}, true],
    [{ content: ' \n' }, true],
    [{ content: 'hi' }, false],
    [{ embeds: [{}] }, false],
    [{ components: [row(button())] }, false],
  ])('%j > %s', (body, empty) => {
    expect(isEmpty(body, false)).toBe(empty);
    expect(isEmpty(body, true)).toBe(false);
  });
});
