// What an operator should run more of, judged by what was seen: which process, how many more, and why.
export type SystemFacts = {
  /** Of the booking commands, by partition; null while the broker does not answer. */
  readonly partitions: readonly { readonly waiting: number; readonly consumers: number }[] | null;
  readonly deadLetters: number;
  /** Booking workers that were heard in the last seconds. */
  readonly workers: number;
  /** Sales that are open now: who leads their line, and how long a booking takes. */
  readonly sales: readonly {
    readonly name: string;
    readonly isLed: boolean;
    readonly shopDelayMs: number | null;
    readonly delayTargetMs: number;
  }[];
};

export type Recommendation = {
  readonly process: 'booking-worker' | 'booking-api' | 'admitter' | 'partitions' | 'rabbitmq' | 'dead letters';
  /** How many more; 0 where more of it is no help. */
  readonly more: number;
  readonly urgent: boolean;
  readonly why: string;
};

/** A worker empties this within a few seconds: more means that it does not keep up. */
const BACKLOG = 500;
const SPARE = 2; // one works while the other is started again

/** The most urgent first; empty when everything keeps up. */
export function recommendScaling(facts: SystemFacts): readonly Recommendation[] {
  const all = [...aboutWorkers(facts), ...aboutSales(facts), ...aboutLetters(facts)];
  return all.sort((a, b) => Number(b.urgent) - Number(a.urgent));
}

function aboutWorkers({ partitions, workers }: SystemFacts): Recommendation[] {
  if (partitions === null) {
    const why = 'The broker does not answer: no booking is taken until it is back.';
    return [{ process: 'rabbitmq', more: 0, urgent: true, why }];
  }
  const count = partitions.length;
  const untaken = partitions.filter(({ consumers }) => consumers === 0).length;
  if (untaken > 0) {
    const why = `Nobody takes commands from ${untaken} of ${count} partitions.`;
    return [{ process: 'booking-worker', more: Math.max(1, SPARE - workers), urgent: true, why }];
  }
  const behind = partitions.filter(({ waiting }) => waiting >= BACKLOG);
  const waiting = behind.reduce((sum, partition) => sum + partition.waiting, 0);
  if (behind.length > 0 && workers < count) {
    const why = `${waiting} commands wait in ${behind.length} of ${count} partitions, and ${workers} workers share them.`;
    return [{ process: 'booking-worker', more: Math.min(behind.length, count - workers), urgent: true, why }];
  }
  if (behind.length > 0) {
    const why = `${waiting} commands wait although every partition has a worker of its own: more partitions, made with drained queues, or a faster database.`;
    return [{ process: 'partitions', more: count, urgent: true, why }];
  }
  if (workers >= SPARE) return [];
  const why = `${workers === 1 ? 'One worker runs' : 'No worker is heard'}: nobody takes over when it ends.`;
  return [{ process: 'booking-worker', more: SPARE - workers, urgent: false, why }];
}

function aboutSales({ sales, partitions }: SystemFacts): Recommendation[] {
  const unled = sales.filter(({ isLed }) => !isLed);
  const slow = sales.filter(({ shopDelayMs, delayTargetMs }) => shopDelayMs !== null && shopDelayMs > delayTargetMs);
  const isEmpty = (partitions ?? []).every(({ waiting }) => waiting < BACKLOG);
  const recommended: Recommendation[] = [];
  if (unled.length > 0) {
    const why = `Nobody leads the line of ${unled.map(({ name }) => name).join(', ')}: nobody is called.`;
    recommended.push({ process: 'admitter', more: 1, urgent: true, why });
  }
  if (slow.length > 0 && isEmpty) {
    const told = slow.map(({ name, shopDelayMs }) => `${name} ${Math.round(shopDelayMs ?? 0)} ms`).join(', ');
    const why = `A booking takes too long (${told}) although no commands wait: the booking API or its database is busy.`;
    recommended.push({ process: 'booking-api', more: 1, urgent: true, why });
  }
  return recommended;
}

function aboutLetters({ deadLetters }: SystemFacts): Recommendation[] {
  if (deadLetters === 0) return [];
  const why = `${deadLetters} commands were given up: read their reasons, mend the cause, send them back.`;
  return [{ process: 'dead letters', more: 0, urgent: false, why }];
}
