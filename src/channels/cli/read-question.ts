import type { InputStream } from './commands.ts';

export type ReadQuestion =
  | { readonly kind: 'question'; readonly text: string }
  | { readonly kind: 'wrong-use'; readonly message: string };

const limitBytes = 16 * 1024;
const usage = 'Give a question, for example: nape ask "What is shiatsu?"';

/** The question from standard input: UTF-8, at most 16 KiB, and not from a terminal, where nobody would know to type. */
export async function readQuestion(stdin: InputStream): Promise<ReadQuestion> {
  if (stdin.isTTY) return wrongUse(usage);
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of stdin) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    chunks.push(bytes);
    sizeBytes += bytes.length;
    if (sizeBytes > limitBytes) return wrongUse('Standard input has more than 16 KiB. Send one question only.');
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    return wrongUse('Standard input is not UTF-8 text. Send the question as UTF-8.');
  }
  return checkQuestion(text);
}

export function checkQuestion(text: string): ReadQuestion {
  const trimmed = text.trim();
  return trimmed === '' ? wrongUse(`The question is empty. ${usage}`) : { kind: 'question', text: trimmed };
}

function wrongUse(message: string): ReadQuestion {
  return { kind: 'wrong-use', message };
}
