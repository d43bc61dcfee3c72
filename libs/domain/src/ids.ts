// Branded identifiers: opaque strings that the compiler keeps apart.
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type EventId = Branded<'EventId'>;
export type SaleId = Branded<'SaleId'>;
export type PhaseId = Branded<'PhaseId'>;
export type PerformanceId = Branded<'PerformanceId'>;
export type PlanId = Branded<'PlanId'>;
export type CategoryId = Branded<'CategoryId'>;
export type SeatId = Branded<'SeatId'>;
export type FanId = Branded<'FanId'>;
export type BookingId = Branded<'BookingId'>;
export type PaymentId = Branded<'PaymentId'>;
export type MoneyOrderId = Branded<'MoneyOrderId'>;
export type TicketId = Branded<'TicketId'>;
export type StaffId = Branded<'StaffId'>;
export type BlockId = Branded<'BlockId'>;
export type CodeSetId = Branded<'CodeSetId'>;
export type CodeId = Branded<'CodeId'>;
