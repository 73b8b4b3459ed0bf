import {
  isRedirect,
  type OrdinaryMessage,
  type RedirectMessage,
  readSet,
  shippedTriage,
} from './read-sets.test-support.ts';

/**
 * Prints the misses and false redirects of the named halves, by class: `tsx tests/evals/safety/score-triage.ts late fresh-tune`.
 * With `--quiet` only the counts.
 */
const names = process.argv.slice(2).filter((name) => !name.startsWith('--'));
const quiet = process.argv.includes('--quiet');
const { triage } = await shippedTriage();
const reasonOf = (text: string) => triage({ text, earlier: [], crisisOpen: false })?.reason ?? null;

for (const name of names) {
  const redirects = readSet<RedirectMessage>(`redirects-${name}`);
  const ordinary = readSet<OrdinaryMessage>(`ordinary-${name}`);
  const missed = redirects.filter(({ text }) => !isRedirect(reasonOf(text)));
  const exact = redirects.filter((message) => reasonOf(message.text) === message.class);
  const falsely = ordinary.filter(({ text }) => isRedirect(reasonOf(text)));
  console.log(
    `${name}: missed ${missed.length} of ${redirects.length}, same class ${exact.length}, false ${falsely.length} of ${ordinary.length}`,
  );
  for (const reason of new Set(redirects.map((message) => message.class))) {
    const all = redirects.filter((message) => message.class === reason);
    const gone = missed.filter((message) => message.class === reason);
    if (gone.length > 0) console.log(`  ${reason}: ${gone.length} of ${all.length}`);
    if (!quiet) for (const { text } of gone) console.log(`    - ${text}`);
  }
  if (!quiet) for (const { text } of falsely) console.log(`  false (${reasonOf(text)}): ${text}`);
}
