import { fileURLToPath } from 'node:url';
import { buildWidget } from './build-widget.ts';
import { writeWidget } from './write-widget.ts';

await writeWidget(await buildWidget(), fileURLToPath(new URL('../../dist/widget', import.meta.url)));
