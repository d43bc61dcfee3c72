// Deliberate faults around the engine: the projection of availability, the monitor of stuck requests, the consumer.
const worker = 'apps/booking-worker/src';
const store = 'libs/booking-mongo/src/bookings';

export const faultsAround = [
  {
    what: 'the version after a commit is not that of the commit',
    file: `${store}/commit-decisions.ts`,
    from: 'to: from + moved.length,',
    to: 'to: from + moved.length + 1,',
  },
  {
    what: 'changes that are missing are not noticed by the projection',
    file: 'libs/shop-redis/src/apply-changes/apply-changes.lua',
    from: "if version ~= ARGV[2] then return 'gap' end",
    to: '',
  },
  {
    what: 'the projection goes back to what was read before',
    file: 'libs/shop-redis/src/replace/replace.lua',
    from: "if version and tonumber(version) > tonumber(ARGV[2]) then return 'newer' end",
    to: '',
  },
  {
    what: "another worker's commits in between are passed over",
    file: `${worker}/tell-results/availability-teller.ts`,
    from: 'from: known?.to === from ? known.from : from,',
    to: 'from: known?.from ?? from,',
  },
  {
    what: 'a gap of the projection is left open',
    file: `${worker}/tell-results/project-availability.ts`,
    from: "if (applied !== 'gap') return deps.onDone(applied);",
    to: "return deps.onDone(applied === 'gap' ? 'failed' : applied);",
  },
  {
    what: 'a difference of the projection is never mended',
    file: 'apps/jobs/src/reconcile-availability/reconcile-availability.ts',
    from: "shown.version === truth.version && !isEqual(shown, truth) ? 'wrong' : null;",
    to: "shown.version > truth.version && !isEqual(shown, truth) ? 'wrong' : null;",
  },
  {
    what: 'commands are published again although they wait in their queue',
    file: 'apps/jobs/src/find-stuck-requests/find-stuck-requests.ts',
    from: "if (reason !== 'not_in_its_queue' || deps.now()",
    to: 'if (deps.now()',
  },
  {
    what: 'a batch is acknowledged before its effect',
    file: 'libs/messaging-rabbitmq/src/batch-consumer.ts',
    from: 'const handled = await handling;',
    to: 'this.#channel.ack(last, true);\n      const handled = await handling;',
  },
];
