import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logExcerpt } from './log-excerpt.ts';

const folder = mkdtempSync(join(tmpdir(), 'onsale-log-'));
const file = join(folder, 'app.log');
afterAll(() => rmSync(folder, { recursive: true }));

const excerptOf = (...lines: string[]) => {
  writeFileSync(file, `${lines.join('\n')}\n`);
  return logExcerpt(file);
};

test('shows the last error that was logged, with its cause', () => {
  const started = '{"level":30,"msg":"starting"}';
  const failed = '{"level":50,"msg":"could not start","err":{"message":"port 80 is taken"}}';
  expect(excerptOf(started, failed, '{"level":30,"msg":"bye"}')).toBe(
    `${file} says: could not start: port 80 is taken`,
  );
});

test('shows the head of an uncaught error, not the dump behind it', () => {
  const dump = ["MongooseServerSelectionError: no such command: 'x'", '    at connect (file.js:1)', '  reason: {', '}'];
  expect(excerptOf('file.js:1', ...dump, 'Node.js v20')).toBe(`${file} says: ${dump[0]}`);
});

test('shows the whole of a message that has several lines', () => {
  const message = ['ConfigError: The environment is not complete:', '  PORT is missing', '  REDIS_URL is missing'];
  expect(excerptOf(...message, '    at loadConfig (file.js:1)')).toBe(`${file} says: ${message.join('\n')}`);
});

test('shows the last lines where it finds no fault', () => {
  expect(excerptOf('1', '2', '3', '4', '5', '6', '7')).toBe(`the end of ${file}:\n  2\n  3\n  4\n  5\n  6\n  7`);
});

test('says so when there is no log', () => {
  expect(logExcerpt(join(folder, 'none.log'))).toBe(`no log was written to ${join(folder, 'none.log')}`);
});
