import {
  bookingCommand,
  bookingCommandExamples,
  bookingTopology,
  httpRoutes,
  openApiDocument,
  partitionOf,
} from './index.ts';

test('every booking command has an example that parses', () => {
  for (const [type, example] of Object.entries(bookingCommandExamples)) {
    expect(bookingCommand.parse(example).type).toBe(type);
  }
});

test('an unknown field of a command is refused', () => {
  expect(bookingCommand.safeParse({ ...bookingCommandExamples.expire, surprise: 1 }).success).toBe(false);
});

test('route ids are unique and every route is in the OpenAPI document', () => {
  expect(new Set(httpRoutes.map(({ id }) => id)).size).toBe(httpRoutes.length);
  const { paths } = openApiDocument('1') as { paths: Record<string, Record<string, { operationId: string }>> };
  for (const route of httpRoutes) expect(paths[route.path]?.[route.method]?.operationId).toBe(route.id);
});

test('every consumed queue has a delivery limit and a bound dead letter', () => {
  const { queues } = bookingTopology(4);
  const bound = new Set(queues.flatMap(({ bindings }) => bindings.map(({ exchange }) => exchange)));
  for (const queue of queues.filter(({ name }) => name.startsWith('booking.commands.'))) {
    expect(queue.arguments['x-delivery-limit']).toBeGreaterThan(0);
    expect(bound.has(String(queue.arguments['x-dead-letter-exchange']))).toBe(true);
  }
});

test('partitions spread performances evenly enough', () => {
  const counts = new Array<number>(8).fill(0);
  for (let i = 0; i < 8000; i++) {
    const partition = partitionOf(`perf-${i}`, 8);
    counts[partition] = (counts[partition] ?? 0) + 1;
  }
  for (const count of counts) expect(count).toBeGreaterThan(700);
});
