import type { DoctorLine } from './cli-app.ts';
import type { Command } from './commands.ts';
import { printableLine } from './printable.ts';
import type { Screen, Style } from './screen.ts';
import { displayWidth, wrap } from './wrap.ts';

/** `nape doctor`: what is configured, and what is wrong with it. */
export const runDoctor: Command = async ({ app, screen, errors }) => {
  return reportDoctorLines(await app.doctor(), screen, errors);
};

/** Prints the findings; the exit code is 1 when one of them is a problem. */
export function reportDoctorLines(lines: readonly DoctorLine[], screen: Screen, errors: Screen): number {
  screen.write(renderDoctorLines(lines, screen));
  const problems = lines.filter((line) => line.state === 'problem').length;
  const warnings = lines.filter((line) => line.state === 'warning').length;
  if (problems > 0) {
    errors.write(`nape: ${problems} ${problems === 1 ? 'problem' : 'problems'} found.\n`);
    return 1;
  }
  const noted = warnings === 0 ? '' : ` ${warnings} ${warnings === 1 ? 'thing' : 'things'} to know about above.`;
  screen.write(`\nNape works.${noted}\n`);
  return 0;
}

const marks: Readonly<Record<DoctorLine['state'], { sign: string; ascii: string; style: Style }>> = {
  ok: { sign: '✓', ascii: 'ok', style: 'green' },
  warning: { sign: '!', ascii: '! ', style: 'yellow' },
  problem: { sign: '✗', ascii: 'x ', style: 'red' },
};

/** One aligned entry per finding, its next step below it. */
export function renderDoctorLines(lines: readonly DoctorLine[], screen: Screen): string {
  const subjects = lines.map((line) => printableLine(line.subject));
  const subjectColumns = Math.max(0, ...subjects.map(displayWidth));
  const markColumns = screen.ascii ? 2 : 1;
  const indent = ' '.repeat(markColumns + 1 + subjectColumns + 2);
  const arrow = screen.ascii ? '-> ' : '→ ';
  return lines
    .map((line, index) => {
      const subject = subjects[index] ?? '';
      const padding = ' '.repeat(subjectColumns - displayWidth(subject) + 2);
      const { sign, ascii, style } = marks[line.state];
      const mark = screen.paint(style, screen.ascii ? ascii : sign);
      const texts = line.text.split('\n').map(printableLine);
      const text = wrap(`${mark} ${subject}${padding}${texts.join(`\n${indent}`)}`, screen.width, indent);
      if (line.nextStep === undefined) return `${text}\n`;
      const nextIndent = indent + ' '.repeat(arrow.length);
      return `${text}\n${wrap(`${indent}${arrow}${printableLine(line.nextStep)}`, screen.width, nextIndent)}\n`;
    })
    .join('');
}
