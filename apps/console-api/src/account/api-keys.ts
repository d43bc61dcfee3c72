// A member's API keys: made and shown once, listed, taken back.
import { type Actor, type ApiKeyRecord, addApiKey, type Mongo } from '@onsale/booking-mongo';
import type { ApiKeyView, ApiScope, NewApiKey } from '@onsale/contracts';
import type { StaffId } from '@onsale/domain';
import { refuse } from '../errors.ts';
import { newId } from '../new-id.ts';
import { newToken, tokenDigest } from '../session/token-digest.ts';

/** A word that scanners of leaked secrets, and people, can search for. */
const KEY_BEGINS = 'onsale_key_';
const PREFIX_LENGTH = KEY_BEGINS.length + 6;

/** Refuses with rule_violated for an end that has passed, or too many keys. */
export async function createApiKey(
  { mongo }: { readonly mongo: Mongo },
  { input, actor }: { readonly input: NewApiKey; readonly actor: Actor & { readonly staffId: StaffId } },
): Promise<{ readonly apiKey: ApiKeyView; readonly key: string }> {
  const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
  if (expiresAt !== null && expiresAt <= actor.at) {
    refuse('rule_violated', { fields: [{ field: 'expiresAt', message: 'has passed' }] });
  }
  const key = KEY_BEGINS + newToken();
  const record: ApiKeyRecord = {
    _id: newId('key'),
    digest: tokenDigest(key),
    prefix: key.slice(0, PREFIX_LENGTH),
    staffId: actor.staffId,
    name: input.name,
    scopes: [...new Set(input.scopes)],
    createdAt: actor.at,
    expiresAt,
    lastUsedAt: null,
    revokedAt: null,
  };
  if (!(await addApiKey(mongo, record, actor))) {
    refuse('rule_violated', { detail: 'You have as many keys as one may have: take one back first.' });
  }
  return { apiKey: apiKeyView(record), key };
}

export function apiKeyView({ _id: id, ...record }: ApiKeyRecord): ApiKeyView {
  const { name, prefix, createdAt, expiresAt, lastUsedAt, revokedAt } = record;
  return {
    id,
    name,
    prefix,
    scopes: record.scopes as ApiScope[],
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}
