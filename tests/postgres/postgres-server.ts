import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** A real PostgreSQL server of this test run, in a temporary folder and on a port of its own. */
export interface PostgresServer {
  /** Makes a new, empty database. */
  createDatabase(): Promise<string>;
  dropDatabase(url: string): Promise<void>;
  /** Ends at once, like a server whose machine is switched off. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Ends for good and removes everything. */
  remove(): Promise<void>;
}

/**
 * Throws when PostgreSQL's binaries are not on this machine. Unless `isSynced`, it does not wait for the disk, which only
 * a power cut would show.
 */
export async function startPostgresServer({ isSynced = false } = {}): Promise<PostgresServer> {
  const programs = programFolder();
  const user = unprivilegedUser();
  const folder = await mkdtemp(join(tmpdir(), 'nape-postgres-'));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid ?? user.uid);
  const data = join(folder, 'data');
  const inFolder = { ...user, cwd: folder, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8' } };
  const initialise = ['-D', data, '-U', 'nape', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
  execFileSync(join(programs, 'initdb'), initialise, { ...inFolder, stdio: ['ignore', 'ignore', 'inherit'] });
  const port = await freePort();
  const url = (database: string) => `postgres://nape@127.0.0.1:${port}/${database}`;
  let running: ChildProcess | undefined;
  let databases = 0;

  async function start(): Promise<void> {
    const settings = [
      `port=${port}`,
      'listen_addresses=127.0.0.1',
      `unix_socket_directories=${folder}`,
      'max_connections=200',
      `fsync=${isSynced ? 'on' : 'off'}`,
    ];
    const options = settings.flatMap((setting) => ['-c', setting]);
    running = spawn(join(programs, 'postgres'), ['-D', data, ...options], { ...inFolder, stdio: 'ignore' });
    for (let attempt = 0; ; attempt += 1) {
      const error = await run(url('postgres'), 'select 1').catch((thrown: unknown) => thrown);
      if (!(error instanceof Error)) return;
      if (attempt === 200 || running.exitCode !== null) throw error;
      await pause(50);
    }
  }

  async function stop(): Promise<void> {
    const server = running;
    running = undefined;
    if (!server || server.exitCode !== null) return;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGQUIT');
    await ended;
  }

  await start();
  return {
    async createDatabase() {
      databases += 1;
      const name = `nape_${process.pid}_${Date.now().toString(36)}_${databases}`;
      await run(url('postgres'), `create database ${name}`);
      return url(name);
    },
    async dropDatabase(address) {
      await run(url('postgres'), `drop database if exists ${new URL(address).pathname.slice(1)} with (force)`);
    },
    stop,
    start,
    async remove() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs one statement on a connection of its own. */
export async function run(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function programFolder(): string {
  const folders = ['/usr/lib/postgresql/15/bin', ...(process.env.PATH ?? '').split(delimiter)];
  const found = folders.find((folder) => existsSync(join(folder, 'initdb')));
  if (!found) throw new Error('PostgreSQL is not installed. On Debian: apt-get install postgresql-15');
  return found;
}

/** PostgreSQL refuses to run as root; Debian's package makes a user for it. */
function unprivilegedUser(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (option: string) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
