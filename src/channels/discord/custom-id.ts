import { createHash } from 'node:crypto';

/** What a button or a menu of ours asks for; it travels to Discord and back as its `custom_id`. */
export type Press =
  | { readonly kind: 'up' | 'down' | 'passages'; readonly turnId: string }
  /** One of the questions that were suggested with an answer. */
  | { readonly kind: 'suggestion'; readonly turnId: string; readonly at: number }
  /** A suggested question without an answer before it, known by its digest. */
  | { readonly kind: 'question'; readonly digest: string }
  | { readonly kind: 'faq-pick' }
  | { readonly kind: 'faq-page'; readonly page: number };

export function customId(press: Press): string {
  switch (press.kind) {
    case 'up':
    case 'down':
    case 'passages':
      return `${press.kind}:${press.turnId}`;
    case 'suggestion':
      return `suggestion:${press.at}:${press.turnId}`;
    case 'question':
      return `question:${press.digest}`;
    case 'faq-pick':
      return 'faq-pick';
    case 'faq-page':
      return `faq-page:${press.page}`;
  }
}

/** Null for anything that is not ours, such as a button of an older version. */
export function readCustomId(id: string): Press | null {
  const [, kind = '', rest = ''] = /^([a-z-]+)(?::(.*))?$/su.exec(id) ?? [];
  switch (kind) {
    case 'up':
    case 'down':
    case 'passages':
      return rest === '' ? null : { kind, turnId: rest };
    case 'suggestion': {
      const [, at, turnId] = /^(\d):(.+)$/su.exec(rest) ?? [];
      return at && turnId ? { kind, at: Number(at), turnId } : null;
    }
    case 'question':
      return /^[0-9a-f]{16}$/u.test(rest) ? { kind, digest: rest } : null;
    case 'faq-pick':
      return { kind };
    case 'faq-page':
      return /^\d{1,3}$/u.test(rest) ? { kind, page: Number(rest) } : null;
    default:
      return null;
  }
}

/** Names a question in the 100 characters that an id may have. */
export function questionDigest(question: string): string {
  return createHash('sha256').update(question).digest('hex').slice(0, 16);
}
