// The independent checker's word on what is in the database now.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inheritedEnv } from '../config.ts';

/** True when every invariant holds. Its table goes to our output. */
export async function runAudit(mongoUri: string): Promise<boolean> {
  const auditor = fileURLToPath(new URL('../../apps/auditor/dist/main.js', import.meta.url));
  const child = spawn(process.execPath, ['--enable-source-maps', auditor], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...inheritedEnv, MONGODB_URI: mongoUri },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}
