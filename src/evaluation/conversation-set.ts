import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { NapeError } from '../errors.ts';

/**
 * first: opens the conversation or a subject · follow-up: leans on what was said · change: another subject, with `dropped`
 * the sections that must not be dragged along · social: thanks and greetings · outside: nothing for the article.
 */
const turn = z.strictObject({
  kind: z.enum(['first', 'follow-up', 'change', 'social', 'outside']),
  question: z.string().min(1),
  /** Sections of which one has to be cited first; none when no answer is right. */
  sections: z.array(z.string()).default([]),
  dropped: z.array(z.string()).default([]),
});

const conversations = z.array(z.strictObject({ turns: z.array(turn).min(2).max(5) }));

export type ScriptedConversation = z.infer<typeof conversations>[number];

/** Reads a set of scripted conversations; throws a NapeError that says what is wrong with it. */
export async function readConversations(path: string): Promise<readonly ScriptedConversation[]> {
  try {
    return conversations.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new NapeError('internal', `The conversations ${path} cannot be read: ${String(cause)}`, { cause });
  }
}
