// An arena's seats for a rehearsal: 25 blocks of 20 rows of 25 seats, 12,500 in all, in two price categories.
import type { SeatingPlan } from '@onsale/contracts';
import type { CategoryId, SeatId } from '@onsale/domain';

const BLOCKS = 25;
const ROWS = 20;
const SEATS = 25;
const PITCH = 20;
const BLOCKS_ABREAST = 5;

export function arenaPlan(): SeatingPlan {
  const block = { width: (SEATS + 2) * PITCH, height: (ROWS + 2) * PITCH };
  const sections = Array.from({ length: BLOCKS }, (_, b) => ({
    id: `block-${b + 1}`,
    name: `Block ${b + 1}`,
    rows: Array.from({ length: ROWS }, (_row, r) => ({
      id: `block-${b + 1}-${r + 1}`,
      label: String(r + 1),
      seats: Array.from({ length: SEATS }, (_seat, s) => ({
        id: `b${b + 1}-${r + 1}-${s + 1}` as SeatId,
        label: String(s + 1),
        x: (b % BLOCKS_ABREAST) * block.width + (s + 1) * PITCH,
        y: Math.floor(b / BLOCKS_ABREAST) * block.height + (r + 1) * PITCH,
        categoryId: (b < 2 * BLOCKS_ABREAST ? 'front' : 'back') as CategoryId,
      })),
    })),
  }));
  const width = BLOCKS_ABREAST * block.width;
  return { width, height: (BLOCKS / BLOCKS_ABREAST) * block.height, focus: { x: width / 2, y: 0 }, sections };
}
