// What the waiting room counts.
import type { Metrics } from '@onsale/runtime';

export type RoomMetrics = { counted(route: string, status: number): void };

export function roomMetrics(metrics: Metrics): RoomMetrics {
  const answers = metrics.counter('hot_requests_total', 'Requests answered before Express.', ['route', 'status']);
  return { counted: (route, status) => answers.inc({ route, status }) };
}
