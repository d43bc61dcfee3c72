// Waiting: the line document by its refresh rule while far back, by socket near the front, and check-ins so that the
// place is not taken for a ghost.
import { fanRoutes, type LineDocument } from '@onsale/contracts';
import { isCheckInDue, isNear, peopleAhead, quietAfterSeconds, refreshAfterSeconds, waitRange } from '@onsale/domain';
import type { Fan } from './fan.ts';
import { joinLine } from './join-line.ts';

export type Turn = 'called' | 'sold_out' | 'left' | 'vanished' | 'lost' | 'unfinished';

type Waiting = {
  nextCheckInAt: number;
  etag: string;
  lineAt: number;
  habitAt: number;
  /** When to ask for the own place again, once the number has been called. */
  nextStandingAt: number;
  askedInVain: number;
};

/** A call is known everywhere within a tick; then the place must say so. */
const ASK_STANDING_MS = 1_000;
const ASK_STANDING_MAX_MS = 30_000;

export async function waitForTurn(fan: Fan): Promise<Turn> {
  const { plan, world } = fan;
  const now = Date.now();
  const waiting: Waiting = {
    nextCheckInAt: now + (fan.place?.checkInAfterSeconds ?? 30) * 1000,
    etag: '',
    lineAt: 0,
    nextStandingAt: 0,
    askedInVain: 0,
    habitAt: plan.whileWaiting === 'stays' ? Number.POSITIVE_INFINITY : now + plan.random.between(1_000, 15_000),
  };
  await fetchLine(fan, waiting);
  while (!world.limit.aborted) {
    const line = fan.line;
    if (line === undefined) await fetchLine(fan, waiting);
    else {
      const turn = (await readTurn(fan, line, waiting)) ?? (await followHabit(fan, waiting));
      if (turn !== null) return turn;
    }
    await passTime(fan, waiting);
  }
  return 'unfinished';
}

/** What this document means for this fan; null when it is to wait on. */
async function readTurn(fan: Fan, line: LineDocument, waiting: Waiting): Promise<Turn | null> {
  if (line.phase === 'sold_out' || line.phase === 'closed') return 'sold_out';
  const drawn = line.phase === 'open' || line.phase === 'paused';
  const restored = fan.knownEpoch !== 0 && fan.knownEpoch !== line.epoch;
  fan.knownEpoch = line.epoch;
  if (restored || (drawn && fan.place?.number === null)) {
    if (!(await askPlace(fan, 'getPlace'))) return 'lost';
  }
  const number = fan.place?.number ?? null;
  if (fan.place?.state === 'called') return 'called';
  if (number !== null && number <= line.served) return standAfterCall(fan, waiting);
  if (number !== null) {
    const ahead = peopleAhead(line, number);
    if (isNear({ ahead, wait: waitRange(line, ahead) })) fan.goLive();
  }
  return null;
}

/**
 * The calls have reached this number: the place says whether it was called. A fan taken for gone is passed over, and by
 * coming back is called next; who had checked in as asked must not be taken for gone.
 */
async function standAfterCall(fan: Fan, waiting: Waiting): Promise<Turn | null> {
  if (Date.now() < waiting.nextStandingAt) return null;
  const { place, lastSeenAtMs, world } = fan;
  const silentMs = Date.now() - lastSeenAtMs;
  const wasThere = place !== undefined && silentMs <= 2 * place.checkInAfterSeconds * 1000;
  if (!(await askPlace(fan, 'checkIn'))) return 'lost';
  const state = fan.place?.state;
  if (state === 'called' || state === 'admitted') return 'called';
  if (state === 'closed') return 'sold_out';
  if (waiting.askedInVain === 0 && fan.place?.number != null) {
    // A check-in may have been lost on its way through a stack that is being disturbed.
    if (wasThere && world.graceMs === 0) world.order.notePassedOver(fan.place.number);
    else world.book.ended('(taken for gone while silent, and came back)');
  }
  waiting.nextStandingAt = Date.now() + ASK_STANDING_MS;
  waiting.askedInVain += 1;
  if (waiting.askedInVain * ASK_STANDING_MS <= ASK_STANDING_MAX_MS + world.graceMs) return null;
  world.book.violated('a place was lost', `number ${fan.place?.number} is ${state} and is not called again`);
  return 'lost';
}

