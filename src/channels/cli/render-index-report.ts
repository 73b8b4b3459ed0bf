import type { IndexReport } from '../../domain.ts';
import { formatDuration } from './format-duration.ts';
import { printableLine } from './printable.ts';
import type { Screen, Style } from './screen.ts';
import { wrap } from './wrap.ts';

/** What an indexing run did, in lines. */
export function renderIndexReport(report: IndexReport, screen: Screen): string {
  const { documents, passages } = report;
  const took = formatDuration(report.durationMs);
  const generation = printableLine(report.generation);
  const headline =
    report.outcome === 'built'
      ? `Index ${generation} built in ${took}.`
      : `Index ${generation} was already up to date (checked in ${took}).`;
  const lines = [
    screen.paint('bold', headline),
    ...group('added', documents.added, 'green', screen),
    ...group('changed', documents.changed, 'yellow', screen),
    ...group('removed', documents.removed, 'red', screen),
    ...group('unchanged', documents.unchanged, 'dim', screen),
    `  ${'passages'.padEnd(labelColumns)}${passages.embedded} embedded, ${passages.reused} reused, ${passages.removed} removed`,
  ];
  if (report.problems.length > 0) {
    const count = report.problems.length;
    lines.push(screen.paint('yellow', `${count} ${count === 1 ? 'problem' : 'problems'}:`));
    for (const { file, message } of report.problems) {
      lines.push(wrap(`  ${printableLine(file)}: ${printableLine(message)}`, screen.width, '    '));
    }
  }
  return `${lines.join('\n')}\n`;
}

const labelColumns = 11;

function group(label: string, names: readonly string[], style: Style, screen: Screen): string[] {
  if (names.length === 0) return [];
  const padded = `  ${label.padEnd(labelColumns)}`;
  const text = wrap(padded + names.map(printableLine).join(', '), screen.width, ' '.repeat(padded.length));
  return [screen.paint(style, text.slice(0, padded.length)) + text.slice(padded.length)];
}
