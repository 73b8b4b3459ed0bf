import type { Command } from './commands.ts';
import { renderDoctorLines } from './run-doctor.ts';

/** `nape lint`: what Nape's own words and the articles claim. */
export const runLint: Command = async ({ app, screen, errors }) => {
  const lines = await app.lint();
  screen.write(renderDoctorLines(lines, screen));
  const open = lines.filter(({ state }) => state !== 'ok').length;
  if (open === 0) return 0;
  errors.write(`nape: ${open} ${open === 1 ? 'claim' : 'claims'} to change or to acknowledge.\n`);
  return 1;
};
