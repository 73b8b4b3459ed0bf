import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ownTexts } from '../../src/conversation/own-texts.ts';
import { openClaimLint } from '../../src/knowledge/read-articles.ts';
import { readProjectFile, root } from '../repository/source-files.ts';

const lint = await openClaimLint(join(root, 'lexicons'), join(root, 'knowledge'));

describe('Nape’s own words', () => {
  it('fixed words > claim nothing', () => {
    expect(ownTexts().length).toBeGreaterThan(35);
    expect(ownTexts().flatMap(({ where, text }) => lint.own(where, text))).toEqual([]);
  });

  it('prompts > claim nothing', () => {
    const prompts = readdirSync(join(root, 'prompts'));
    expect(prompts.length).toBeGreaterThan(2);
    expect(prompts.flatMap((file) => lint.own(`prompts/${file}`, readProjectFile(`prompts/${file}`)))).toEqual([]);
  });
});
