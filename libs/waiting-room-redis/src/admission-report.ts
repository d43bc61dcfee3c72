// What the admitter saw and decided last, for the operator's page. Of the moment only: it may be lost with Redis.
import { admissionView } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import type { z } from 'zod';
import type { LineRedis } from './connect-line.ts';
import { saleKeys } from './keys.ts';

const admissionReport = admissionView.pick({ observed: true, lastDecision: true, shadow: true });
export type AdmissionReport = z.infer<typeof admissionReport>;

export async function writeReport({ redis }: LineRedis, saleId: SaleId, report: AdmissionReport): Promise<void> {
  await redis.set(saleKeys(saleId).report, JSON.stringify(report));
}

/** Null when no admitter has led this sale since Redis was empty. */
export async function readReport({ redis }: LineRedis, saleId: SaleId): Promise<AdmissionReport | null> {
  const json = await redis.get(saleKeys(saleId).report);
  return json === null ? null : admissionReport.parse(JSON.parse(json));
}
