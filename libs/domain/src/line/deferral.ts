// Letting others go first: how often and for how long a place may be deferred. A deferred place is passed over until its
// time and called next afterwards, so it is never called before it would have been: deferring is a courtesy and a help
// to who is busy, never an advantage.

export const DEFERRALS_MAX = 3; // for each place, whatever moved or came back in between
export const DEFER_MINUTES_MAX = 60;

export type DeferralOffer =
  | { readonly kind: 'may'; readonly timesLeft: number }
  /** Not numbered yet, inside, over, or spent. */
  | { readonly kind: 'may_not' };

/** Whether a page offers it. The line's own script has the last word. */
export function deferralOffer({
  state,
  deferrals,
}: {
  readonly state: string;
  readonly deferrals: number;
}): DeferralOffer {
  const timesLeft = DEFERRALS_MAX - deferrals;
  return (state === 'waiting' || state === 'called') && timesLeft > 0
    ? { kind: 'may', timesLeft }
    : { kind: 'may_not' };
}
