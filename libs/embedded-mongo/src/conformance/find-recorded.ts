// Where recorded scenarios lie: beside this checkout or one of the folders above it, or, in a further worktree of git,
// beside the checkout it belongs to.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const recorded = 'shared/vectors/mongodb-4.2';

/** Null where there are none. */
export function findRecorded(from: string = process.cwd()): string | null {
  for (const start of [from, mainCheckout(from)]) {
    for (let folder = start; folder !== null; folder = parentOf(folder)) {
      const candidate = join(folder, recorded);
      if (existsSync(candidate)) return candidate;
    }
  }
  return null;
}

function parentOf(folder: string): string | null {
  const parent = dirname(folder);
  return parent === folder ? null : parent;
}

function mainCheckout(from: string): string | null {
  try {
    const args = ['rev-parse', '--path-format=absolute', '--git-common-dir'];
    return dirname(
      execFileSync('git', args, { cwd: from, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim(),
    );
  } catch {
    // No git, or no checkout of git.
    return null;
  }
}
