// Starts the services host of this test run (libs/testkit/src/services-host.ts), which starts the services themselves
// when a test first asks for them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build, rootDir } from '../../scripts/build.mjs';

export default async function globalSetup() {
  await build();
  const entry = join(rootDir, 'libs/testkit/dist/services-host.js');
  // A session of its own: Ctrl-C shall end jest, and the end of jest shall end the host, in this order.
  const host = spawn(process.execPath, [entry, rootDir], { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await Promise.race([
    once(createInterface({ input: host.stdout }), 'line'),
    once(host, 'exit').then(([code]) => Promise.reject(new Error(`the services host ended at its start (${code})`))),
  ]);
  process.env.ONSALE_TEST_SERVICES = line.replace('services-host ready ', '');
  globalThis.onsaleServicesHost = host;
}
