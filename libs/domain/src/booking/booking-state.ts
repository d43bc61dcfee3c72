// The life of a booking: requested → held → confirmed → refunded | cancelled; requested → rejected; held → released | expired
// | cancelled. Late money may bring an expired booking back: expired → confirmed, or → held when equal seats are offered.

export const bookingStates = [
  'requested',
  'held',
  'confirmed',
  'rejected',
  'released',
  'expired',
  'refunded',
  'cancelled',
] as const;
export type BookingState = (typeof bookingStates)[number];

export const rejectionReasons = [
  'seat_taken',
  'sold_out',
  'limit_exceeded',
  'sale_closed',
  'pass_invalid',
  'unknown_seat',
  'unknown_category',
  'no_block',
  'orphan_seat',
  'price_changed',
  'hold_time_used',
  'sale_paused',
  'mixed_booking',
  'not_adjacent',
  'accessible_only',
  'companion_only',
  'performance_cancelled',
] as const;
export type RejectionReason = (typeof rejectionReasons)[number];
