// The staff routes the console page uses. A change carries the session's CSRF token.
import type {
  AdmissionSettings,
  AdmissionView,
  BypassView,
  CodeSetView,
  DecisionEntry,
  NewBypass,
  NewCodeSet,
  RoomView,
  SessionView,
} from '@onsale/contracts';
import { type Answer, type Call, pathOf, request } from './request.ts';

export const staffPaths = {
  signIn: ['POST', '/api/v1/session'],
  getSession: ['GET', '/api/v1/session'],
  signOut: ['DELETE', '/api/v1/session'],
  getAdmission: ['GET', '/api/v1/ops/sales/{saleId}/admission'],
  listDecisions: ['GET', '/api/v1/ops/sales/{saleId}/decisions'],
  changeAdmission: ['PATCH', '/api/v1/ops/sales/{saleId}/admission'],
  pauseSale: ['POST', '/api/v1/ops/sales/{saleId}/pause'],
  resumeSale: ['POST', '/api/v1/ops/sales/{saleId}/resume'],
  drainSale: ['POST', '/api/v1/ops/sales/{saleId}/drain'],
  callFans: ['POST', '/api/v1/ops/sales/{saleId}/call'],
  setNotice: ['PUT', '/api/v1/ops/sales/{saleId}/notice'],
  getRoom: ['GET', '/api/v1/ops/sales/{saleId}/room'],
  setRoom: ['PUT', '/api/v1/ops/sales/{saleId}/room'],
  giveBypass: ['POST', '/api/v1/ops/sales/{saleId}/bypass'],
  listCodeSets: ['GET', '/api/v1/organizer/sales/{saleId}/code-sets'],
  createCodeSet: ['POST', '/api/v1/organizer/sales/{saleId}/code-sets'],
} as const;

type Session = { readonly csrfToken: string };

function call<Body>(
  name: keyof typeof staffPaths,
  {
    saleId = '',
    session,
    ...rest
  }: Omit<Call, 'method'> & { readonly saleId?: string; readonly session?: Session } = {},
): Promise<Answer<Body>> {
  const [method, template] = staffPaths[name];
  const headers = { ...rest.headers, ...(session && { 'x-csrf-token': session.csrfToken }) };
  return request<Body>(pathOf(template, { saleId }), { ...rest, method, headers });
}

export const staffApi = {
  signIn: (body: { email: string; password: string }) => call<SessionView>('signIn', { body }),
  getSession: () => call<SessionView>('getSession'),
  signOut: (session: Session) => call<void>('signOut', { session }),
  getRoom: (saleId: string) => call<RoomView>('getRoom', { saleId }),
  setRoom: (session: Session, saleId: string, body: Pick<RoomView, 'mode' | 'thresholdPerMinute'>) =>
    call<RoomView>('setRoom', { session, saleId, body }),
  giveBypass: (session: Session, saleId: string, body: NewBypass) =>
    call<BypassView>('giveBypass', { session, saleId, body }),
  listCodeSets: (saleId: string) => call<{ codeSets: CodeSetView[] }>('listCodeSets', { saleId }),
  createCodeSet: (session: Session, saleId: string, body: NewCodeSet) =>
    call<CodeSetView>('createCodeSet', { session, saleId, body }),
  getAdmission: (saleId: string) => call<AdmissionView>('getAdmission', { saleId }),
  listDecisions: (saleId: string) => call<{ decisions: DecisionEntry[] }>('listDecisions', { saleId }),
  changeAdmission: (session: Session, saleId: string, change: Partial<AdmissionSettings>, version: number) =>
    call<AdmissionView>('changeAdmission', { session, saleId, body: change, headers: { 'if-match': `"${version}"` } }),
  pauseSale: (session: Session, saleId: string) => call<AdmissionView>('pauseSale', { session, saleId }),
  resumeSale: (session: Session, saleId: string) => call<AdmissionView>('resumeSale', { session, saleId }),
  drainSale: (session: Session, saleId: string) => call<AdmissionView>('drainSale', { session, saleId }),
  callFans: (session: Session, saleId: string, count: number) =>
    call<AdmissionView>('callFans', { session, saleId, body: { count } }),
  setNotice: (session: Session, saleId: string, notice: string | null) =>
    call<AdmissionView>('setNotice', { session, saleId, body: { notice } }),
} as const;
