/** `4 ms`, `0.4 s`, `12 s`, `3 min 20 s`: as exact as a person needs. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 99.5) return `${Math.round(durationMs)} ms`;
  const seconds = durationMs / 1_000;
  if (seconds < 9.95) return `${seconds.toFixed(1).replace('.0', '')} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const rest = whole % 60;
  return `${Math.floor(whole / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
}
