// The position a fan is shown, from one line document to the next. It never jumps up without a stated cause: either the
// line was restored, or fans before this one who counted as gone have come back, and the document says how many did.
import type { LineStanding } from './people-ahead.ts';
import { peopleAhead } from './people-ahead.ts';

export type Position = {
  readonly ahead: number;
  /** Why `ahead` is higher than what was shown before; null when it is not. */
  readonly cause: 'restored' | 'came_back' | null;
  /** By how many it is higher; 0 without a cause. */
  readonly raisedBy: number;
  readonly epoch: number;
  readonly back: number;
};

export type PositionDocument = Omit<LineStanding, 'ratePerMinute'> & {
  readonly epoch: number;
  /** Fans who counted as gone and came back while they waited, since the line was opened. */
  readonly back?: number | undefined;
};

/** `previous`: what this fan was shown last; null at first. Far from the front a document is right within 1 %. */
export function nextPosition(previous: Position | null, line: PositionDocument, number: number): Position {
  const { epoch, back = 0 } = line;
  const ahead = peopleAhead(line, number);
  if (previous === null) return { ahead, cause: null, raisedBy: 0, epoch, back };
  if (ahead <= previous.ahead) return { ahead, cause: null, raisedBy: 0, epoch, back };
  if (epoch !== previous.epoch) {
    return { ahead, cause: 'restored', raisedBy: ahead - previous.ahead, epoch, back };
  }
  const highest = previous.ahead + Math.max(0, back - previous.back);
  const shown = Math.min(ahead, highest);
  const raisedBy = shown - previous.ahead;
  return { ahead: shown, cause: raisedBy > 0 ? 'came_back' : null, raisedBy, epoch, back };
}
