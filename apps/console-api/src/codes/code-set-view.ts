// A set of codes as staff see it.
import type { CodeSetRecord } from '@onsale/booking-mongo';
import type { CodeSetView } from '@onsale/contracts';

export function codeSetView(set: Omit<CodeSetRecord, 'recipients'>, codesUsed: number): CodeSetView {
  const { _id, name, purpose, count, usesMax, boundTo, phaseIds, expiresAt, revokedAt, createdAt } = set;
  return {
    id: _id,
    name,
    purpose,
    count,
    usesMax,
    boundTo,
    phaseIds,
    expiresAt: expiresAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    codesUsed,
  };
}
