// What the worker counts.
import type { Metrics } from '@onsale/runtime';

export type WorkerMetrics = ReturnType<typeof createWorkerMetrics>;

export function createWorkerMetrics(metrics: Metrics) {
  return {
    batchSize: metrics.histogram(
      'booking_batch_commands',
      'Commands decided in one transaction.',
      [1, 2, 5, 10, 20, 50, 100, 200, 500],
    ),
    batchSeconds: metrics.histogram(
      'booking_batch_duration_seconds',
      'From taking a batch to its commit.',
      [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    ),
    outcomes: metrics.counter('booking_outcomes_total', 'Commands by what became of them.', ['kind', 'state']),
    failures: metrics.counter('booking_batch_failures_total', 'Attempts of a batch that did not commit.'),
    projected: metrics.counter(
      'availability_projections_total',
      'Changes of stock brought to the projection, by what became of them.',
      ['result'],
    ),
    buried: metrics.counter('booking_dead_letters_total', 'Commands that went to the dead letters.'),
  };
}
