// Deliberate faults around the engine: the projection of availability, the monitor of stuck requests, the consumer,
// who is at fault in a batch, the auditor, the edge.
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
  {
    what: 'those behind a named culprit are dropped',
    file: `${worker}/decide-batch/decide-batch.ts`,
    from: '[together(0, at), alone(culprit), together(at + 1)]',
    to: '[together(0, at), alone(culprit)]',
  },
  {
    what: 'another than the named command is taken for the culprit',
    file: `${worker}/decide-batch/decide-batch.ts`,
    from: 'command.bookingId === error.owner',
    to: 'command.bookingId !== error.owner',
  },
  {
    what: 'the auditor does not look at claims',
    file: 'libs/booking-mongo/src/audit/audit.ts',
    from: 'faultsIn: claimsWithoutBooking,',
    to: 'faultsIn: () => [],',
  },
  {
    what: 'the auditor lets money be kept for nothing',
    file: 'libs/booking-mongo/src/audit/money-rules.ts',
    from: 'const isBack = refunded === amount.amount;',
    to: 'const isBack = refunded <= amount.amount;',
  },
  {
    what: 'a used key takes another body',
    file: 'apps/booking-api/src/request-booking/request-booking.ts',
    from: "if (knownHash !== null && knownHash !== hash) return { kind: 'key_reused' };",
    to: '',
  },
  {
    what: 'a request under way counts as accepted',
    file: 'apps/booking-api/src/request-booking/request-booking.ts',
    from: "if (recent?.state === 'running') return { kind: 'still_running' };",
    to: '',
  },
  {
    what: 'a request that the broker did not confirm is remembered',
    file: 'apps/booking-api/src/request-booking/request-booking.ts',
    from: 'deps.recent.forget(bookingId);',
    to: '',
  },
  {
    what: 'a buyer whom no command can name is let in',
    file: 'apps/booking-api/src/credentials.ts',
    from: 'return parsed.success ? parsed.data : null;',
    to: 'return parsed.success ? parsed.data : ({ fanId } as never);',
  },
];
