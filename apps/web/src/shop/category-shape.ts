// Every category has a shape beside its colour, so that colour alone never tells them apart.

export const shapes = ['circle', 'square', 'diamond', 'triangle', 'hexagon', 'pill'] as const;
export type Shape = (typeof shapes)[number];

export const shapeOf = (categoryPosition: number): Shape => shapes[categoryPosition % shapes.length] ?? 'circle';

/** The corners of a shape around the origin, for radius 1; null for the round one. All shapes cover about equal area. */
export const corners: Record<Shape, readonly (readonly [number, number])[] | null> = {
  circle: null,
  square: polygon(4, 1.14, 45),
  diamond: polygon(4, 1.2, 0),
  triangle: polygon(3, 1.3, -90).map(([x, y]) => [x, y + 0.18] as const),
  hexagon: polygon(6, 1.08, 30),
  pill: [
    [-1.15, -0.62],
    [1.15, -0.62],
    [1.15, 0.62],
    [-1.15, 0.62],
  ],
};

/** The same shape as an SVG path, for legends and lists. */
export function shapePath(shape: Shape, radius: number): string {
  const points = corners[shape];
  if (points === null)
    return `M${-radius} 0a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;
  return `M${points.map(([x, y]) => `${(x * radius).toFixed(2)} ${(y * radius).toFixed(2)}`).join('L')}z`;
}

function polygon(count: number, radius: number, turnDegrees: number): [number, number][] {
  return Array.from({ length: count }, (_, i) => {
    const radians = ((turnDegrees + (360 * i) / count) * Math.PI) / 180;
    return [radius * Math.cos(radians), radius * Math.sin(radians)];
  });
}
