import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { NapeError } from '../errors.ts';
import { purge } from './purge.ts';
import { openSqliteDatabase } from './sqlite-database.ts';

export interface BackupParts {
  /** The store. */
  readonly file: string;
  /** The backup. */
  readonly backup: string;
}

/**
 * Copies the store into one file while others go on using it; a file that is there already is replaced once the copy is
 * whole. Throws a `store-unavailable` NapeError that says why it cannot be done.
 */
export async function backUpSqlite({ file, backup }: BackupParts): Promise<void> {
  if (!existsSync(file)) throw new NapeError('store-unavailable', `There is no store at ${file} yet.`);
  if (resolve(file) === resolve(backup)) throw new NapeError('store-unavailable', `${backup} is the store itself.`);
  const copy = besides(backup);
  try {
    await copySqlite(file, copy);
    check(copy);
    await moveIntoPlace(copy, backup);
  } catch (thrown) {
    await removeFiles(copy);
    throw asFault(thrown, `The store cannot be copied to ${backup}`);
  }
}

/**
 * Puts a backup in the place of the store, whole or not at all: it is copied, checked and brought up to date beside it
 * first. What is past its time is removed from it. Throws a `store-unavailable` NapeError when the backup is no store of
 * Nape's, is damaged, or when another process has the store open.
 */
export async function restoreSqlite({ file, backup }: BackupParts, now: number, keptDays: number): Promise<void> {
  if (!existsSync(backup)) throw new NapeError('store-unavailable', `There is no file ${backup}.`);
  const copy = besides(file);
  try {
    await mkdir(dirname(file), { recursive: true });
    await copySqlite(backup, copy);
    check(copy);
    const database = await openSqliteDatabase({ file: copy });
    await purge(database, now, keptDays);
    await database.close();
    alone(copy).close();
    // Held until the new file is in place, so that nobody opens the old one in between.
    const before = existsSync(file) ? alone(file) : undefined;
    try {
      await moveIntoPlace(copy, file);
    } finally {
      before?.close();
    }
  } catch (thrown) {
    await removeFiles(copy);
    throw asFault(thrown, `${backup} cannot be restored`);
  }
}

/** A new name in the same folder, so that the last step is a rename. */
function besides(file: string): string {
  return `${file}.${randomUUID()}.tmp`;
}

/**
 * In one reading, which others may write beside. SQLite's own backup would begin again whenever another process writes,
 * and never end beside a busy server.
 */
async function copySqlite(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const source = new Sqlite(from, { readonly: true, fileMustExist: true });
  try {
    source.prepare('vacuum into ?').run(to);
  } finally {
    source.close();
  }
}

/** Throws unless the file is a whole store of this version or an older one. */
function check(file: string): void {
  const sqlite = new Sqlite(file);
  try {
    // A copy of a store keeps its write-ahead log only where it is used.
    sqlite.pragma('journal_mode = delete');
    const found = sqlite.pragma('integrity_check', { simple: true });
    if (found !== 'ok') throw new Error(`it is damaged (${String(found).split('\n')[0]})`);
    const table = sqlite.prepare("select 1 from sqlite_master where type = 'table' and name = 'nape_migrations'");
    if (!table.get()) throw new Error('it is no store of Nape');
    const broken = sqlite.pragma('foreign_key_check');
    if (Array.isArray(broken) && broken.length > 0) throw new Error('its rows do not fit together');
  } finally {
    sqlite.close();
  }
}

/** The file, opened so that no other process has it open or can open it. */
function alone(file: string): Sqlite.Database {
  const sqlite = new Sqlite(file, { timeout: 0 });
  try {
    sqlite.pragma('locking_mode = exclusive');
    // SQLite leaves the write-ahead log only when nobody else is there.
    sqlite.pragma('journal_mode = delete');
    sqlite.exec('begin exclusive; commit');
    return sqlite;
  } catch (thrown) {
    sqlite.close();
    const isBusy = thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('SQLITE_BUSY');
    if (!isBusy) throw thrown;
    throw new Error('another process has the store open: stop the server first');
  }
}

async function moveIntoPlace(from: string, to: string): Promise<void> {
  await sync(from);
  await rename(from, to);
  await sync(dirname(to));
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function removeFiles(file: string): Promise<void> {
  for (const end of ['', '-wal', '-shm', '-journal']) await rm(`${file}${end}`, { force: true });
}

function asFault(thrown: unknown, what: string): NapeError {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new NapeError('store-unavailable', `${what}: ${reason}.`, { cause: thrown });
}
