import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWidget } from '../../../scripts/build-widget/build-widget.ts';
import { writeWidget } from '../../../scripts/build-widget/write-widget.ts';
import { createApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { silentLog } from '../../../src/log.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface RealServer {
  readonly url: string;
  readonly snippet?: string | null;
  stop(): Promise<void>;
}

/** Nape as `npm start` runs it, on a free port, with a data folder of its own. */
export async function startRealServer(allowedOrigins = ''): Promise<RealServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'nape-browser-'));
  await writeWidget(await buildWidget(), join(root, 'dist', 'widget'));
  const environment = {
    NAPE_DATA_DIR: dataDir,
    NAPE_ALLOWED_ORIGINS: allowedOrigins,
    NAPE_EMERGENCY_NUMBER: '112',
    NAPE_CONTACT: '+49 30 1234',
    PORT: '0',
  };
  const app = await createApp({ config: readConfig(environment, root), log: silentLog, root });
  const server = await app.serve();
  return {
    ...server,
    async stop() {
      await server.stop();
      await app.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
