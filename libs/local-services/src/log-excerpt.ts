// What a person wants to see of a log when a process did not do as it should: the fault, not forty lines around it.
import { readFileSync } from 'node:fs';

const TAIL_LINES = 6;
const MESSAGE_LINES_MAX = 12;
/** As pino numbers levels: errors and what is worse. */
const ERROR_LEVEL = 50;

/** The last fault in a log, or its last lines where none is found, introduced by its path. */
export function logExcerpt(logFile: string): string {
  let lines: string[];
  try {
    lines = readFileSync(logFile, 'utf8').trimEnd().split('\n');
  } catch {
    return `no log was written to ${logFile}`;
  }
  const at = lines.findLastIndex((line) => faultIn(line) !== undefined);
  if (at !== -1) return [`${logFile} says: ${faultIn(lines[at] ?? '')}`, ...messageAfter(lines, at)].join('\n');
  return `the end of ${logFile}:\n  ${lines.slice(-TAIL_LINES).join('\n  ')}`;
}

/** The fault that a line tells of: an error logged as JSON, or the head of an uncaught error. */
function faultIn(line: string): string | undefined {
  if (!line.startsWith('{')) return /^(?:Uncaught )?\w*Error\b.*: .+/.test(line) ? line : undefined;
  try {
    const { level, msg, err } = JSON.parse(line) as { level?: number; msg?: string; err?: { message?: string } };
    if (level === undefined || level < ERROR_LEVEL) return undefined;
    return [msg, err?.message].filter(Boolean).join(': ');
  } catch {
    return undefined;
  }
}

// The message of an uncaught error may have several lines (a list of missing variables); its stack follows.
function messageAfter(lines: readonly string[], at: number): readonly string[] {
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => !line.startsWith('  ') || line.startsWith('    at '));
  return rest.slice(0, Math.min(end === -1 ? rest.length : end, MESSAGE_LINES_MAX));
}
