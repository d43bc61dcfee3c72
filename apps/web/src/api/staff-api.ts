// The staff routes of signing in and of the operator's side.
import type {
  AdmissionSettings,
  AdmissionView,
  AuditPage,
  BypassView,
  DeadLetterView,
  DecisionEntry,
  NewBypass,
  PublicValueView,
  RoomView,
  SaleAtAGlance,
  SaleHistory,
  SessionView,
  SystemView,
} from '@onsale/contracts';
import { type Session, staffCaller } from './staff-call.ts';

export const staffPaths = {
  signIn: ['POST', '/api/v1/session'],
  getSession: ['GET', '/api/v1/session'],
  signOut: ['DELETE', '/api/v1/session'],
  getAdmission: ['GET', '/api/v1/ops/sales/{saleId}/admission'],
  listDecisions: ['GET', '/api/v1/ops/sales/{saleId}/decisions'],
  getSaleHistory: ['GET', '/api/v1/ops/sales/{saleId}/history'],
  watchSales: ['GET', '/api/v1/ops/sales'],
  watchSystem: ['GET', '/api/v1/ops/queues'],
  listDeadLetters: ['GET', '/api/v1/ops/dead-letters'],
  replayDeadLetters: ['POST', '/api/v1/ops/dead-letters/replay'],
  changeAdmission: ['PATCH', '/api/v1/ops/sales/{saleId}/admission'],
  pauseSale: ['POST', '/api/v1/ops/sales/{saleId}/pause'],
  resumeSale: ['POST', '/api/v1/ops/sales/{saleId}/resume'],
  haltSale: ['POST', '/api/v1/ops/sales/{saleId}/halt'],
  drainSale: ['POST', '/api/v1/ops/sales/{saleId}/drain'],
  callFans: ['POST', '/api/v1/ops/sales/{saleId}/call'],
  setNotice: ['PUT', '/api/v1/ops/sales/{saleId}/notice'],
  getRoom: ['GET', '/api/v1/ops/sales/{saleId}/room'],
  setRoom: ['PUT', '/api/v1/ops/sales/{saleId}/room'],
  giveBypass: ['POST', '/api/v1/ops/sales/{saleId}/bypass'],
  listAudit: ['GET', '/api/v1/ops/audit'],
  enterPublicValue: ['PUT', '/api/v1/ops/sales/{saleId}/draws/{phaseId}/public-value'],
} as const;

const call = staffCaller(staffPaths);

export const staffApi = {
  signIn: (body: { email: string; password: string; code?: string }) => call<SessionView>('signIn', { body }),
  getSession: () => call<SessionView>('getSession'),
  signOut: (session: Session) => call<void>('signOut', { session }),
  getRoom: (saleId: string) => call<RoomView>('getRoom', { params: { saleId } }),
  setRoom: (session: Session, saleId: string, body: Pick<RoomView, 'mode' | 'thresholdPerMinute'>) =>
    call<RoomView>('setRoom', { session, params: { saleId }, body }),
  giveBypass: (session: Session, saleId: string, body: NewBypass) =>
    call<BypassView>('giveBypass', { session, params: { saleId }, body }),
  enterPublicValue: (session: Session, params: { saleId: string; phaseId: string }, value: string) =>
    call<PublicValueView>('enterPublicValue', { session, params, body: { value } }),
  /** What is empty is not asked for. */
  listAudit: (wish: Partial<Record<'subject' | 'act' | 'by' | 'from' | 'until' | 'before', string>>) =>
    call<AuditPage>('listAudit', {
      query: Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== '')),
    }),
  watchSales: () => call<{ sales: SaleAtAGlance[] }>('watchSales'),
  watchSystem: () => call<SystemView>('watchSystem'),
  listDeadLetters: () => call<{ letters: DeadLetterView[] }>('listDeadLetters'),
  replayDeadLetters: (session: Session, count: number) =>
    call<{ replayed: number }>('replayDeadLetters', { session, body: { count } }),
  getAdmission: (saleId: string) => call<AdmissionView>('getAdmission', { params: { saleId } }),
  listDecisions: (saleId: string) => call<{ decisions: DecisionEntry[] }>('listDecisions', { params: { saleId } }),
  getSaleHistory: (saleId: string, after: string | null) =>
    call<SaleHistory>('getSaleHistory', { params: { saleId }, ...(after !== null && { query: { after } }) }),
  changeAdmission: (session: Session, saleId: string, change: Partial<AdmissionSettings>, version: number) =>
    call<AdmissionView>('changeAdmission', {
      session,
      params: { saleId },
      body: change,
      headers: { 'if-match': `"${version}"` },
    }),
  pauseSale: (session: Session, saleId: string) => call<AdmissionView>('pauseSale', { session, params: { saleId } }),
  resumeSale: (session: Session, saleId: string) => call<AdmissionView>('resumeSale', { session, params: { saleId } }),
  haltSale: (session: Session, saleId: string) => call<AdmissionView>('haltSale', { session, params: { saleId } }),
  drainSale: (session: Session, saleId: string) => call<AdmissionView>('drainSale', { session, params: { saleId } }),
  callFans: (session: Session, saleId: string, count: number) =>
    call<AdmissionView>('callFans', { session, params: { saleId }, body: { count } }),
  setNotice: (session: Session, saleId: string, notice: string | null) =>
    call<AdmissionView>('setNotice', { session, params: { saleId }, body: { notice } }),
} as const;
