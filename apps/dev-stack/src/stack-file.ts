// `.local/stack.json`: where the running stack is, for the tools that drive and examine it (crowd, audit, chaos).
import { renameSync, rmSync, writeFileSync } from 'node:fs';

export type StackFile = {
  readonly origin: string;
  readonly mongoUri: string;
  readonly redisUrl: string;
  readonly amqpUrl: string;
  readonly admin: { readonly email: string; readonly password: string };
  /** By name, `booking-worker-2` being the second copy; a restarted one has a new pid and keeps its ports. */
  readonly apps: Readonly<Record<string, { pid: number; port: number; internalPort: number }>>;
};

export function writeStackFile(file: string, stack: StackFile): void {
  // Renamed into place: a tool that looks while an app is started again must not read a half.
  writeFileSync(`${file}.part`, `${JSON.stringify(stack, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.part`, file);
}

export function removeStackFile(file: string): void {
  rmSync(file, { force: true });
}
