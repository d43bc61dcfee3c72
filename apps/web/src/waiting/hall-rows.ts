// The picture of the line: a hall seen from above, its seats in rows around the stage. Seats light up from the back row
// to the front as the people before a fan are called; the fan's own dot stands where the light ends.

export type Dot = { readonly x: number; readonly y: number };

const ROWS = 8;
const FIRST_RADIUS = 44;
const ROW_STEP = 15.5;
const SEAT_STEP = 13.5;
const SPREAD_DEGREES = 152;

/** All seats, from the far end of the last row to the seat nearest the stage. The origin is the stage, y points down. */
export const hallDots: readonly Dot[] = Array.from({ length: ROWS }, (_, i) => rowDots(ROWS - 1 - i)).flat();

function rowDots(row: number): Dot[] {
  const radius = FIRST_RADIUS + row * ROW_STEP;
  const count = Math.round(((SPREAD_DEGREES / 180) * Math.PI * radius) / SEAT_STEP);
  const dots = Array.from({ length: count }, (_, i) => {
    const degrees = 270 - SPREAD_DEGREES / 2 + (SPREAD_DEGREES * i) / (count - 1);
    const radians = (degrees * Math.PI) / 180;
    return { x: radius * Math.cos(radians), y: radius * Math.sin(radians) };
  });
  // Every second row runs back, so that the light walks through the hall without jumping across it.
  return row % 2 === 0 ? dots : dots.reverse();
}

/** Which seat is the fan's at this progress (0…1): all before it are lit. */
export const dotAt = (progress: number): number =>
  Math.min(hallDots.length - 1, Math.max(0, Math.floor(progress * hallDots.length)));
