// What a booking is for, in words: the event, the performance, where and when.
import type { EventView, PerformanceView } from '@onsale/contracts';
import { useEffect, useState } from 'preact/hooks';
import { fanApi } from '../api/fan-api.ts';

export type Show = { readonly event: EventView | null; readonly performance: PerformanceView };

/** Null until it is known; a booking is shown without it. */
export function useShow(performanceId: string | null): Show | null {
  const [show, setShow] = useState<Show | null>(null);
  useEffect(() => {
    if (performanceId === null) return;
    let stopped = false;
    void Promise.all([fanApi.getPerformance(performanceId), fanApi.listEvents()]).then(([performance, events]) => {
      if (stopped || performance.kind !== 'ok') return;
      const all = events.kind === 'ok' ? events.body.events : [];
      setShow({ performance: performance.body, event: all.find(({ id }) => id === performance.body.eventId) ?? null });
    });
    return () => {
      stopped = true;
    };
  }, [performanceId]);
  return show;
}
