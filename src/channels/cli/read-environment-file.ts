import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { NapeError } from '../../errors.ts';

/** The variables of a `.env` file; none when there is no such file. Throws `config-invalid` when it cannot be read. */
export async function readEnvironmentFile(file: string): Promise<Readonly<Record<string, string>>> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return {};
    throw new NapeError('config-invalid', `${file} cannot be read: ${message}. Make it readable, or remove it.`, {
      cause,
    });
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new NapeError('config-invalid', `${file} is not UTF-8 text. Save it as UTF-8, or remove it.`, { cause });
  }
  const values = Object.entries(parseEnv(text)).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const wrong = values.find(([name]) => !/^[A-Za-z_]\w*$/.test(name));
  if (wrong) {
    throw new NapeError(
      'config-invalid',
      `${file} has a line that sets ${JSON.stringify(wrong[0])}, which is not a name. Write each line as NAME=value.`,
    );
  }
  return Object.fromEntries(values);
}
