import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WidgetBuild } from './build-widget.ts';

/** Earlier files that stay, scripts and styles together, for sites that pin one of them. */
const keptFiles = 10;

/** Writes the files under their own names, and the script's name into `current`; the oldest files go. */
export async function writeWidget({ script, style }: WidgetBuild, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { name, text } of [style, script]) await writeFile(join(folder, name), text);
  await writeFile(join(folder, 'current'), `${script.name}\n`);
  const earlier = (await readdir(folder)).filter((name) => /^widget-[0-9a-f]{16}\.(js|css)$/.test(name));
  const aged = await Promise.all(earlier.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
  const old = aged.sort((a, b) => b.at - a.at).slice(keptFiles + 2);
  await Promise.all(old.map(({ name }) => rm(join(folder, name))));
}
