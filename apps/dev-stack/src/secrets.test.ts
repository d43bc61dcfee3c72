import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePassKeys, parseTokenKeys } from '@onsale/pass';
import { loadSecrets } from './secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'onsale-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('are made once, readable by their owner only, and fit what the apps parse', () => {
  const file = join(folder, 'new', 'secrets.json');
  const secrets = loadSecrets(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(loadSecrets(file)).toEqual(secrets);
  expect(parseTokenKeys(secrets.tokenKeys).sealing.kid).toBe('local1');
  expect(parsePassKeys(secrets.passKeys).signing.kid).toBe('local1');
});

test('a damaged file is told with the way out', () => {
  const file = join(folder, 'damaged.json');
  writeFileSync(file, '{');
  expect(() => loadSecrets(file)).toThrow('delete it and start with');
});
