import type { Command } from './commands.ts';
import { untilStopped } from './until-stopped.ts';

/** `nape eval`: the evaluation's own report, exit code 1 when a target is missed. */
export const runEvaluation: Command = async ({ app, screen, errors, stop }) => {
  const passed = await untilStopped(
    app.evaluate((text) => screen.write(text)),
    stop,
  );
  if (passed === 'aborted') {
    errors.write('nape: Stopped before the evaluation was complete.\n');
    return 1;
  }
  if (!passed) errors.write('nape: At least one target is missed; see the report above.\n');
  return passed ? 0 : 1;
};
