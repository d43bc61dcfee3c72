// A row of seats is laid along a path that is symmetric about the hall's middle line: distances are measured along it
// from the middle, negative to the left (seen from the seats in front of the stage).

export type Point = { readonly x: number; readonly y: number };
export type Path = (distance: number) => Point;

const STEP = 1;
const LONGEST = 4000;

/** An arc of a circle round (0, centreY) whose middle point is (0, middleY). */
export function circleArc({ centreY, middleY }: { readonly centreY: number; readonly middleY: number }): Path {
  const radius = middleY - centreY;
  return (distance) => ({
    x: radius * Math.sin(distance / radius),
    y: centreY + radius * Math.cos(distance / radius),
  });
}

export type HorseshoeShape = {
  /** Half the distance between the arms. */
  readonly halfWidth: number;
  /** How far the bend reaches beyond the ends of the arms; negative bends upwards. */
  readonly depth: number;
  /** Where the arms meet the bend. */
  readonly y: number;
};

/** Half an ellipse, going on as straight arms. Walked in small steps: an ellipse's length has no closed form. */
export function horseshoe({ halfWidth, depth, y }: HorseshoeShape): Path {
  const rightHalf = [{ x: 0, y: y + depth }];
  const steps = 20_000;
  let last = { x: 0, y: y + depth };
  let sinceLast = 0;
  for (let i = 1; i <= steps; i++) {
    const angle = ((i / steps) * Math.PI) / 2;
    const next = { x: halfWidth * Math.sin(angle), y: y + depth * Math.cos(angle) };
    sinceLast += Math.hypot(next.x - last.x, next.y - last.y);
    last = next;
    if (sinceLast >= STEP) {
      rightHalf.push(next);
      sinceLast -= STEP;
    }
  }
  for (let along = STEP; along < LONGEST; along += STEP) {
    rightHalf.push({ x: halfWidth, y: y - Math.sign(depth) * along });
  }
  return (distance) => {
    const nearest = rightHalf[Math.round(Math.abs(distance) / STEP)];
    if (nearest === undefined) throw new RangeError('the row is longer than its path');
    return { x: Math.sign(distance) * nearest.x, y: nearest.y };
  };
}

/** A straight line from top to bottom at this x, its middle at `middleY`. */
export function straightDown({ x, middleY }: { readonly x: number; readonly middleY: number }): Path {
  return (distance) => ({ x, y: middleY + distance });
}
