/** Where the progress is shown: standard error, or a list of strings in a test. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface Phase {
  readonly label: string;
  /** Share of the whole run's time. */
  readonly share: number;
}

const barWidth = 30;
/** Without a terminal: a line whenever another such share of the whole is done. */
const lineEvery = 0.05;

/** A bar with the time left on a terminal, else plain lines; call the result with each phase's progress. */
export function createProgress(stream: ProgressStream, phases: readonly Phase[], now: () => number) {
  const startedMs = now();
  let shownAt = -1;
  return (label: string, done: number, total: number): void => {
    const place = phases.findIndex((phase) => phase.label === label);
    const before = phases.slice(0, place).reduce((sum, { share }) => sum + share, 0);
    const fraction = Math.min(1, before + ((phases[place]?.share ?? 0) * done) / Math.max(1, total));
    const elapsedMs = now() - startedMs;
    const left = fraction > 0 ? duration((elapsedMs * (1 - fraction)) / fraction) : '?';
    const text = `${`${Math.floor(fraction * 100)}`.padStart(3)} %  ${label}  ${done}/${total}  about ${left} left`;
    if (stream.isTTY) {
      const full = Math.round(fraction * barWidth);
      stream.write(`\r\u001b[K[${'█'.repeat(full)}${'░'.repeat(barWidth - full)}] ${text}${fraction >= 1 ? '\n' : ''}`);
    } else if (fraction >= shownAt + lineEvery || (fraction >= 1 && shownAt < 1)) {
      shownAt = fraction;
      stream.write(`${text}\n`);
    }
  };
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
