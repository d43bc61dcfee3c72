// A test file that leaves something open (a socket, a server, a timer, a child process) fails, naming what it was.
import { setTimeout as sleep } from 'node:timers/promises';
import { TestEnvironment as NodeEnvironment } from 'jest-environment-node';

/** Closing takes a moment (a socket's last packets, a server's last connection), and a busy machine makes it long. */
const SETTLE_LIMIT_MS = 10_000;

export default class LeakEnvironment extends NodeEnvironment {
  testFailed = false;

  handleTestEvent({ name, test }) {
    if (name === 'test_done' && test.errors.length > 0) this.testFailed = true;
  }

  async setup() {
    await super.setup();
    // Made by Node.js when first used: a test that is the first of its process to print must not count as a leak.
    void [process.stdout, process.stderr];
    this.openBefore = countByKind(process.getActiveResourcesInfo());
  }

  async teardown() {
    const deadline = performance.now() + SETTLE_LIMIT_MS;
    let left = leftOpen(this.openBefore);
    while (left.length > 0 && performance.now() < deadline) {
      // The wait itself is a timer: it is over when the next look is taken.
      await sleep(20);
      left = leftOpen(this.openBefore);
    }
    await super.teardown();
    // A test that failed half-way leaves things open, and to throw would hide why it failed.
    if (left.length > 0 && !this.testFailed) {
      throw new Error(
        `this test file left open: ${left.join(', ')}; find it with "npx jest --detectOpenHandles <file>"`,
      );
    }
  }
}

function leftOpen(before) {
  const now = countByKind(process.getActiveResourcesInfo());
  return Object.entries(now)
    .map(([kind, count]) => [kind, count - (before[kind] ?? 0)])
    .filter(([, surplus]) => surplus > 0)
    .map(([kind, surplus]) => `${surplus} ${kind}`);
}

function countByKind(kinds) {
  const counts = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
