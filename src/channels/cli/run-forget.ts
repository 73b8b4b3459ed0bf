import type { Command } from './commands.ts';

/** `nape forget ID` and `nape forget --all`: erases conversations with everything that belongs to them. */
export const runForget: Command = async ({ app, screen, errors }, { words, all }) => {
  const [id] = words;
  if ((id !== undefined) === all) {
    errors.write('nape: Name one conversation by its id, or all of them with --all. See nape forget --help.\n');
    return 2;
  }
  if (id === undefined) {
    const count = await app.keep.forget('all');
    screen.write(`Everything is forgotten: ${count} ${count === 1 ? 'conversation' : 'conversations'}.\n`);
    return 0;
  }
  if ((await app.keep.forget({ id })) === 0) {
    errors.write('nape: There is no conversation with this id.\n');
    return 1;
  }
  screen.write('The conversation is forgotten.\n');
  return 0;
};
