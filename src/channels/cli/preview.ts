import type { Screen } from './screen.ts';

/** A stretch at the bottom of the terminal that is rewritten as more of it is known. */
export interface Preview {
  /** Shows `text` in place of what was shown before. */
  show(text: string): void;
}

export function createPreview(screen: Screen): Preview {
  let shown = '';
  return {
    show(text) {
      if (text.startsWith(shown)) {
        screen.write(text.slice(shown.length));
      } else {
        screen.write(erase(shown, screen) + text);
      }
      shown = text;
    },
  };
}

/** Moves the cursor back to where `shown` started and clears from there. */
function erase(shown: string, screen: Screen): string {
  const linesUp = shown.split('\n').length - 1;
  // What has scrolled out of the window cannot be taken back: the new text comes below it.
  if (linesUp >= screen.height) return '\n\n';
  return `\r${linesUp > 0 ? `\x1b[${linesUp}A` : ''}\x1b[J`;
}
