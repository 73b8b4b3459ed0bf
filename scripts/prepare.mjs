// `npm ci` builds once, so that `npx nape` works straight away. An install without development
// dependencies has no compiler: it brings its own dist/, and there is nothing to do.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const compiler = new URL('../node_modules/typescript/package.json', import.meta.url);
if (existsSync(compiler)) {
  const build = spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit', shell: true });
  process.exitCode = build.status ?? 1;
}
