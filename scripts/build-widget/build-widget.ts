import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, transform } from 'esbuild';

const source = fileURLToPath(new URL('../../src/widget/', import.meta.url));
const target = 'es2022';

export interface WidgetBuild {
  /** The script: all of the widget's code, so that one integrity value covers it, and the style of its button. */
  readonly script: BuiltFile;
  /** The style of the panel; the script loads it on opening and knows its digest. */
  readonly style: BuiltFile;
  /** Bytes of the minified script by source file. */
  readonly parts: Readonly<Record<string, number>>;
}

export interface BuiltFile {
  /** `widget-`, the first 16 digits of the SHA-384 of the text, and its kind. */
  readonly name: string;
  readonly text: string;
}

/** Builds the two files of the widget; nothing is written. */
export async function buildWidget(): Promise<WidgetBuild> {
  const names = new Map<string, string>();
  const launcherStyle = await minifiedStyle('launcher.css', names);
  const style = file(await minifiedStyle('panel.css', names), 'css');
  const { outputFiles, metafile } = await build({
    entryPoints: [`${source}nape-chat.ts`],
    bundle: true,
    minify: true,
    format: 'esm',
    target,
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
    write: false,
    plugins: [styleImports(launcherStyle, style)],
  });
  const [output] = Object.values(metafile.outputs);
  const parts = Object.entries(output?.inputs ?? {}).map(([path, { bytesInOutput }]) => {
    return [path.replace(/^.*src\/widget\//, ''), bytesInOutput] as const;
  });
  return { script: file(outputFiles[0]?.text ?? '', 'js'), style, parts: Object.fromEntries(parts) };
}

function file(text: string, kind: 'js' | 'css'): BuiltFile {
  const digest = createHash('sha384').update(text).digest('hex');
  return { name: `widget-${digest.slice(0, 16)}.${kind}`, text };
}

/** `import css from './launcher.css'` gives the text; an import of panel.css gives its path and its integrity. */
function styleImports(launcherStyle: string, panel: BuiltFile): Plugin {
  const integrity = `sha384-${createHash('sha384').update(panel.text).digest('base64')}`;
  return {
    name: 'style-imports',
    setup({ onLoad }) {
      onLoad({ filter: /launcher\.css$/ }, () => ({ contents: launcherStyle, loader: 'text' }));
      onLoad({ filter: /panel\.css$/ }, () => ({
        contents: `export const path = '/${panel.name}', integrity = '${integrity}';`,
        loader: 'js',
      }));
    },
  };
}

/**
 * A style sheet without what no browser needs. Its own custom properties get names of one letter; `names` keeps them, so
 * that both sheets mean the same. Those that begin with `--nape-` are for the page and stay.
 */
async function minifiedStyle(name: string, names: Map<string, string>): Promise<string> {
  const { code } = await transform(await readFile(source + name, 'utf8'), { loader: 'css', minify: true });
  for (const [, own = ''] of code.matchAll(/[{;](--(?!nape-)[a-z-]+):/g)) {
    if (!names.has(own)) names.set(own, `--${String.fromCharCode(97 + names.size)}`);
  }
  return code
    .trim()
    .replace(/--[a-z-]+/g, (property) => names.get(property) ?? property)
    .replace(/(--[a-z-]+:) /g, '$1')
    .replace(/, /g, ',');
}
