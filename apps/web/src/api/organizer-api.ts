// The staff routes of the organizer's side: codes, stock and rules of a performance, bookings and money that goes back.
import type {
  BlockView,
  CancellationView,
  CodeSetView,
  NewBlock,
  NewCodeSet,
  PerformanceChange,
  PerformanceView,
  RefundView,
  StaffBookingView,
} from '@onsale/contracts';
import { type Session, staffCaller } from './staff-call.ts';

const CODE_SETS = '/api/v1/organizer/sales/{saleId}/code-sets';
const PERFORMANCE = '/api/v1/organizer/performances/{performanceId}';

export const organizerPaths = {
  listCodeSets: ['GET', CODE_SETS],
  createCodeSet: ['POST', CODE_SETS],
  downloadCodes: ['GET', `${CODE_SETS}/{codeSetId}/codes`],
  revokeCodeSet: ['DELETE', `${CODE_SETS}/{codeSetId}`],
  listBlocks: ['GET', `${PERFORMANCE}/blocks`],
  createBlock: ['POST', `${PERFORMANCE}/blocks`],
  unblockStock: ['DELETE', `${PERFORMANCE}/blocks/{blockId}`],
  changePerformance: ['PATCH', PERFORMANCE],
  findBookings: ['GET', '/api/v1/organizer/sales/{saleId}/bookings'],
  refundBooking: ['POST', '/api/v1/organizer/bookings/{bookingId}/refunds'],
  getRefund: ['GET', '/api/v1/organizer/refunds/{refundId}'],
  cancelPerformance: ['POST', `${PERFORMANCE}/cancellation`],
  getCancellation: ['GET', `${PERFORMANCE}/cancellation`],
} as const;

const call = staffCaller(organizerPaths);
type Accepted = { blockId: string };

export const organizerApi = {
  listCodeSets: (saleId: string) => call<{ codeSets: CodeSetView[] }>('listCodeSets', { params: { saleId } }),
  createCodeSet: (session: Session, saleId: string, body: NewCodeSet) =>
    call<CodeSetView>('createCodeSet', { session, params: { saleId }, body }),
  revokeCodeSet: (session: Session, params: { saleId: string; codeSetId: string }) =>
    call<CodeSetView>('revokeCodeSet', { session, params }),
  listBlocks: (performanceId: string) => call<{ blocks: BlockView[] }>('listBlocks', { params: { performanceId } }),
  createBlock: (session: Session, performanceId: string, { key, ...body }: NewBlock & { key: string }) =>
    call<Accepted>('createBlock', { session, params: { performanceId }, body, headers: { 'idempotency-key': key } }),
  unblockStock: (session: Session, params: { performanceId: string; blockId: string }) =>
    call<Accepted>('unblockStock', { session, params }),
  changePerformance: (session: Session, performanceId: string, { version, ...body }: Versioned<PerformanceChange>) =>
    call<PerformanceView>('changePerformance', {
      session,
      params: { performanceId },
      body,
      headers: { 'if-match': `"${version}"` },
    }),
  findBookings: (saleId: string, search: string) =>
    call<{ bookings: StaffBookingView[] }>('findBookings', { params: { saleId }, query: { search } }),
  refundBooking: (session: Session, bookingId: string, { key, ...body }: Refund) =>
    call<RefundView>('refundBooking', { session, params: { bookingId }, body, headers: { 'idempotency-key': key } }),
  getRefund: (refundId: string) => call<RefundView>('getRefund', { params: { refundId } }),
  cancelPerformance: (session: Session, performanceId: string, reason: string) =>
    call<CancellationView>('cancelPerformance', { session, params: { performanceId }, body: { reason } }),
  getCancellation: (performanceId: string) => call<CancellationView>('getCancellation', { params: { performanceId } }),
} as const;

type Versioned<Body> = Body & { readonly version: number };
type Refund = { readonly key: string; readonly ticketIds?: readonly string[]; readonly reason: string };
