import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOnPath } from './find-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'onsale-path-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('finds the first name that is an executable file', () => {
  writeFileSync(join(folder, 'plain'), '');
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'tool'), '#!/bin/sh\n');
  chmodSync(join(folder, 'tool'), 0o755);
  expect(findOnPath(['none', 'plain', 'folder', 'tool'], `/nowhere:${folder}`)).toBe(join(folder, 'tool'));
  expect(findOnPath(['none', 'plain', 'folder'], folder)).toBeUndefined();
});
