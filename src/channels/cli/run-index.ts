import type { IndexReport } from '../../domain.ts';
import type { Command, CommandContext } from './commands.ts';
import { createProgressDisplay } from './progress.ts';
import { renderIndexReport } from './render-index-report.ts';

/** `nape index`: one run, and with `--watch` one more after every change. */
export const runIndex: Command = async (context, { watch }) => {
  const { app, screen, stop } = context;
  const report = await indexOnce(context);
  if (report === null) return 1;
  screen.write(renderIndexReport(report, screen));
  if (!watch || stop.aborted) return 0;
  screen.write('\nWatching the articles. Ctrl-C stops.\n');
  try {
    await app.watch((next) => screen.write(`\n${renderIndexReport(next, screen)}`), stop);
  } catch (thrown) {
    // Being stopped is how watching ends; some watchers say so by throwing.
    if (!stop.aborted) throw thrown;
  }
  return 0;
};

/** Null when the run was stopped. */
async function indexOnce({ app, errors, stop, now }: CommandContext): Promise<IndexReport | null> {
  const progress = createProgressDisplay(errors, now);
  try {
    return await app.index(progress.show, stop);
  } catch (thrown) {
    if (!stop.aborted) throw thrown;
    progress.clear();
    errors.write('nape: Stopped. The index on disk is as it was before.\n');
    return null;
  } finally {
    progress.clear();
  }
}
