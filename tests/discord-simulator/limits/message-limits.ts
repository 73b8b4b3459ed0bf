import { messageFlags } from '../world/types.ts';
import { componentFindings } from './component-limits.ts';
import { embedFindings } from './embed-limits.ts';
import { type Finding, isObject, listOf, refused, textLength } from './finding.ts';
import { mentionFindings } from './mention-limits.ts';

export interface MessageSurface {
  /** `response` answers an interaction, at once or as a follow-up; `channel` is any other message. */
  readonly to: 'channel' | 'response';
  readonly isEdit: boolean;
  readonly hasFiles: boolean;
}

/** Longest content of a message (Message > Create Message). */
const contentLength = 2000;

/** A message as it is sent or edited, against Discord's limits and the project's rule on mentions. */
export function messageFindings(body: Readonly<Record<string, unknown>>, surface: MessageSurface): readonly Finding[] {
  const isSecondVersion = typeof body.flags === 'number' && (body.flags & messageFlags.componentsV2) !== 0;
  return [
    ...textLength(['content'], body.content, 0, contentLength),
    ...embedFindings(body.embeds),
    ...componentFindings(body.components, isSecondVersion),
    ...(isSecondVersion ? secondVersionFindings(body) : []),
    ...mentionFindings(body),
    ...flagFindings(body.flags, surface),
    ...nonceFindings(body),
    ...mannerFindings(body),
  ];
}

/** With IS_COMPONENTS_V2, a message holds components and nothing else (Create Message). */
function secondVersionFindings({ content, embeds }: Readonly<Record<string, unknown>>): readonly Finding[] {
  const code = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
  const message = (field: string) => `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`;
  return [
    ...(content ? [refused(['content'], code, message('content'))] : []),
    ...(listOf(embeds).length > 0 ? [refused(['embeds'], code, message('embeds'))] : []),
  ];
}

/** Whether there is nothing to show (error 50006). */
export function isEmpty(body: Readonly<Record<string, unknown>>, hasFiles: boolean): boolean {
  const { content, embeds, components, poll, sticker_ids: stickers } = body;
  const hasText = typeof content === 'string' && content.trim() !== '';
  return (
    !hasText &&
    !hasFiles &&
    !isObject(poll) &&
    [embeds, components, stickers].every((list) => listOf(list).length === 0)
  );
}

/**
 * Which flags may be set where: EPHEMERAL when a reply to an interaction is made and never by an edit, SUPPRESS_EMBEDS
 * everywhere (Create Message, Edit Message, Interaction Callback Data: `flags`). Discord drops the others silently.
 */
function flagFindings(flags: unknown, { to, isEdit }: MessageSurface): readonly Finding[] {
  if (flags === undefined || flags === null) return [];
  if (typeof flags !== 'number' || !Number.isInteger(flags)) {
    return [refused(['flags'], 'NUMBER_TYPE_COERCE', `Value "${String(flags)}" is not int.`)];
  }
  const { suppressEmbeds, suppressNotifications, ephemeral, componentsV2 } = messageFlags;
  const onCreate = suppressNotifications | componentsV2 | (to === 'response' ? ephemeral : 0);
  const settable = suppressEmbeds | (isEdit ? componentsV2 : onCreate);
  const dropped = flags & ~settable;
  if (dropped === 0) return [];
  const message = `flags ${dropped} cannot be set ${isEdit ? 'by an edit' : 'here'}`;
  return [{ path: ['flags'], code: 'FLAGS_DROPPED', message, kind: 'ignored' }];
}

/** What Discord allows and this project does not send: previews of links, and characters that nobody sees. */
function mannerFindings({ content, flags }: Readonly<Record<string, unknown>>): readonly Finding[] {
  if (typeof content !== 'string') return [];
  const bad = (code: string, message: string): Finding => ({ path: ['content'], code, message, kind: 'manners' });
  const isSuppressed = (Number(flags ?? 0) & messageFlags.suppressEmbeds) !== 0;
  const hasPreview = !isSuppressed && /(?<!<)https?:\/\/[^\s<>]+/u.test(content);
  return [
    ...(hasPreview ? [bad('LINK_PREVIEW', 'a link without <> or SUPPRESS_EMBEDS gets a preview')] : []),
    ...(invisible.test(content) ? [bad('INVISIBLE_CHARACTERS', 'the text holds characters that nobody sees')] : []),
  ];
}

/** Zero-width characters and bidirectional controls; not the joiner of emoji. */
const invisible = /[\u00ad\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/u;

function nonceFindings({ nonce, enforce_nonce: enforced }: Readonly<Record<string, unknown>>): readonly Finding[] {
  const withoutNonce: Finding = {
    path: ['enforce_nonce'],
    code: 'NONCE_MISSING',
    message: 'enforce_nonce has no effect without a nonce',
    kind: 'ignored',
  };
  if (nonce === undefined || nonce === null) return enforced === true ? [withoutNonce] : [];
  return typeof nonce === 'number' ? [] : textLength(['nonce'], nonce, 0, 25);
}