/** Until news, the next fetch or the next check-in, whichever comes first; then does what is due. */
async function passTime(fan: Fan, waiting: Waiting): Promise<void> {
  const now = Date.now();
  const due = [nextFetchAt(fan, waiting), waiting.nextCheckInAt, waiting.habitAt];
  if (waiting.nextStandingAt > now) due.push(waiting.nextStandingAt);
  const until = Math.min(...due);
  if (await fan.news(Math.max(50, until - now))) waiting.lineAt = Date.now();
  const fetchAt = nextFetchAt(fan, waiting);
  const beat = { dueIn: waiting.nextCheckInAt - Date.now(), nextBeat: fetchAt - waiting.lineAt };
  const isBeat = Date.now() >= fetchAt;
  if (Date.now() >= waiting.nextCheckInAt || (isBeat && !fan.isLive && isCheckInDue(beat))) {
    if (!fan.seenBySocket()) await checkIn(fan, waiting);
    waiting.nextCheckInAt = Date.now() + (fan.place?.checkInAfterSeconds ?? 30) * 1000;
  }
  if (Date.now() >= nextFetchAt(fan, waiting)) await fetchLine(fan, waiting);
}

/** The answer brings the line along, so the check-in takes the place of a fetch. */
async function checkIn(fan: Fan, waiting: Waiting): Promise<void> {
  const before = fan.line;
  await askPlace(fan, 'checkIn');
  if (fan.line !== before) waiting.lineAt = Date.now();
}

function nextFetchAt(fan: Fan, { lineAt }: Waiting): number {
  const { line, place, world, plan } = fan;
  if (line === undefined) return 0;
  const number = place?.number ?? null;
  const secondsToOpening = (world.opensAt - Date.now()) / 1000;
  const wait =
    number !== null
      ? waitRange(line, peopleAhead(line, number))
      : secondsToOpening > 0
        ? { lowSeconds: secondsToOpening, highSeconds: secondsToOpening }
        : { lowSeconds: 0, highSeconds: 0 };
  if (fan.isLive) return lineAt + quietAfterSeconds(line.refresh, wait) * 1000;
  return lineAt + refreshAfterSeconds(line.refresh, { wait, random: plan.random.next() }) * 1000;
}

async function fetchLine(fan: Fan, waiting: Waiting): Promise<void> {
  const { api, saleId } = fan.world;
  const headers = waiting.etag === '' ? {} : { 'if-none-match': waiting.etag };
  const reply = await api.call(fanRoutes.getLine, { params: { saleId }, headers });
  waiting.lineAt = Date.now();
  if (reply.kind !== 'ok' || reply.body === null) return;
  waiting.etag = String(reply.headers.etag ?? '');
  fan.learnLine(reply.body);
}

/** Asks for the own place; false when it is gone although the fan never left. */
async function askPlace(fan: Fan, how: 'getPlace' | 'checkIn'): Promise<boolean> {
  const { api, book, saleId } = fan.world;
  const reply = await api.call(fanRoutes[how], { params: { saleId }, headers: fan.asPlace });
  if (reply.kind === 'ok') {
    fan.learnPlace(reply.body);
    if ('line' in reply.body && reply.body.line !== undefined) fan.learnLine(reply.body.line);
    if (reply.body.state !== 'left') return true;
    book.violated('a place was lost', `number ${reply.body.number} is left although its fan did not leave`);
    return false;
  }
  const isGone = reply.kind === 'problem' && [401, 404, 410].includes(reply.status);
  if (isGone) book.violated('a place was lost', `${how} answered ${reply.status} ${reply.code}`);
  return !isGone;
}

async function followHabit(fan: Fan, waiting: Waiting): Promise<Turn | null> {
  if (Date.now() < waiting.habitAt) return null;
  waiting.habitAt = Number.POSITIVE_INFINITY;
  const { api, saleId } = fan.world;
  switch (fan.plan.whileWaiting) {
    case 'leaves':
      await api.call(fanRoutes.leaveLine, { params: { saleId }, headers: fan.asPlace });
      return 'left';
    case 'vanishes':
      return 'vanished';
    case 'reloads':
      await joinLine(fan);
      return null;
    default:
      return null;
  }
}
