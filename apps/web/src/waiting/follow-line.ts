// Follows one sale for one fan: reads sale, place and line, asks again by the refresh rule, checks in, and listens to
// the live connection when the turn is near. States: loading → missing | following; stop() ends it in any of them.
// Everything heard is absolute, so a lost answer, a sleep of the phone or a repeated event does no harm.
import type { JoinBody, JoinedView, LineDocument, PassView, PlaceView, SaleView } from '@onsale/contracts';
import {
  isCheckInDue,
  isNear,
  nextPosition,
  peopleAhead,
  quietAfterSeconds,
  refreshAfterSeconds,
  waitRange,
} from '@onsale/domain';
import { fanApi } from '../api/fan-api.ts';
import type { Answer } from '../api/request.ts';
import { learnServerTime, serverNow } from '../clock/server-clock.ts';
import { connectLive, type LiveConnection } from '../live/live-connection.ts';
import { sayAway, tellsOfAway } from './away.ts';
import { joinWithWork } from './join-with-work.ts';
import { hasJoined, markJoined, tellsOfJoining } from './joined-marker.ts';
import { isNewer } from './line-view.ts';
import { nextTurn, opening, phaseOf, type Standing } from './waiting-screen.ts';
import { watchWaking } from './watch-waking.ts';

export type Following =
  | { readonly kind: 'loading' }
  | { readonly kind: 'missing' }
  | ({ readonly kind: 'following' } & Standing);

/** The check-in goes by itself only where no beat of the line has carried it. */
const CHECK_IN_LATE = 1.25;
/** An organizer's word that came cut short is read in full, spread over this long. */
const NOTICE_SPREAD_MS = 3_000;
const RETRY_MS = { least: 1_500, most: 20_000 };
/** Everybody's number exists at the same moment; asking for it is spread over this long. */
const DRAW_SPREAD_MS = 2_500;
/** While the draw is overdue the line is asked this often: it is a matter of seconds. */
const OVERDUE_MS = 1_500;
/** A call that was not answered is over for the server too when the page asks. */
const CALL_OVER_MS = 700;
/** Asked this long after a deferral is over, so that it is over for the server too. */
const DEFERRAL_OVER_MS = 400;
/** Another tab was closed: this one says within this long that the fan is there, well before that counts. */
const STILL_HERE_MS = 3_000;
const TIMER_LIMIT_MS = 2 ** 31 - 1;

type TimerName = 'line' | 'checkIn' | 'turn' | 'place' | 'notice';

/** Whoever answers for a part that is away says nothing about the place: what is shown stays, and is asked for again. */
const isAway = (answer: Answer<unknown>): boolean =>
  answer.kind === 'unreachable' || (answer.kind === 'problem' && answer.problem.status >= 500);

export class LineFollower {
  readonly #saleId: string;
  readonly #show: (state: Following) => void;
  #state: Following;
  readonly #timers = new Map<TimerName, ReturnType<typeof setTimeout>>();
  #failures = 0;
  #live: LiveConnection | null = null;
  #liveUp = false;
  #checkInDueAt = Number.POSITIVE_INFINITY;
  #stopped = false;
  #stopWatching = (): void => undefined;

  /** `begin` is what came with the page: nothing has to be asked before it is shown. */
  constructor(saleId: string, begin: Following, show: (state: Following) => void) {
    this.#saleId = saleId;
    this.#state = begin;
    this.#show = show;
  }

