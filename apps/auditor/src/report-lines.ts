// The auditor's report for a person: one line a rule, and the first few faults of each that does not hold.
import type { AuditReport } from '@onsale/booking-mongo';

const FAULTS_SHOWN_MAX = 5;

export function reportLines({ findings, looked }: AuditReport): readonly string[] {
  const { bookings, claims, tickets, sales } = looked;
  const broken = findings.filter(({ faults }) => faults.length > 0).length;
  return [
    `audit of ${sales} sales, ${bookings} bookings, ${claims} claims, ${tickets} tickets`,
    ...findings.flatMap(({ id, says, faults }) => [
      `  ${faults.length === 0 ? 'holds ' : 'BROKEN'} ${id} ${says}${faults.length === 0 ? '' : ` (${faults.length})`}`,
      ...faults.slice(0, FAULTS_SHOWN_MAX).map((fault) => `           ${fault}`),
    ]),
    broken === 0 ? `all ${findings.length} invariants hold` : `${broken} of ${findings.length} invariants are broken`,
  ];
}

export function isWhole({ findings }: AuditReport): boolean {
  return findings.every(({ faults }) => faults.length === 0);
}

/** One line while all is well; what is not, beneath it. */
export function watchLines({ findings, looked }: AuditReport, at: Date): readonly string[] {
  const broken = findings.filter(({ faults }) => faults.length > 0);
  const { bookings, claims, tickets } = looked;
  const verdict = broken.length === 0 ? `all ${findings.length} invariants hold` : `${broken.length} are BROKEN`;
  return [
    `${at.toISOString()}  ${bookings} bookings, ${claims} claims, ${tickets} tickets: ${verdict}`,
    ...broken.flatMap(({ id, says, faults }) => [
      `  BROKEN ${id} ${says} (${faults.length})`,
      ...faults.slice(0, FAULTS_SHOWN_MAX).map((fault) => `           ${fault}`),
    ]),
  ];
}
