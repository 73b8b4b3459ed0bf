import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadKnowledge } from '../../src/knowledge/load-knowledge.ts';

describe('loadKnowledge', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nape-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  const write = (name: string, content: string | Uint8Array = 'The neck bends.') =>
    writeFile(join(folder, name), content);

  test('articles load by name; other files and folders are passed over', async () => {
    await write('spine.txt');
    await write('Neck.MD');
    for (const name of ['faq.yaml', 'faq.json', 'README.md', '.draft.md', 'picture.jpg', '~$notes.docx'])
      await write(name);
    await mkdir(join(folder, 'archive'));
    const { documents, problems } = await loadKnowledge(folder);
    expect(documents.map(({ id, file, format }) => [id, file, format])).toEqual([
      ['neck', 'Neck.MD', 'markdown'],
      ['spine', 'spine.txt', 'text'],
    ]);
    expect(problems).toEqual([]);
  });

  test('files that cannot be used > a message each, and the good one loads', async () => {
    await write('good.md');
    await write('binary.md', Buffer.from([0, 1, 2]));
    await write('empty.txt', '');
    await write('latin.txt', Buffer.from([0x63, 0xe9]));
    await write('paper.pdf');
    await write('huge.md');
    await truncate(join(folder, 'huge.md'), 50 * 1024 * 1024);
    await mkdir(join(folder, 'folder.md'));
    await symlink(join(folder, 'gone'), join(folder, 'link.md'));
    const { documents, problems } = await loadKnowledge(folder);
    expect(documents.map(({ id }) => id)).toEqual(['good']);
    expect(Object.fromEntries(problems.map(({ file, message }) => [file, message]))).toEqual({
      'binary.md': expect.stringContaining('binary'),
      'empty.txt': expect.stringContaining('empty'),
      'folder.md': expect.stringContaining('not a file'),
      'huge.md': expect.stringContaining('50.0 MB'),
      'latin.txt': expect.stringContaining('UTF-8'),
      'link.md': expect.stringContaining('ENOENT'),
      'paper.pdf': expect.stringContaining('Markdown (.md) or plain text (.txt)'),
    });
  });

  test('two files of one id > the first by name wins, the other is a problem that names both', async () => {
    await write('a-b.md', 'First.');
    await write('a-b.txt', 'Second.');
    await write('A b.md', 'Third.');
    const { documents, problems } = await loadKnowledge(folder);
    expect(documents.map(({ file }) => file)).toEqual(['A b.md']);
    expect(problems.map(({ file }) => file)).toEqual(['a-b.md', 'a-b.txt']);
    expect(problems[0]?.message).toContain('A b.md');
  });

  test('a missing folder > knowledge-missing with the folder and the variable', async () => {
    const error = loadKnowledge(join(folder, 'nowhere'));
    await expect(error).rejects.toMatchObject({ name: 'NapeError', code: 'knowledge-missing' });
    await expect(error).rejects.toThrow(/nowhere does not exist[\s\S]*NAPE_KNOWLEDGE_DIR/);
  });

  test('a file instead of a folder > knowledge-missing', async () => {
    await write('article.md');
    await expect(loadKnowledge(join(folder, 'article.md'))).rejects.toThrow(/is not a folder/);
  });

  test('nothing that loads > knowledge-missing that lists why', async () => {
    await write('empty.md', '');
    await expect(loadKnowledge(folder)).rejects.toThrow(/no article that can be read\.\n {2}empty\.md: It is empty/);
  });
});
