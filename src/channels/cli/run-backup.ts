import type { Command } from './commands.ts';
import { printableLine } from './printable.ts';

/** `nape backup FILE`: copies the store while a server may go on using it. */
export const runBackup: Command = async ({ app, screen, errors }, { words }) => {
  const [file] = words;
  if (file === undefined) {
    errors.write('nape: Name the file to write, such as nape backup nape-backup.sqlite.\n');
    return 2;
  }
  screen.write(`The store is copied to ${printableLine(await app.keep.backUp(file))}.\n`);
  return 0;
};

/** `nape restore FILE`: puts a copy in the place of the store. */
export const runRestore: Command = async ({ app, screen, errors }, { words }) => {
  const [file] = words;
  if (file === undefined) {
    errors.write('nape: Name the file that nape backup wrote.\n');
    return 2;
  }
  await app.keep.restore(file);
  screen.write(`The store is now the one of ${printableLine(file)}.\n`);
  return 0;
};
