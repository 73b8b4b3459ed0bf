import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStaticFile, type StaticFile } from './static-file.ts';

export interface WidgetFiles {
  /** The moving file; null before the first build. */
  readonly current: StaticFile | null;
  /** Path of the file that never changes, such as `/widget-0123456789abcdef.js`; null before the first build. */
  readonly path: string | null;
  /** A script or style that never changes, of this build or of an earlier one that is still in the folder. */
  versioned(path: string): StaticFile | undefined;
}

const script = 'text/javascript; charset=utf-8';
const style = 'text/css; charset=utf-8';
const versionedName = /^widget-[0-9a-f]{16}\.(js|css)$/;

/** Reads what `npm run build` wrote. A site that pins an earlier file keeps working for as long as that file is there. */
export function readWidgetFiles(folder: string): WidgetFiles {
  const manifest = readManifest(folder);
  const versioned = new Map(
    (manifest === null ? [] : readdirSync(folder).filter((name) => versionedName.test(name))).map((name) => {
      const content = readFileSync(join(folder, name));
      const type = name.endsWith('.css') ? style : script;
      return [`/${name}`, createStaticFile({ content, type, cacheControl: 'public, max-age=31536000, immutable' })];
    }),
  );
  if (manifest === null) return { current: null, path: null, versioned: () => undefined };
  const content = readFileSync(join(folder, manifest));
  return {
    current: createStaticFile({
      content,
      type: script,
      cacheControl: 'public, max-age=300, stale-while-revalidate=86400',
    }),
    path: `/${manifest}`,
    versioned: (path) => versioned.get(path),
  };
}

/** The name of the newest file, which the build leaves in `current`. */
function readManifest(folder: string): string | null {
  try {
    const name = readFileSync(join(folder, 'current'), 'utf8').trim();
    return versionedName.test(name) ? name : null;
  } catch {
    return null;
  }
}

/** The lines that a site owner puts into a page; null before the first build. */
export function widgetSnippet({ current, path }: WidgetFiles, origin: string): string | null {
  if (!current || !path) return null;
  return [
    `<script type="module" src="${origin}${path}" integrity="${current.integrity}" crossorigin="anonymous"></script>`,
    '<nape-chat></nape-chat>',
  ].join('\n');
}
