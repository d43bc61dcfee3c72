// The header that makes a request repeatable, by its shape.
import { idempotencyKey } from '@onsale/contracts';
import { refuse } from './errors.ts';

/** Refuses with invalid_request. That it is there was looked at before. */
export function readIdempotencyKey(request: { get(name: string): string | undefined }): string {
  const key = idempotencyKey.safeParse(request.get('idempotency-key'));
  if (key.success) return key.data;
  const message = key.error.issues[0]?.message ?? 'not a key';
  return refuse('invalid_request', { fields: [{ field: 'header.idempotency-key', message }] });
}
