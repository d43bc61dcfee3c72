// Lays the 1,229 seats of Sibelius Hall out as a seating plan. The counts per row are facts; the coordinates are ours:
// stage on top, the stalls' first eighteen rows curved towards it, rows 19 to 23 as a horseshoe round them, boxes at
// the sides, two balconies round the house, the organ balcony behind the stage.
import type { SeatingPlan } from '@onsale/contracts';
import type { CategoryId, SeatId } from '@onsale/domain';
import { type RowFacts, sibeliusHallRows, type Zone, zoneNames } from './facts.ts';
import { circleArc, horseshoe, type Path, straightDown } from './path.ts';

/** Distance between neighbours in a row, and the middle aisle; one unit is about 2.5 cm. */
const SEAT_PITCH = 20;
const AISLE = 28;
const ROW_PITCH = 30;
const BALCONY_ROW_PITCH = 32;
const WIDTH = 1400;
const HEIGHT = 1600;
/** The middle of the stage's front edge, in plan coordinates; the layout below is relative to it. */
const STAGE = { x: WIDTH / 2, y: 320 };

export const sibeliusHallCategories = { premium: 'premium', standard: 'standard', value: 'value' } as const;

export function sibeliusHallPlan(): SeatingPlan {
  const zones = [...new Set(sibeliusHallRows.map(({ zone }) => zone))];
  return {
    width: WIDTH,
    height: HEIGHT,
    focus: { x: STAGE.x, y: STAGE.y - 40 },
    sections: zones.map((zone) => ({
      id: zone,
      name: zoneNames[zone],
      rows: sibeliusHallRows.filter((row) => row.zone === zone).map(layOutRow),
    })),
  };
}

type Row = SeatingPlan['sections'][number]['rows'][number];

function layOutRow(facts: RowFacts): Row {
  const path = pathOf(facts);
  const categoryId = categoryOf(facts) as string as CategoryId;
  const seats = Array.from({ length: facts.last - facts.first + 1 }, (_, i) => {
    const number = facts.first + i;
    const point = path(distanceFromMiddle(facts, number));
    return {
      id: `s-${number}` as SeatId,
      label: String(number),
      x: roundTenth(STAGE.x + point.x),
      y: roundTenth(STAGE.y + point.y),
      categoryId,
    };
  });
  return { id: `${facts.zone}-${facts.row}`, label: facts.row === 0 ? '' : String(facts.row), seats };
}

/** Rows with a known division leave the aisle in the middle; the others stand centred without a gap. */
function distanceFromMiddle({ first, last, leftLast }: RowFacts, number: number): number {
  if (leftLast === null) return (number - (first + last) / 2) * SEAT_PITCH;
  return number <= leftLast
    ? -AISLE / 2 - (leftLast - number + 0.5) * SEAT_PITCH
    : AISLE / 2 + (number - leftLast - 0.5) * SEAT_PITCH;
}

const LAST_CURVED_ROW = 18;
const FIRST_BALCONY_DEPTHS = [200, 232, 264, 300];

function pathOf({ zone, row }: RowFacts): Path {
  switch (zone) {
    case 'box-left':
      return straightDown({ x: -480, middleY: 190 });
    case 'box-right':
      return straightDown({ x: 480, middleY: 190 });
    case 'stalls': {
      if (row <= LAST_CURVED_ROW) return circleArc({ centreY: -700, middleY: 120 + (row - 1) * ROW_PITCH });
      const behind = (row - LAST_CURVED_ROW - 1) * ROW_PITCH;
      return horseshoe({ halfWidth: 365 + behind, depth: 425 + behind, y: 265 });
    }
    case 'first-balcony':
      return horseshoe({ halfWidth: 560 + (row - 1) * 12, depth: FIRST_BALCONY_DEPTHS[row - 1] ?? 0, y: 700 });
    case 'second-balcony': {
      const behind = (row - 1) * BALCONY_ROW_PITCH;
      return horseshoe({ halfWidth: 660 + behind, depth: 400 + behind, y: 700 });
    }
    case 'organ-balcony': {
      const behind = (row - 1) * BALCONY_ROW_PITCH;
      return horseshoe({ halfWidth: 480 + behind, depth: -260 - behind, y: 0 });
    }
  }
}

function categoryOf({ zone, row }: RowFacts): keyof typeof sibeliusHallCategories {
  const premiumZones: readonly Zone[] = ['box-left', 'box-right'];
  if (premiumZones.includes(zone) || (zone === 'stalls' && row <= LAST_CURVED_ROW)) return 'premium';
  if (zone === 'stalls' || (zone === 'first-balcony' && row === 1)) return 'standard';
  return 'value';
}

function roundTenth(value: number): number {
  return Math.round(value * 10) / 10;
}
