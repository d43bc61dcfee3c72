// The link in a mail that the running stack kept as a file.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@onsale/testkit';

const LIMIT_MS = 60_000;

/** Of the mail to this address whose link goes to this path. */
export function mailedLink(mailDir: string, { to, path }: { to: string; path: string }): Promise<string> {
  return waitFor(() => {
    const files = existsSync(mailDir) ? readdirSync(mailDir).filter((name) => name.endsWith('.eml')) : [];
    for (const file of files) {
      const [head = '', body = ''] = readFileSync(join(mailDir, file), 'utf8').split('\r\n\r\n');
      if (!head.includes(`To: <${to}>`)) continue;
      const url = /https?:\S+/.exec(Buffer.from(body, 'base64').toString())?.[0];
      if (url?.includes(path)) return url;
    }
    return null;
  }, LIMIT_MS);
}
