// The secrets of a local stack: made at the first start, kept in a file that only its owner can read, never printed
// but for the staff login.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SetupError } from '@onsale/local-services';
import { generatePassKeyJwk } from '@onsale/pass';
import { z } from 'zod';

const secretsFile = z.strictObject({
  tokenKeys: z.string(),
  passKeys: z.string(),
  sandboxWebhookSecret: z.string(),
  adminEmail: z.string(),
  adminPassword: z.string(),
});
export type Secrets = z.infer<typeof secretsFile>;

/** Reads the file, or makes it. Throws a SetupError when it is there and cannot be read as one. */
export function loadSecrets(file: string): Secrets {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(newStackSecrets(), null, 2)}\n`, { mode: 0o600 });
  }
  try {
    return secretsFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new SetupError(
      `${file} cannot be read as the secrets of a stack: delete it and start with "npm start -- --fresh".`,
    );
  }
}

function newStackSecrets(): Secrets {
  const { rabbitPassword: _, ...secrets } = newSecrets('local1');
  return { ...secrets, adminEmail: 'owner@onsale.localhost' };
}

/** `keyId` names the first key of each kind. */
export function newSecrets(keyId: string) {
  return {
    tokenKeys: `${keyId}:${randomBytes(32).toString('hex')}`,
    passKeys: JSON.stringify([generatePassKeyJwk(keyId)]),
    sandboxWebhookSecret: randomBytes(32).toString('hex'),
    adminPassword: randomBytes(12).toString('base64url'),
    rabbitPassword: randomBytes(24).toString('base64url'),
  };
}
