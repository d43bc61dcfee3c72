// Spreads the partitions over the workers: whoever is the active consumer of more than its share steps back from one,
// between two batches, and the next in the broker's line takes it over.

export type SharedConsumer = {
  readonly isActive: boolean;
  stepBack(): Promise<void>;
};

/** One step back at most in a run: the next run sees what became of it. `workers`: alive now, this one among them. */
export async function sharePartitions(
  consumers: readonly SharedConsumer[],
  workers: number,
): Promise<'kept' | 'stepped back'> {
  const active = consumers.filter(({ isActive }) => isActive);
  if (workers < 2 || active.length <= Math.ceil(consumers.length / workers)) return 'kept';
  await active.at(-1)?.stepBack();
  return 'stepped back';
}
