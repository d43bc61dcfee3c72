// What can be wrong with a sale's plan although its shape is right.
import type { SaleLimits } from '../booking/booking-world.ts';
import type { Fault } from './fault.ts';

export type SaleFactsToCheck = {
  readonly currency: string;
  readonly phases: readonly {
    readonly prequeueOpensAt: number;
    readonly opensAt: number;
    readonly closesAt: number;
    readonly seatsPerFan?: number | undefined;
  }[];
  readonly limits: SaleLimits;
  readonly holdSeconds: number;
  readonly holdMaxSeconds?: number | undefined;
  readonly passSeconds: number;
  /** A ceiling of 0 is none. */
  readonly admission: { readonly floor: number; readonly ceiling: number };
  readonly performances: readonly {
    readonly id: string;
    readonly belongsToEvent: boolean;
    readonly saleId: string | null;
    readonly currencies: readonly string[];
  }[];
};

/** Every fault of the sale at `now` (milliseconds since the epoch). */
export function saleFaults(sale: SaleFactsToCheck, now: number): readonly Fault[] {
  return [
    ...sale.phases.flatMap((_, i) => phaseFaults(sale.phases, i, now)),
    ...sale.performances.flatMap((performance, i) => performanceFaults(performance, sale.currency, i)),
    ...limitFaults(sale),
  ];
}

function phaseFaults(phases: SaleFactsToCheck['phases'], i: number, now: number): Fault[] {
  const phase = phases[i];
  const before = phases[i - 1];
  if (phase === undefined) return [];
  const faults: Fault[] = [];
  const tell = (field: string, message: string) => faults.push({ field: `phases.${i}.${field}`, message });
  if (phase.opensAt < phase.prequeueOpensAt) tell('opensAt', 'a phase opens after its pre-queue');
  if (phase.closesAt <= phase.opensAt) tell('closesAt', 'a phase closes after it opens');
  // The draw's commitment is published with the sale: a phase that were open already would have had no pre-queue.
  if (phase.opensAt <= now) tell('opensAt', 'a phase opens in the future');
  if (before !== undefined && phase.prequeueOpensAt < before.opensAt) {
    tell('prequeueOpensAt', 'phases follow each other: a pre-queue opens after the phase before it has opened');
  }
  return faults;
}

function performanceFaults(performance: SaleFactsToCheck['performances'][number], currency: string, i: number) {
  const faults: Fault[] = [];
  const tell = (message: string) => faults.push({ field: `performanceIds.${i}`, message });
  if (!performance.belongsToEvent) tell('this performance does not belong to the event');
  if (performance.saleId !== null) tell('this performance is on sale already');
  if (performance.currencies.some((one) => one !== currency)) tell(`the prices are not in ${currency}`);
  return faults;
}

function limitFaults({
  limits,
  phases,
  admission,
  holdSeconds,
  holdMaxSeconds,
  passSeconds,
}: SaleFactsToCheck): Fault[] {
  const faults: Fault[] = [];
  if (limits.seatsPerBooking > limits.seatsPerFan) {
    faults.push({ field: 'limits.seatsPerBooking', message: 'one booking cannot hold more than one fan may have' });
  }
  if ((limits.seatsPerEmail ?? limits.seatsPerBooking) < limits.seatsPerBooking) {
    faults.push({ field: 'limits.seatsPerEmail', message: 'one booking cannot hold more than one mailbox may have' });
  }
  if ((limits.seatsPerCode ?? limits.seatsPerBooking) < limits.seatsPerBooking) {
    faults.push({ field: 'limits.seatsPerCode', message: 'one booking cannot hold more than one code may have' });
  }
  phases.forEach(({ seatsPerFan = limits.seatsPerFan }, i) => {
    if (seatsPerFan > limits.seatsPerFan) {
      faults.push({ field: `phases.${i}.seatsPerFan`, message: 'a phase cannot grant more than the whole sale' });
    }
  });
  if (admission.ceiling > 0 && admission.floor > admission.ceiling) {
    faults.push({ field: 'admission.floor', message: 'the floor lies above the ceiling' });
  }
  if (holdMaxSeconds !== undefined && holdMaxSeconds < holdSeconds) {
    faults.push({ field: 'holdMaxSeconds', message: 'the longest hold lasts at least as long as a hold' });
  }
  if (passSeconds < holdSeconds) {
    faults.push({ field: 'passSeconds', message: 'a pass lasts at least as long as a hold' });
  }
  return faults;
}
