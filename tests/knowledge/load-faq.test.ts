import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadFaq, maximumFaqBytes } from '../../src/knowledge/load-faq.ts';

async function folderWith(content?: string | Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nape-faq-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  if (content !== undefined) await writeFile(join(folder, 'faq.yaml'), content);
  return folder;
}

const firstMessage = async (folder: string) => (await loadFaq(folder)).problems[0]?.message;

describe('loadFaq', () => {
  it('a folder without the file, or no folder > has no entries and no problem', async () => {
    const folder = await folderWith();
    expect(await loadFaq(folder)).toEqual({ entries: [], problems: [] });
    expect(await loadFaq(join(folder, 'nowhere'))).toEqual({ entries: [], problems: [] });
  });

  it('a file > is read, its byte order mark left out', async () => {
    const folder = await folderWith('\ufeff- question: Why?\n  answer: [{quote: So., from: why}]\n');
    const { entries, problems } = await loadFaq(folder);
    expect(problems).toEqual([]);
    expect(entries.map(({ question }) => question)).toEqual(['Why?']);
  });

  it('a folder of that name, another encoding, a huge file > is told with the next step', async () => {
    const folder = await folderWith();
    await mkdir(join(folder, 'faq.yaml'));
    expect(await firstMessage(folder)).toMatch(/not a file\. Put/u);
    expect(await firstMessage(await folderWith(new Uint8Array([0x2d, 0x20, 0xff])))).toMatch(/not UTF-8\. Save/u);
    expect(await firstMessage(await folderWith('#'.repeat(maximumFaqBytes + 1)))).toMatch(/larger than 1 MB\. Keep/u);
  });
});
