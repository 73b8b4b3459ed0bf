import { type DestinationStream, pino } from 'pino';

/** What the parts use of the log; fields first, then the message. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** JSON lines on `destination` (standard error by default, so that stdout stays an answer's own). */
export function createLog(
  level: LogLevel,
  destination: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

/** Drops everything; for tests and for commands that speak for themselves. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
