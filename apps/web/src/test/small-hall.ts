// A hall of three rows for tests of seats: the last row has two accessible places, each with a companion's seat beside it.
import type { SeatingPlan } from '@onsale/contracts';

const SEATS = 10;
const KINDS: Readonly<Record<string, 'accessible' | 'companion'>> = {
  c1: 'accessible',
  c2: 'companion',
  c9: 'companion',
  c10: 'accessible',
};

export function smallHall(): SeatingPlan {
  const rows = ['a', 'b', 'c'].map((label, r) => ({
    id: `row-${label}`,
    label: label.toUpperCase(),
    seats: Array.from({ length: SEATS }, (_, i) => {
      const id = `${label}${i + 1}`;
      const kind = KINDS[id];
      const place = { id, label: String(i + 1), x: 40 + i * 24, y: 80 + r * 34 };
      return { ...place, categoryId: label === 'a' ? 'Front' : 'Rear', ...(kind && { kind }) };
    }),
  }));
  const hall = { width: 300, height: 200, focus: { x: 148, y: 24 }, sections: [{ id: 'hall', name: 'Hall', rows }] };
  return hall as unknown as SeatingPlan;
}
