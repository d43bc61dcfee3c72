// What the admitter counts; each event is written to the log and the metric by one function.
import type { SaleId } from '@onsale/domain';
import type { Logger, Metrics } from '@onsale/runtime';

export type AdmitterEvents = {
  called(saleId: SaleId, count: number): void;
  tookLead(saleId: SaleId, fence: number): void;
  lineOpened(saleId: SaleId, epoch: number): void;
  olderCopyFound(saleId: SaleId): void;
  drawFrozen(saleId: SaleId, draw: { readonly phaseId: string; readonly size: number }): void;
  drawRevealed(saleId: SaleId, phaseId: string): void;
  roomSwitched(saleId: SaleId, room: { readonly on: boolean; readonly reason: string }): void;
  tickFailed(saleId: SaleId, error: unknown): void;
  tickTook(seconds: number): void;
};

export function admitterEvents(logger: Logger, metrics: Metrics): AdmitterEvents {
  const calls = metrics.counter('admitter_calls_total', 'Fans called.');
  const leads = metrics.counter('admitter_leads_taken_total', 'Times this process became the leader of a sale.');
  const openings = metrics.counter('admitter_lines_opened_total', 'Lines opened or restored from their checkpoint.');
  const olderCopies = metrics.counter(
    'admitter_older_copies_total',
    'Lines found to be an older copy, in a Redis that went on running.',
  );
  const draws = metrics.counter('admitter_draws_total', 'Draws held.');
  const switches = metrics.counter('admitter_room_switches_total', 'Waiting rooms switched by the safety net.');
  const failures = metrics.counter('admitter_tick_failures_total', 'Ticks that failed, mostly for want of a store.');
  const ticks = metrics.histogram(
    'admitter_tick_seconds',
    'Time of one tick of one sale.',
    [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
  );
  return {
    called: (_saleId, count) => calls.inc(count),
    tookLead: (saleId, fence) => {
      leads.inc();
      logger.info({ saleId, fence }, 'leading a sale');
    },
    lineOpened: (saleId, epoch) => {
      openings.inc();
      logger.info({ saleId, epoch }, 'a line was opened');
    },
    olderCopyFound: (saleId) => {
      olderCopies.inc();
      logger.warn({ saleId }, 'an older copy of a line was found; it is restored from its checkpoint');
    },
    drawFrozen: (saleId, draw) => logger.info({ saleId, ...draw }, 'a roster was frozen'),
    drawRevealed: (saleId, phaseId) => {
      draws.inc();
      logger.info({ saleId, phaseId }, 'a draw was revealed');
    },
    roomSwitched: (saleId, room) => {
      switches.inc();
      logger.info({ saleId, ...room }, 'a waiting room was switched');
    },
    tickFailed: (saleId, error) => {
      failures.inc();
      logger.warn({ saleId, err: error }, 'a tick failed');
    },
    tickTook: (seconds) => ticks.observe(seconds),
  };
}
