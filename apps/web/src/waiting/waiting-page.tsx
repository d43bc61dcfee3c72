// The one address of a sale for a fan: before it opens, in the line, called, and after. Which of these is decided by
// waitingScreen; this file only sets the screens.
import type { EventView } from '@onsale/contracts';
import { useEffect, useRef, useState } from 'preact/hooks';
import { fanApi, fanPath } from '../api/fan-api.ts';
import { useServerNow } from '../clock/use-now.ts';
import { t } from '../language/language.ts';
import { useTheme } from '../theme/use-theme.ts';
import { Loading, NotFoundPage, useTitle } from '../ui/page.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { Announcer } from './announcer.tsx';
import { DrawingScreen, LobbyScreen, PrequeueScreen, ScheduledScreen } from './before-screens.tsx';
import { AdmittedScreen, CalledScreen, ClosedScreen, LeftScreen, MissedScreen, SoldOutScreen } from './end-screens.tsx';
import type { LineFollower } from './follow-line.ts';
import { MovedScreen, MoveHereScreen, moveTokenHere } from './move-screens.tsx';
import { useLine } from './use-line.ts';
import { type Standing, type WaitingScreen, waitingScreen } from './waiting-screen.ts';
import { WaitingScreenView } from './waiting-screen-view.tsx';

export type ScreenProps = {
  readonly standing: Standing;
  readonly follower: LineFollower;
  /** Null while it is not known: the line matters more than the event's name. */
  readonly event: EventView | null;
  readonly now: number;
};

export function WaitingPage({ saleId }: { saleId: string }) {
  const { state, follower } = useLine(saleId);
  if (state.kind === 'loading') return <Loading />;
  if (state.kind === 'missing') return <NotFoundPage />;
  return <Followed standing={state} follower={follower} />;
}

function Followed({ standing, follower }: { standing: Standing; follower: LineFollower }) {
  const { eventSlug: slug } = standing.sale;
  const { asked, again } = useAnswer(fanPath('getEvent', { slug }), () => fanApi.getEvent(slug));
  const now = useServerNow();
  const known = useRef<EventView | null>(null);
  if (asked.kind === 'ok') known.current = asked.body;
  const event = known.current; // a refused or lost answer does not unlearn it
  useTheme(event?.theme);
  useOnChange(standing.line?.stock, again); // the prices say what is left of each
  const [moveToken, setMoveToken] = useState<string | null>(null);
  useEffect(() => setMoveToken(moveTokenHere()), []); // the page server cannot see it, so neither may the first drawing
  const props = { standing, follower, event, now };
  if (moveToken !== null) return <MoveHereScreen {...props} moveToken={moveToken} done={() => setMoveToken(null)} />;
  return <Screen screen={waitingScreen(standing, now)} {...props} />;
}

function useOnChange(value: unknown, act: () => void): void {
  const known = useRef(value);
  useEffect(() => {
    if (known.current !== undefined && known.current !== value) act();
    known.current = value;
  }, [value]);
}

const screens: Record<WaitingScreen, (props: ScreenProps) => preact.JSX.Element> = {
  scheduled: ScheduledScreen,
  lobby: LobbyScreen,
  prequeue: PrequeueScreen,
  drawing: DrawingScreen,
  waiting: WaitingScreenView,
  called: CalledScreen,
  admitted: AdmittedScreen,
  missed: MissedScreen,
  moved: MovedScreen,
  left: LeftScreen,
  sold_out: SoldOutScreen,
  closed: ClosedScreen,
};

function Screen({ screen, ...props }: ScreenProps & { screen: WaitingScreen }) {
  const View = screens[screen];
  const box = useRef<HTMLDivElement>(null);
  const shown = useRef(screen);
  useTitle(`${t(`tab.${screen}`)}${props.event ? ` · ${props.event.title}` : ''}`);
  // A new screen begins at its top; focus goes there only when it would otherwise be lost with the old screen.
  useEffect(() => {
    if (shown.current === screen) return;
    shown.current = screen;
    scrollTo({ top: 0 });
    if (document.activeElement === document.body || document.activeElement === null) {
      box.current?.querySelector('h1')?.focus({ preventScroll: true });
    }
  }, [screen]);
  return (
    <div ref={box} class={`room room-${screen}`}>
      <Announcer screen={screen} standing={props.standing} />
      <View key={screen} {...props} />
    </div>
  );
}
