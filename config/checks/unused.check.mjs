// No file, export or dependency that nobody uses (knip, set up in config/knip.json). Types are left out: those of what a
// public function takes and gives belong to its surface, used or not.
import { spawnSync } from 'node:child_process';

export const name = 'nothing unused';

export function findFaults(root) {
  const args = [
    'node_modules/knip/bin/knip.js',
    '--config',
    'config/knip.json',
    '--no-progress',
    '--reporter',
    'compact',
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status === 0) return [];
  return `${stdout}\n${stderr}`
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}
