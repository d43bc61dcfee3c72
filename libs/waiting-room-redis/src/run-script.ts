// Runs one script: by its hash, and in full when Redis does not know it (after a restart or SCRIPT FLUSH).
import { createHash } from 'node:crypto';
import type { LineRedis } from './connect-line.ts';

export type Script = { readonly text: string; readonly sha: string };

export function script(text: string): Script {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

export type ScriptCall = { readonly keys: readonly string[]; readonly args: readonly (string | number | Buffer)[] };

/** A word, and what belongs to it. */
export type ScriptReply = readonly [word: string, ...rest: (string | number)[]];

export async function runScript(
  { redis }: LineRedis,
  { text, sha }: Script,
  { keys, args }: ScriptCall,
): Promise<ScriptReply> {
  const rest = [...keys, ...args];
  try {
    return (await redis.evalsha(sha, keys.length, ...rest)) as unknown as ScriptReply;
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
    return (await redis.eval(text, keys.length, ...rest)) as unknown as ScriptReply;
  }
}

/** A reply a script cannot give: a bug, or another version of the scripts. */
export function unexpectedReply(reply: ScriptReply): Error {
  return new Error(`a line script answered '${reply[0]}'`);
}
