// A made-up arena of any number of seats around a stage, in the forms the API answers with.
import type { AvailabilityView, PerformanceView } from '@onsale/contracts';

const SEATS_PER_ROW = 250;
const ROWS_PER_SECTION = 40;

export function hugePerformance(view: PerformanceView, seats: number): PerformanceView {
  const rows = Math.ceil(seats / SEATS_PER_ROW);
  const categories = ['#b8860b', '#2a6f97', '#4f7f3a'].map((color, i) => ({
    id: `c${i}`,
    name: ['Gold', 'Blue', 'Green'][i],
    kind: 'reserved',
    price: { amount: 9000 - i * 2000, currency: 'EUR' },
    fee: 0,
    color,
  }));
  const sections = Array.from({ length: Math.ceil(rows / ROWS_PER_SECTION) }, (_, s) => ({
    id: `s${s}`,
    name: `Block ${s + 1}`,
    rows: Array.from({ length: Math.min(ROWS_PER_SECTION, rows - s * ROWS_PER_SECTION) }, (_row, r) => {
      const row = s * ROWS_PER_SECTION + r;
      return {
        id: `r${row}`,
        label: String(row + 1),
        seats: Array.from({ length: SEATS_PER_ROW }, (_seat, i) => seat(row, i)),
      };
    }),
  }));
  const plan = { width: SEATS_PER_ROW + 20, height: rows + 30, focus: { x: SEATS_PER_ROW / 2, y: 4 }, sections };
  return { ...view, categories, plan } as unknown as PerformanceView;
}

function seat(row: number, i: number) {
  const curve = ((i - SEATS_PER_ROW / 2) / SEATS_PER_ROW) ** 2 * 10;
  return { id: `${row}-${i}`, label: String(i + 1), x: i + 10, y: row + 16 - curve, categoryId: `c${row % 3}` };
}

/** Every seventh seat is taken. */
export function hugeAvailability(performanceId: string, seats: number): AvailabilityView {
  const ids = Array.from({ length: seats }, (_, i) => `${Math.floor(i / SEATS_PER_ROW)}-${i % SEATS_PER_ROW}`);
  return {
    performanceId,
    version: 1,
    categories: [0, 1, 2].map((i) => ({
      categoryId: `c${i}`,
      capacity: Math.floor(seats / 3),
      free: Math.floor(seats / 4),
    })),
    sections: [],
    taken: ids.filter((_, i) => i % 7 === 0),
    allocations: [],
    accessibleReleased: false,
  } as unknown as AvailabilityView;
}
