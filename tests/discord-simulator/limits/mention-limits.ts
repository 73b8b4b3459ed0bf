import { type Finding, isObject, listLength, listOf, oneOf, refused } from './finding.ts';

/**
 * Allowed Mentions Object. Discord refuses a list of ids next to the same word in `parse`; that `parse` is there and
 * empty on everything sent is this project's own rule.
 */
export function mentionFindings(body: Readonly<Record<string, unknown>>): readonly Finding[] {
  const mentions = body.allowed_mentions;
  if (!isObject(mentions)) return [bad('allowed_mentions is missing')];
  const parse = listOf(mentions.parse);
  const exclusive = (kind: string) =>
    parse.includes(kind) && listOf(mentions[kind]).length > 0
      ? [
          refused(
            ['allowed_mentions'],
            'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
            `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
          ),
        ]
      : [];
  const ids = [...listOf(mentions.users), ...listOf(mentions.roles)];
  return [
    ...parse.flatMap((word, at) => oneOf(['allowed_mentions', 'parse', at], word, ['roles', 'users', 'everyone'])),
    ...exclusive('users'),
    ...exclusive('roles'),
    ...listLength(['allowed_mentions', 'users'], mentions.users, 0, 100),
    ...listLength(['allowed_mentions', 'roles'], mentions.roles, 0, 100),
    ...(Array.isArray(mentions.parse) && parse.length === 0 ? [] : [bad('allowed_mentions.parse is not []')]),
    ...(ids.length > 0 ? [bad('allowed_mentions names people or roles')] : []),
    ...(mentions.replied_user === true ? [bad('allowed_mentions.replied_user is true')] : []),
  ];
}

function bad(message: string): Finding {
  return { path: ['allowed_mentions'], code: 'MAY_PING', message, kind: 'manners' };
}
