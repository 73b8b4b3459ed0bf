import type { IndexProgress } from '../../domain.ts';
import { formatDuration } from './format-duration.ts';
import type { Screen } from './screen.ts';
import { displayWidth } from './wrap.ts';

/** Shows how far an indexing run is. */
export interface ProgressDisplay {
  show(progress: IndexProgress): void;
  /** Takes the bar away. */
  clear(): void;
}

const labels: Readonly<Record<IndexProgress['phase'], string>> = {
  embedding: 'Embedding passages',
  building: 'Building the index',
  writing: 'Writing to disk',
};
const barColumns = 20;
const redrawAfterMs = 50;
const plainLineAfterMs = 2_000;
/** Before this the rate is a guess. */
const estimateAfterMs = 1_000;

/** A bar on a terminal; elsewhere a line every two seconds and one at the end of each phase. */
export function createProgressDisplay(screen: Screen, now: () => number): ProgressDisplay {
  let phase: { readonly name: string; readonly startMs: number; readonly startDone: number } | undefined;
  let lastMs = Number.NEGATIVE_INFINITY;
  let drawn = false;
  return {
    show({ phase: name, done, total }) {
      if (total <= 0) return;
      const nowMs = now();
      if (phase?.name !== name) {
        phase = { name, startMs: nowMs, startDone: done };
        if (!screen.animated) lastMs = nowMs;
      }
      const finished = done >= total;
      if (!finished && nowMs - lastMs < (screen.animated ? redrawAfterMs : plainLineAfterMs)) return;
      lastMs = nowMs;
      const share = Math.min(done / total, 1);
      const elapsedMs = nowMs - phase.startMs;
      const advanced = done - phase.startDone;
      const known = !finished && elapsedMs >= estimateAfterMs && advanced > 0;
      const leftMs = Math.ceil(((elapsedMs / advanced) * (total - done)) / 1_000) * 1_000;
      const left = known ? `about ${formatDuration(leftMs)} left` : '';
      if (screen.animated) {
        const parts = [labels[name], bar(share, screen), percent(share).padStart(4), `${done} of ${total}`, left];
        // A line that reaches the edge would wrap, and the next redraw would leave it behind.
        const line = fitted(parts.filter(Boolean), screen.width - 1);
        screen.write(`\r\x1b[2K${line}`);
        drawn = true;
      } else {
        const counted = `${labels[name]}: ${done} of ${total} (${percent(share)})`;
        screen.write(`${[counted, left].filter(Boolean).join(', ')}\n`);
      }
    },
    clear() {
      if (drawn) screen.write('\r\x1b[2K');
      drawn = false;
    },
  };
}

function bar(share: number, screen: Screen): string {
  const full = Math.round(share * barColumns);
  return screen.paint('cyan', '█'.repeat(full)) + screen.paint('dim', '░'.repeat(barColumns - full));
}

function percent(share: number): string {
  return `${Math.floor(share * 100)}%`;
}

/** Leaves out parts from the end until the rest fits. */
function fitted(parts: readonly string[], width: number): string {
  let kept = parts;
  while (kept.length > 1 && displayWidth(kept.join('  ')) > width) kept = kept.slice(0, -1);
  return kept.join('  ');
}
