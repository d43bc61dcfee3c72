// Who may do what: route → roles. docs/roles.md shows this table; a test walks it. A staff route that is missing here
// is open to nobody.
import type { StaffRole } from '@onsale/booking-mongo';

const everybody: readonly StaffRole[] = ['owner', 'organizer', 'operator', 'finance', 'door'];
const owners: readonly StaffRole[] = ['owner'];
const organizers: readonly StaffRole[] = ['owner', 'organizer'];
const operators: readonly StaffRole[] = ['owner', 'operator'];
const treasurers: readonly StaffRole[] = ['owner', 'organizer', 'finance'];
const watchers: readonly StaffRole[] = ['owner', 'organizer', 'operator'];

export const roleTable: Readonly<Record<string, readonly StaffRole[]>> = {
  getSession: everybody,
  signOut: everybody,
  changePassword: everybody,
  listSessions: everybody,
  endSession: everybody,
  endOtherSessions: everybody,
  startTotp: everybody,
  confirmTotp: everybody,
  stopTotp: everybody,
  listApiKeys: everybody,
  createApiKey: everybody,
  revokeApiKey: everybody,
  listTeam: owners,
  inviteMember: owners,
  withdrawInvitation: owners,
  changeMember: owners,
  removeMember: owners,
  createEvent: organizers,
  createPlan: organizers,
  createSaleDraft: organizers,
  listSaleDrafts: watchers,
  getSaleDraft: watchers,
  changeSaleDraft: organizers,
  publishSaleDraft: organizers,
  importPlan: organizers,
  listPlans: watchers,
  getPlan: watchers,
  exportPlan: watchers,
  setPerformancePlan: organizers,
  createPerformance: organizers,
  createSale: organizers,
  changePerformance: organizers,
  createBlock: watchers,
  listBlocks: watchers,
  getBlock: watchers,
  unblockStock: watchers,
  unblockSeats: watchers,
  findBookings: treasurers,
  refundBooking: treasurers,
  getRefund: treasurers,
  cancelPerformance: organizers,
  getCancellation: treasurers,
  createCodeSet: organizers,
  listCodeSets: organizers,
  downloadCodes: organizers,
  revokeCodeSet: organizers,
  getAdmission: watchers,
  listDecisions: watchers,
  getSaleHistory: watchers,
  watchSales: watchers,
  watchSystem: operators,
  listDeadLetters: operators,
  replayDeadLetters: operators,
  changeAdmission: operators,
  pauseSale: operators,
  resumeSale: operators,
  haltSale: operators,
  drainSale: operators,
  callFans: operators,
  setNotice: operators,
  enterPublicValue: operators,
  getRoom: watchers,
  setRoom: operators,
  giveBypass: operators,
  listAudit: operators,
};

/** All that a member may do of whom an authenticator is demanded and who has none yet. */
export const routesBeforeSecondFactor: readonly string[] = [
  'getSession',
  'signOut',
  'listSessions',
  'endSession',
  'endOtherSessions',
  'startTotp',
  'confirmTotp',
];

export function routesOf(role: StaffRole): readonly string[] {
  return Object.keys(roleTable).filter((routeId) => mayUse(role, routeId));
}

export function mayUse(role: StaffRole, routeId: string): boolean {
  return roleTable[routeId]?.includes(role) ?? false;
}
