import type { Command } from './commands.ts';
import { printableLine } from './printable.ts';
import { renderDoctorLines } from './run-doctor.ts';
import { aborted, untilStopped } from './until-stopped.ts';

/** `nape serve`: runs until a signal comes, then lets the answers under way finish. */
export const runServe: Command = async ({ app, screen, stop }) => {
  const server = await untilStopped(app.serve(), stop);
  // Nobody was served yet: there is nothing to finish.
  if (server === 'aborted') return 0;
  try {
    screen.write(`${screen.paint('bold', `Nape is at ${printableLine(server.url)}`)}\n`);
    if (server.snippet) {
      screen.write('The widget, for a page of a site that NAPE_ALLOWED_ORIGINS names:\n');
      for (const line of server.snippet.split('\n')) screen.write(`  ${printableLine(line)}\n`);
    }
    const findings = await untilStopped(app.doctor(), stop);
    if (findings !== 'aborted') screen.write(renderDoctorLines(findings, screen));
    await aborted(stop).promise;
    // After the ^C that a terminal shows.
    if (screen.terminal) screen.write('\n');
    screen.write('Stopping. Answers under way are finished first; a second signal stops at once.\n');
  } finally {
    await server.stop();
  }
  return 0;
};
