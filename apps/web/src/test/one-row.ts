// The smallest hall: one row of seats, all of one price.
import type { SeatingPlan } from '@onsale/contracts';

export function oneRow(seats: number): SeatingPlan {
  const row = {
    id: 'row-1',
    label: '1',
    seats: Array.from({ length: seats }, (_, i) => ({
      id: `1-${i + 1}`,
      label: String(i + 1),
      x: i + 1,
      y: 4,
      categoryId: 'Stalls',
    })),
  };
  const sections = [{ id: 'stalls', name: 'Stalls', rows: [row] }];
  return { width: seats + 2, height: 6, focus: { x: (seats + 1) / 2, y: 1 }, sections } as unknown as SeatingPlan;
}
