import { describe, expect, it } from 'vitest';
import { commandNames } from '../../src/channels/cli/commands.ts';
import { variableNames } from '../../src/config.ts';
import { publicErrors } from '../../src/errors.ts';
import { observedAttributes, styleAttributes } from '../../src/widget/attributes.ts';
import { readProjectFile, typescriptFiles } from './source-files.ts';

const readme = readProjectFile('README.md');
const architecture = readProjectFile('ARCHITECTURE.md');
const example = readProjectFile('.env.example');
const domain = readProjectFile('src/domain.ts');
const scripts: readonly string[] = Object.keys(JSON.parse(readProjectFile('package.json')).scripts);

/** The `code` words in the rows of the table under a heading of ARCHITECTURE.md. */
function tableUnder(heading: string): readonly string[] {
  const part = architecture.split(/^#+ /mu).find((text) => text.startsWith(heading));
  return [...(part ?? '').matchAll(/^\| `([^`]+)`/gmu)].map((match) => match[1] ?? '');
}

function sorted(values: Iterable<string>): readonly string[] {
  return [...new Set(values)].sort();
}

/** The string members of a union type in domain.ts. */
function union(name: string): readonly string[] {
  const body = domain.match(new RegExp(`export type ${name} =([^;]+);`, 'u'))?.[1] ?? '';
  return [...body.matchAll(/'([^']+)'/gu)].map((match) => match[1] ?? '');
}

describe('environment variables', () => {
  it('.env.example > explains each variable and no other', () => {
    const named = [...example.matchAll(/^#?\s?([A-Z][A-Z0-9_]+)=/gmu)].map((match) => match[1] ?? '');
    expect(sorted(named)).toEqual(sorted(variableNames));
    for (const name of variableNames) {
      const before = example.split(new RegExp(`^#?\\s?${name}=`, 'mu'))[0] ?? '';
      expect(before.trimEnd().split('\n').at(-1), `${name} has no explanation above it`).toMatch(/^# \S/u);
    }
  });

  it('README > names each variable and none that is gone', () => {
    const named = [...readme.matchAll(/`((?:NAPE|OPENAI|DISCORD|DATABASE)_[A-Z_]+|PORT|HOST|LOG_LEVEL)`/gu)].map(
      (match) => match[1] ?? '',
    );
    expect(sorted(named)).toEqual(sorted(variableNames));
  });
});

describe('the widget', () => {
  /** The part of the README for the owner of a site. */
  const onYourSite = readme.split(/^## /mu).find((part) => part.startsWith('On your site')) ?? '';
  const styles = ['launcher.css', 'panel.css'].map((name) => readProjectFile(`src/widget/${name}`)).join('\n');
  const code = typescriptFiles('src/widget').map(readProjectFile).join('\n');

  it('README > has a row for each attribute and for none that is gone', () => {
    const rows = [...onYourSite.matchAll(/^\| `([^`]+)`/gmu)].map((match) => match[1] ?? '');
    expect(sorted(rows)).toEqual(sorted([...observedAttributes, ...styleAttributes]));
    for (const name of styleAttributes) expect(styles).toContain(`[${name}="`);
  });

  it('README > names each custom property, event and slot, and none that is gone', () => {
    const inReadme = (pattern: RegExp) => [...onYourSite.matchAll(pattern)].map((match) => match[1] ?? match[0]);
    const inCode = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? match[0]);
    expect(sorted(inReadme(/--nape-[a-z-]+/gu))).toEqual(sorted(inCode(styles, /--nape-[a-z-]+/gu)));
    const events = inCode(code, /ispatch\('(nape-[a-z]+)'/gu);
    expect(events.length).toBeGreaterThan(2);
    expect(sorted(inReadme(/`(nape-(?!chat)[a-z]+)`/gu))).toEqual(sorted(events));
    for (const slot of inCode(code, /name: '(logo|launcher)'/gu)) expect(onYourSite).toContain(`\`${slot}\``);
  });

  it('README > names parts that there are', () => {
    const parts = onYourSite.match(/Parts for `::part\(\)`: ([^.]+)\./u)?.[1]?.match(/[a-z]+/gu) ?? [];
    expect(parts.length).toBeGreaterThan(10);
    for (const part of parts)
      expect(`${code}${styles}`, part).toMatch(new RegExp(`'(?:[a-z]+ )?${part}'|\\.${part}\\b`, 'u'));
  });
});

describe('commands', () => {
  it('README > names each command and none that is gone', () => {
    const named = [...readme.matchAll(/(?:^|[`\s])(?:npx )?nape ([a-z]+)(?=[\s`]|$)/gmu)].map(
      (match) => match[1] ?? '',
    );
    expect(sorted(named)).toEqual(sorted(commandNames));
  });

  it('npm scripts > those the documents name exist', () => {
    const named = [...`${readme}\n${architecture}`.matchAll(/npm run ([a-z:]+)/gu)].map((match) => match[1] ?? '');
    expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
  });
});

describe('contracts', () => {
  it('ARCHITECTURE > lists each error code and none that is gone', () => {
    expect(sorted(tableUnder('Error codes'))).toEqual(sorted(Object.keys(publicErrors)));
  });

  it('ARCHITECTURE > lists each event and none that is gone', () => {
    const events = [...domain.matchAll(/readonly type: '([a-z-]+)'/gu)].map((match) => match[1] ?? '');
    expect(events.length).toBeGreaterThan(5);
    expect(sorted(tableUnder('Events'))).toEqual(sorted(events));
  });

  it('ARCHITECTURE > lists each reason and none that is gone', () => {
    const reasons = ['RefusalReason', 'RedirectReason', 'GreetingReason'].flatMap(union);
    expect(reasons.length).toBeGreaterThan(15);
    expect(sorted(tableUnder('Reasons'))).toEqual(sorted(reasons));
  });

  it('ARCHITECTURE > names each HTTP route that the server has, and no other', () => {
    const routes = typescriptFiles('src/channels/http').flatMap((path) =>
      [...readProjectFile(path).matchAll(/\bapp\.(?:get|post|put|delete)\('(\/[^']*)'/gu)].map((match) =>
        (match[1] ?? '').replace('*', ':id'),
      ),
    );
    expect(routes.length).toBeGreaterThan(3);
    expect(sorted(tableUnder('HTTP').map((row) => row.replace(/^[A-Z]+ /u, '')))).toEqual(sorted(routes));
  });
});
