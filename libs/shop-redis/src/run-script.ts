// Runs one script: by its hash, and in full when Redis does not know it (after a restart or SCRIPT FLUSH).
import { createHash } from 'node:crypto';
import type { ShopRedis } from './connect-shop.ts';

export type Script = { readonly text: string; readonly sha: string };

export function script(text: string): Script {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

export type ScriptCall = { readonly keys: readonly string[]; readonly args: readonly (string | number | Buffer)[] };

export async function runScript(
  { redis }: ShopRedis,
  { text, sha }: Script,
  { keys, args }: ScriptCall,
): Promise<string> {
  const rest = [...keys, ...args];
  try {
    return String(await redis.evalsha(sha, keys.length, ...rest));
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
    return String(await redis.eval(text, keys.length, ...rest));
  }
}
