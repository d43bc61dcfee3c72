// A place token of the sale that is measured on.
import type { FanId, SaleId } from '@onsale/domain';
import { sealPlace, type TokenKeys } from '@onsale/pass';

export function benchPlace(keys: TokenKeys, saleId: SaleId, index: number): string {
  const fanId = `fan-${index}` as FanId;
  return sealPlace(keys, { saleId, index, fanId, epoch: 1, joinedAt: 0, version: 0, code: null });
}
