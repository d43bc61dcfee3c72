// What the waiting room counts.
import type { Metrics } from '@onsale/runtime';

export type RoomMetrics = { counted(route: string, status: number): void };

/** Counted in plain numbers, for labels cost more than some requests, and told when somebody reads them. */
export function roomMetrics(metrics: Metrics): RoomMetrics {
  const counts = new Map<string, Map<number, number>>();
  const answers = metrics.counter(
    'hot_requests_total',
    'Requests answered before Express.',
    ['route', 'status'],
    () => {
      for (const [route, byStatus] of counts) {
        for (const [status, count] of byStatus) answers.inc({ route, status }, count);
      }
      counts.clear();
    },
  );
  return {
    counted: (route, status) => {
      let byStatus = counts.get(route);
      if (byStatus === undefined) {
        byStatus = new Map();
        counts.set(route, byStatus);
      }
      byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
    },
  };
}
