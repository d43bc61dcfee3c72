// The availability of one performance as state of the shop, over GET and the live connection.
import { useEffect, useRef, useState } from 'preact/hooks';
import { fanApi } from '../api/fan-api.ts';
import { connectLive } from '../live/live-connection.ts';
import { type Availability, availabilityOf, missedSome, withEvent } from './availability.ts';

/** With a live connection the route only catches what was lost; without it, it is how the plan stays true. */
const READ_AGAIN_MS = { live: 15_000, alone: 3_000 };

export function useAvailability(
  performanceId: string,
  { pass, categoryOf }: { readonly pass: string; readonly categoryOf: (seatId: string) => string | null },
): Availability | null {
  const [availability, setAvailability] = useState<Availability | null>(null);
  const category = useRef(categoryOf);
  category.current = categoryOf;
  const looker = { pass, categoryOf: (seatId: string) => category.current(seatId) };
  useEffect(() => {
    let stopped = false;
    let liveUp = false;
    let timer: ReturnType<typeof setTimeout>;
    const read = async () => {
      clearTimeout(timer);
      const answer = await fanApi.getAvailability(performanceId);
      if (stopped) return;
      if (answer.kind === 'ok') {
        const next = availabilityOf(answer.body, looker);
        setAvailability((known) => (known === null || next.version >= known.version ? next : known));
      }
      timer = setTimeout(() => void read(), liveUp ? READ_AGAIN_MS.live : READ_AGAIN_MS.alone);
    };
    const live = connectLive(
      { pass },
      {
        availability: (event) => {
          if (event.performanceId !== performanceId) return;
          setAvailability((known) => {
            if (known === null) return known;
            if (!missedSome(known, event)) return withEvent(known, event, looker) ?? known;
            void read();
            return known;
          });
        },
        connected: (up) => {
          liveUp = up;
          void read();
        },
      },
    );
    void read();
    return () => {
      stopped = true;
      clearTimeout(timer);
      live.stop();
    };
  }, [performanceId, pass]);
  return availability;
}