  start(): void {
    this.#stopWatching = watchWaking(this.#wake);
    addEventListener('storage', this.#hearOtherTab);
    addEventListener('pagehide', this.#away);
    addEventListener('pageshow', this.#backAgain);
    if (this.#state.kind !== 'following') return void this.#load();
    if (this.#state.place !== null) markJoined(this.#saleId);
    this.#followOn(this.#state.sale);
  }

  stop(): void {
    this.#stopped = true;
    this.#stopWatching();
    removeEventListener('storage', this.#hearOtherTab);
    removeEventListener('pagehide', this.#away);
    removeEventListener('pageshow', this.#backAgain);
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#live?.stop();
  }

  /** `takesLong` is called when work for a storm from the fan's network takes more than a moment. */
  async join(body: JoinBody, takesLong = () => {}): Promise<Answer<PlaceView>> {
    return this.#settle(await joinWithWork(this.#saleId, body, takesLong));
  }

  /** A new place at the end. A place whose turn was missed is given up first: joining again would only find it. */
  async lineUpAgain(body: JoinBody): Promise<Answer<PlaceView>> {
    if (this.#state.kind === 'following' && this.#state.place?.state === 'missed') {
      const left = await fanApi.leaveLine(this.#saleId);
      if (left.kind !== 'ok') return left;
    }
    return this.join(body);
  }

  /** The place that the link of another device moves here. */
  async takeOver(moveToken: string): Promise<Answer<PlaceView>> {
    return this.#settle(await fanApi.takeOverPlace(this.#saleId, moveToken));
  }

  async takeBack(): Promise<Answer<PlaceView>> {
    return this.#settle(await fanApi.takeBackPlace(this.#saleId));
  }

  /** Lets others go first for so many minutes; 0 ends it. */
  async defer(minutes: number): Promise<Answer<PlaceView>> {
    const answer =
      minutes === 0 ? await fanApi.endDeferral(this.#saleId) : await fanApi.deferPlace(this.#saleId, minutes);
    return this.#settle(answer);
  }

  #settle(answer: Answer<PlaceView>): Answer<PlaceView> {
    if (answer.kind === 'ok') {
      markJoined(this.#saleId);
      this.#takePlace(answer.body);
    }
    return answer;
  }

  async leave(): Promise<Answer<void>> {
    const answer = await fanApi.leaveLine(this.#saleId);
    if (answer.kind === 'ok') await this.#readPlace();
    return answer;
  }

  /** The pass that opens the shop. Any refusal is shown by what the place then says. */
  async comeIn(): Promise<Answer<PassView>> {
    const answer = await fanApi.takePass(this.#saleId);
    if (answer.kind === 'problem') await this.#readPlace();
    return answer;
  }

  // A phone that slept, a tab that came back, a network that returned: what is shown may be old, so ask at once.
  readonly #wake = (): void => {
    if (document.visibilityState === 'hidden' || this.#stopped) return;
    this.#failures = 0;
    void (this.#state.kind === 'following' ? this.#readLine() : this.#load());
  };

  readonly #hearOtherTab = (event: StorageEvent): void => {
    if (this.#state.kind !== 'following') return;
    if (tellsOfJoining(event, this.#saleId)) void this.#readPlace();
    if (tellsOfAway(event, this.#saleId)) this.#later('place', Math.random() * STILL_HERE_MS, () => this.#stillHere());
  };

  readonly #away = (): void => {
    if (this.#isWaiting()) sayAway(this.#saleId);
  };

  /** The browser kept the page whole and shows it again. */
  readonly #backAgain = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) void this.#stillHere();
  };

  async #stillHere(): Promise<void> {
    if (this.#isWaiting()) await this.#readPlace();
  }

  #isWaiting(): boolean {
    return this.#state.kind === 'following' && this.#state.place?.state === 'waiting';
  }

  async #load(): Promise<void> {
    const sentAtMs = Date.now();
    const sale = await fanApi.getSale(this.#saleId);
    if (this.#stopped) return;
    if (isAway(sale)) return this.#later('line', this.#retryDelayMs(), () => this.#load());
    if (sale.kind !== 'ok') return this.#set({ kind: 'missing' });
    learnServerTime({ serverTime: sale.body.now, sentAtMs, receivedAtMs: Date.now() });
    const [place, line] = await Promise.all([
      hasJoined(this.#saleId) ? fanApi.getPlace(this.#saleId) : null,
      fanApi.getLine(this.#saleId),
    ]);
    if (this.#stopped) return;
    this.#set({
      kind: 'following',
      sale: sale.body,
      place: place?.kind === 'ok' ? place.body : null,
      line: line.kind === 'ok' ? line.body : null,
    });
    if (place !== null && isAway(place)) this.#later('place', this.#retryDelayMs(), () => this.#readPlace());
    this.#followOn(sale.body);
  }

  #followOn(sale: SaleView): void {
    this.#awaitTurn(sale);
    this.#afterNews();
    this.#scheduleCheckIn();
  }

  #set(state: Following): void {
    this.#state = state;
    if (!this.#stopped) this.#show(state);
  }

  #later(name: TimerName, delayMs: number, act: () => Promise<void>): void {
    if (this.#stopped) return;
    clearTimeout(this.#timers.get(name));
    this.#timers.set(
      name,
      setTimeout(() => void act(), Math.min(delayMs, TIMER_LIMIT_MS)),
    );
  }

  #retryDelayMs(): number {
    this.#failures++;
    return Math.min(RETRY_MS.most, RETRY_MS.least * 2 ** (this.#failures - 1)) * (0.7 + 0.6 * Math.random());
  }

  // The timetable turns at a known moment: read the sale again just after it.
  #awaitTurn(sale: SaleView): void {
    const turn = nextTurn(sale, serverNow());
    if (turn === null) return;
    this.#later('turn', turn - serverNow() + 300 + Math.random() * 1_200, async () => {
      const answer = await fanApi.getSale(this.#saleId);
      if (answer.kind === 'ok' && this.#state.kind === 'following') this.#set({ ...this.#state, sale: answer.body });
      this.#awaitTurn(answer.kind === 'ok' ? answer.body : sale);
      await this.#readLine();
    });
  }

  async #readLine(): Promise<void> {
    const answer = await fanApi.getLine(this.#saleId);
    if (this.#stopped || this.#state.kind !== 'following') return;
    if (answer.kind !== 'ok') return this.#later('line', this.#retryDelayMs(), () => this.#readLine());
    this.#failures = 0;
    this.#takeLine(answer.body);
    this.#afterNews();
  }

  #takeLine(line: LineDocument): void {
    if (this.#state.kind !== 'following' || !isNewer(line, this.#state.line)) return;
    const restored = this.#state.line !== null && line.epoch > this.#state.line.epoch;
    const isCut = line.notice?.endsWith('…') === true && line.notice !== this.#state.line?.notice;
    this.#set({ ...this.#state, line });
    this.#moveOn();
    if (isCut) this.#later('notice', Math.random() * NOTICE_SPREAD_MS, () => this.#readSale());
    if (restored) this.#later('place', Math.random() * DRAW_SPREAD_MS, () => this.#readPlace());
  }

  #moveOn(): void {
    if (this.#state.kind !== 'following') return;
    const { line, place, position = null } = this.#state;
    if (line === null || place?.number == null) return;
    this.#set({ ...this.#state, position: nextPosition(position, line, place.number) });
  }

  async #readSale(): Promise<void> {
    const answer = await fanApi.getSale(this.#saleId);
    if (answer.kind === 'ok' && this.#state.kind === 'following') this.#set({ ...this.#state, sale: answer.body });
  }

  // What follows from the newest state: a place to read again, a socket to open, and the next question.
  #afterNews(): void {
    if (this.#state.kind !== 'following') return;
    const { line, place } = this.#state;
    const phase = phaseOf(this.#state);
    // A phase before may be open still while this one gathers: the draw is due only at its own opening.
    const drawn = this.#isDrawDue() && (phase === 'open' || phase === 'paused');
    const reached = place?.state === 'waiting' && place.number !== null && (line?.served ?? 0) >= place.number;
    if (drawn) this.#later('place', 100 + Math.random() * DRAW_SPREAD_MS, () => this.#readPlace());
    if (reached) this.#later('place', 50, () => this.#readPlace());
    this.#followLive();
    const nextMs = this.#nextFetchMs();
    this.#later('line', nextMs, () => this.#beat(nextMs));
  }

  // Every second beat of a fan without a socket is the check-in: its answer brings the line along.
  async #beat(beatMs: number): Promise<void> {
    const isDue = isCheckInDue({ dueIn: this.#checkInDueAt - Date.now(), nextBeat: beatMs });
    await (isDue && !this.#liveUp ? this.#checkIn() : this.#readLine());
  }

  #isDrawDue(): boolean {
    if (this.#state.kind !== 'following' || this.#state.place?.state !== 'prequeue') return false;
    return serverNow() >= opening(this.#state.sale, serverNow());
  }

  #nextFetchMs(): number {
    if (this.#state.kind !== 'following' || this.#state.line === null) return this.#retryDelayMs();
    const { line, place, sale } = this.#state;
    const number = line.phase === 'open' ? (place?.number ?? null) : null;
    const wait = number === null ? null : waitRange(line, peopleAhead(line, number));
    const seconds = refreshAfterSeconds(line.refresh, { wait, random: Math.random() });
    const opensAt = sale.phases.map((window) => Date.parse(window.opensAt));
    const overdue = this.#isDrawDue() || (line.phase === 'prequeue' && opensAt.some((at) => at <= serverNow()));
    if (overdue) return OVERDUE_MS * (0.7 + 0.6 * Math.random());
    return 1_000 * (this.#liveUp ? quietAfterSeconds(line.refresh, wait) : seconds);
  }

  async #readPlace(): Promise<void> {
    const answer = await fanApi.getPlace(this.#saleId);
    if (this.#stopped) return;
    if (answer.kind === 'ok') this.#takePlace(answer.body);
    else if (isAway(answer)) this.#later('place', this.#retryDelayMs(), () => this.#readPlace());
    else if (this.#state.kind === 'following') this.#set({ ...this.#state, place: null });
  }

  #takePlace(place: PlaceView): void {
    if (this.#state.kind !== 'following') return;
    const { fanToken: _fanToken, ...taken } = place as JoinedView; // a join answers with more than a place
    const { state, callExpiresAt } = taken;
    this.#set({ ...this.#state, place: taken });
    this.#moveOn();
    this.#afterNews();
    this.#scheduleCheckIn();
    if (state !== 'called' || callExpiresAt === null) return;
    const overInMs = Date.parse(callExpiresAt) - serverNow();
    this.#later('place', Math.max(0, overInMs) + CALL_OVER_MS, () => this.#readPlace());
  }

  #scheduleCheckIn(): void {
    if (this.#state.kind !== 'following' || this.#state.place === null) return;
    const { state, checkInAfterSeconds, deferredUntil } = this.#state.place;
    if (state !== 'prequeue' && state !== 'waiting' && state !== 'called') return;
    const regularMs = checkInAfterSeconds * 1_000 * (0.9 + 0.1 * Math.random());
    this.#checkInDueAt = Date.now() + regularMs;
    // Who let others go first is back the moment that is over.
    const backMs = deferredUntil === null ? regularMs : Date.parse(deferredUntil) - serverNow() + DEFERRAL_OVER_MS;
    const afterMs = Math.max(DEFERRAL_OVER_MS, Math.min(regularMs * CHECK_IN_LATE, backMs));
    this.#later('checkIn', afterMs, () => this.#checkIn());
  }

  #isDeferralOver(): boolean {
    const until = this.#state.kind === 'following' ? (this.#state.place?.deferredUntil ?? null) : null;
    return until !== null && Date.parse(until) <= serverNow();
  }

  async #checkIn(): Promise<void> {
    const isBack = this.#isDeferralOver();
    if (this.#liveUp && !isBack) return this.#scheduleCheckIn(); // the open socket says it
    const answer = await fanApi.checkIn(this.#saleId);
    if (this.#stopped) return;
    if (answer.kind === 'ok') {
      const { line, ...place } = answer.body;
      if (line !== undefined) this.#takeLine(line);
      this.#takePlace(place);
    } else if (answer.kind === 'unreachable') {
      this.#scheduleCheckIn();
      this.#later('line', this.#retryDelayMs(), () => this.#readLine());
    } else await this.#readPlace();
  }

  #followLive(): void {
    const near = this.#isNear();
    if (near && this.#live === null) this.#openLive();
    if (near || this.#live === null) return;
    this.#live.stop();
    this.#live = null;
    this.#liveUp = false;
  }

  #openLive(): void {
    if (this.#state.kind !== 'following' || this.#state.place === null) return;
    this.#live = connectLive(this.#state.place.placeToken === '' ? {} : { placeToken: this.#state.place.placeToken }, {
      line: (line) => {
        if (line.saleId !== this.#saleId) return;
        this.#takeLine(line);
        this.#afterNews();
      },
      place: (place) => {
        if (place.saleId !== this.#saleId || this.#state.kind !== 'following' || this.#state.place === null) return;
        this.#takePlace({ ...this.#state.place, ...place });
      },
      connected: (up) => {
        this.#liveUp = up;
        if (up) void this.#readLine();
      },
    });
  }

  #isNear(): boolean {
    if (this.#state.kind !== 'following') return false;
    const { place, line } = this.#state;
    if (place?.state === 'called') return true;
    if (place?.state !== 'waiting' || place.number === null || line === null) return false;
    const ahead = peopleAhead(line, place.number);
    return isNear({ ahead, wait: line.phase === 'open' ? waitRange(line, ahead) : null });
  }
}
