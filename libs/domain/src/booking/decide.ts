// The heart of the shop: a batch of commands, in order, against one snapshot of the stock. Pure: the same world and the
// same commands always give the same changes, so a batch may be decided again after any failure.
import { block, unblock } from './block-stock.ts';
import type { StockCommand } from './booking-command.ts';
import { type BookingChanges, type BookingLedger, openLedger } from './booking-ledger.ts';
import type { BookingWorld } from './booking-world.ts';
import { cancel, refund } from './give-back.ts';
import type { Outcome } from './outcome.ts';
import { accept, confirm } from './pay.ts';
import { reserve } from './reserve.ts';
import { expire, extend, release } from './settle.ts';

export type Decision = {
  readonly changes: BookingChanges;
  /** One for each command, in the same order. */
  readonly outcomes: readonly Outcome[];
};

export function decide(world: BookingWorld, commands: readonly StockCommand[]): Decision {
  const ledger = openLedger(world);
  const outcomes = commands.map((command) => decideOne(ledger, command));
  return { changes: ledger.changes(), outcomes };
}

function decideOne(ledger: BookingLedger, command: StockCommand): Outcome {
  switch (command.type) {
    case 'reserve':
      return reserve(ledger, command);
    case 'confirm':
      return confirm(ledger, command);
    case 'accept':
      return accept(ledger, command);
    case 'release':
      return release(ledger, command);
    case 'expire':
      return expire(ledger, command);
    case 'extend':
      return extend(ledger, command);
    case 'refund':
      return refund(ledger, command);
    case 'block':
      return block(ledger, command);
    case 'unblock':
      return unblock(ledger, command);
    case 'cancel':
      return cancel(ledger, command);
  }
}
