import { writeFile } from 'node:fs/promises';
import { faqDocument } from '../../conversation/faq-document.ts';
import { faqMarkdown } from '../../conversation/faq-markdown.ts';
import { NapeError } from '../../errors.ts';
import type { DoctorLine, FaqReport } from './cli-app.ts';
import type { Command, CommandContext, CommandOptions } from './commands.ts';
import { printable } from './printable.ts';
import { renderDoctorLines } from './run-doctor.ts';

/** `nape faq`, `nape faq export` and `nape faq suggest`. */
export const runFaq: Command = async (context, options) => {
  const [word] = options.words;
  const formats = [options.html, options.json, options.md].filter(Boolean).length;
  const wrongUse = wrongUseOf(word, options, formats);
  if (wrongUse !== null) {
    context.errors.write(`nape: ${wrongUse} See nape faq --help.\n`);
    return 2;
  }
  if (word === 'export') return exportFaq(context, options);
  return word === 'suggest' ? suggestFaq(context, options) : listFaq(context, options);
};

function wrongUseOf(word: string | undefined, { out }: CommandOptions, formats: number): string | null {
  if (formats > 1) return 'Choose one of --html, --json and --md.';
  if (word === 'suggest' && formats > 0)
    return 'Suggestions are YAML; --html, --json and --md are for nape faq export.';
  if (word === undefined && (formats > 0 || out !== null)) return 'Did you mean nape faq export?';
  return null;
}

async function listFaq({ app, screen, errors }: CommandContext, _options: CommandOptions): Promise<number> {
  const { statuses } = await app.faq();
  if (statuses.length === 0) {
    screen.write('There is no faq.yaml in the knowledge folder, or it has no entry.\n');
    screen.write('Write one, or see what visitors ask: nape faq suggest\n');
    return 0;
  }
  screen.write(renderDoctorLines(statuses.map(lineOf), screen));
  const kept = statuses.filter(({ state }) => state !== 'fresh').length;
  const served = statuses.length - kept;
  screen.write(`\n${served} ${served === 1 ? 'entry is' : 'entries are'} served.\n`);
  if (kept === 0) return 0;
  errors.write(`nape: ${kept} ${kept === 1 ? 'entry is' : 'entries are'} not served; what to do stands under each.\n`);
  return 1;
}

function lineOf({ state, question, line, notes }: FaqReport['statuses'][number]): DoctorLine {
  const states = { fresh: notes.length > 0 ? 'warning' : 'ok', stale: 'warning', invalid: 'problem' } as const;
  const text = `${question ?? 'cannot be read'} (line ${line})`;
  return { state: states[state], subject: state, text, ...(notes.length > 0 && { nextStep: notes.join(' ') }) };
}

async function exportFaq(context: CommandContext, options: CommandOptions): Promise<number> {
  const report = await context.app.faq();
  const text = options.json
    ? `${JSON.stringify({ entries: report.entries }, null, 2)}\n`
    : options.md
      ? faqMarkdown(report.entries)
      : faqDocument(report);
  await write(context, options, text);
  const left = report.statuses.filter(({ state }) => state !== 'fresh').length;
  if (left > 0) context.errors.write(`nape: ${left} left out, because the article does not bear them out: nape faq\n`);
  return 0;
}

async function suggestFaq(context: CommandContext, options: CommandOptions): Promise<number> {
  const draft = await context.app.suggestFaq();
  if (draft === null) {
    context.errors.write(
      'nape: No words of questions are kept. Set NAPE_KEEP_QUESTIONS to a number of days and wait.\n',
    );
    return 1;
  }
  if (draft === '') {
    context.errors.write('nape: No question was asked that the FAQ lacks.\n');
    return 0;
  }
  await write(context, options, draft);
  return 0;
}

async function write({ screen }: CommandContext, { out }: CommandOptions, text: string): Promise<void> {
  if (out === null) {
    screen.write(screen.terminal ? printable(text) : text);
    return;
  }
  try {
    await writeFile(out, text);
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new NapeError(
      'config-invalid',
      `${out} cannot be written (${reason}). Name a file in a folder that is there.`,
      {
        cause,
      },
    );
  }
}
