import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { buildWidget } from '../../scripts/build-widget/build-widget.ts';

/** Most bytes of what a page loads before the visitor opens the panel, compressed by gzip at level 9. */
const mostBytes = 8_000;
/** Most bytes of what opening loads beside the settings. */
const mostStyleBytes = 2_000;

const gzipped = (text: string) => gzipSync(text, { level: 9 }).length;

it('the widget > everything that a page loads before opening is at most 8 kB, and opening adds its style alone', async () => {
  const { script, style, parts } = await buildWidget();
  const rows = Object.entries(parts).sort(([, a], [, b]) => b - a);
  const table = [
    ...rows.map(([name, bytes]) => `${String(bytes).padStart(7)}  ${name}`),
    `${String(script.text.length).padStart(7)}  script, ${gzipped(script.text)} gzip`,
    `${String(style.text.length).padStart(7)}  panel.css, on opening, ${gzipped(style.text)} gzip`,
  ].join('\n');
  console.log(`Bytes, minified\n${table}`);
  expect(gzipped(script.text), table).toBeLessThanOrEqual(mostBytes);
  expect(gzipped(style.text), table).toBeLessThanOrEqual(mostStyleBytes);
  // One module: nothing else is fetched as code, so the script's integrity covers it all.
  expect(script.text).not.toMatch(/\bimport\s*\(|\bimport\s*["'{*]/);
});
