// JSON logs on stdout: a fixed message and fields. Level `error` means that a person must act.
import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Credentials and personal data never reach a log, even when a whole object is handed over by mistake. */
const REDACTED = ['authorization', 'cookie', 'password', 'email', 'name', 'contact', 'placeToken', 'fanToken', 'pass'];

export function createLogger({ app, level = 'info' }: { readonly app: string; readonly level?: string }): Logger {
  return pino({
    level,
    base: { app, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: REDACTED.flatMap((field) => [field, `*.${field}`]), remove: true },
  });
}
