import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DoctorLine } from '../channels/cli/cli-app.ts';
import { lintLines } from '../channels/cli/lint-lines.ts';
import { discordTexts } from '../channels/discord/words/discord-words.ts';
import { ownTexts } from '../conversation/own-texts.ts';
import type { ClaimLint } from '../knowledge/claim-lint.ts';
import { loadKnowledge } from '../knowledge/load-knowledge.ts';

export interface LintParts {
  readonly lint: ClaimLint;
  /** Folder of the package, absolute. */
  readonly root: string;
  readonly knowledgeDir: string;
}

/** What the claim lint finds in Nape's own words, in the prompts and in the articles. */
export async function lintOwnWords({ lint, root, knowledgeDir }: LintParts): Promise<readonly DoctorLine[]> {
  const folder = join(root, 'prompts');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.md'));
  const prompts = await Promise.all(
    files.map(async (file) => ({ where: `prompts/${file}`, text: await readFile(join(folder, file), 'utf8') })),
  );
  const { documents } = await loadKnowledge(knowledgeDir);
  return lintLines(lint, [...ownTexts(), ...discordTexts(), ...prompts], documents);
}
