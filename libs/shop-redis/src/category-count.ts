// The counts of a category as the projection keeps them: five numbers in one field.
export type CategoryCount = {
  readonly capacity: number;
  readonly held: number;
  readonly heldOfPool: number;
  readonly blocked: number;
  readonly free: number;
};

export function encodeCount({ capacity, held, heldOfPool, blocked, free }: CategoryCount): string {
  return [capacity, held, heldOfPool, blocked, free].join(' ');
}

/** Null for what was not written by us. */
export function decodeCount(text: string): CategoryCount | null {
  const numbers = text.split(' ').map(Number);
  const [capacity = 0, held = 0, heldOfPool = 0, blocked = 0, free = 0] = numbers;
  return numbers.length === 5 && numbers.every(Number.isInteger) ? { capacity, held, heldOfPool, blocked, free } : null;
}
