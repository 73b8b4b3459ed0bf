import { readFile } from 'node:fs/promises';
import { NapeError } from '../errors.ts';

/** The generic utterances that calibrate an index: one a line, `#` opens a comment. Throws a NapeError without any. */
export async function loadUtterances(file: string): Promise<readonly string[]> {
  const nextStep = 'Restore the file from the repository.';
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new NapeError('config-invalid', `${file} cannot be read. ${nextStep}`, { cause });
  }
  const lines = text.split('\n').map((line) => line.trim());
  const utterances = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (utterances.length === 0) throw new NapeError('config-invalid', `${file} holds no utterance. ${nextStep}`);
  return utterances;
}
