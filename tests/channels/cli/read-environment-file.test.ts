import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnvironmentFile } from '../../../src/channels/cli/read-environment-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nape-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function reading(content: string | Uint8Array) {
  const file = join(folder, '.env');
  await writeFile(file, content);
  return readEnvironmentFile(file);
}

describe('readEnvironmentFile', () => {
  it('names, comments and quotes > the values', async () => {
    expect(await reading('# where\nPORT=4000\nNAPE_CONTACT="Ask us # here"\n\nHOST=\n')).toEqual({
      PORT: '4000',
      NAPE_CONTACT: 'Ask us # here',
      HOST: '',
    });
  });

  it('byte order mark > the first name is read all the same', async () => {
    expect(await reading('\uFEFFPORT=4000\n')).toEqual({ PORT: '4000' });
  });

  it('no file > no values', async () => {
    expect(await readEnvironmentFile(join(folder, 'missing'))).toEqual({});
  });

  it('UTF-16, as some editors save > told', async () => {
    const utf16 = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from('PORT=4000\n', 'utf16le')]);
    await expect(reading(utf16)).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('is not UTF-8 text'),
    });
  });

  it('line whose name is no name > told', async () => {
    await expect(reading('MY PORT=4000\n')).rejects.toThrow(/sets "MY PORT", which is not a name/);
  });

  it('folder in its place > told', async () => {
    const file = join(folder, 'folder');
    await mkdir(file);
    await expect(readEnvironmentFile(file)).rejects.toMatchObject({ code: 'config-invalid' });
  });
});
