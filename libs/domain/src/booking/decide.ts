// The heart of the shop: a batch of commands, in order, against one snapshot of the stock. Pure: the same world and the
// same commands always give the same changes, so a batch may be decided again after any failure. A command that no
// decision can be made about is left out, and the others are decided as if it had not been there.
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
  /** One for each command that was decided, in the same order. */
  readonly outcomes: readonly Outcome[];
  /** Those left out: deciding them failed, which is a fault of ours or of what is stored. */
  readonly undecided: readonly Undecided[];
};

export type Undecided = { readonly command: StockCommand; readonly error: unknown };

export function decide(world: BookingWorld, commands: readonly StockCommand[]): Decision {
  const undecided: Undecided[] = [];
  let rest = commands;
  for (;;) {
    const tried = decideAll(world, rest);
    if (tried.failed === null) return { changes: tried.changes, outcomes: tried.outcomes, undecided };
    undecided.push(tried.failed);
    // The sheet may hold half of it: all others are decided anew, on an empty one.
    rest = rest.filter((command) => command !== tried.failed.command);
  }
}

type Tried =
  | { readonly failed: Undecided }
  | { readonly failed: null; readonly changes: BookingChanges; readonly outcomes: readonly Outcome[] };

function decideAll(world: BookingWorld, commands: readonly StockCommand[]): Tried {
  const ledger = openLedger(world);
  const outcomes: Outcome[] = [];
  for (const command of commands) {
    try {
      outcomes.push(decideOne(ledger, command));
    } catch (error) {
      return { failed: { command, error } };
    }
  }
  return { failed: null, changes: ledger.changes(), outcomes };
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
