import type { DestinationStream } from 'pino';
import type { LogLevel } from './config.ts';

/** What the parts use of the log; fields first, then the message. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** JSON lines on `destination` (standard error by default, so that stdout stays an answer's own). */
export async function createLog(level: LogLevel, destination?: DestinationStream): Promise<Log> {
  // Loaded only where a log is wanted: it is a good part of the start of a short command.
  const { pino } = await import('pino');
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const log: Log = pino(options, destination ?? pino.destination({ fd: 2, sync: true }));
  return log;
}

/** Drops everything; for tests and for commands that speak for themselves. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
