import { QUIET_SECONDS, type RoomFacts, switchRoom } from './safety-net.ts';

const net = { mode: 'safety_net', thresholdPerMinute: 600 } as const;
const facts: RoomFacts = { on: false, hitsPerMinute: 0, waiting: 0, quietSeconds: 0 };

test('the room switches on at the threshold, and says why', () => {
  expect(switchRoom({ ...facts, hitsPerMinute: 599 }, net)).toBeNull();
  expect(switchRoom({ ...facts, hitsPerMinute: 600 }, net)).toEqual({
    on: true,
    reason: 'The safety net: 600 page hits per minute, threshold 600.',
  });
});

test('it goes off only after a long quiet time, and not while anybody waits', () => {
  const on = { ...facts, on: true, hitsPerMinute: 299, quietSeconds: QUIET_SECONDS };
  expect(switchRoom(on, net)).toMatchObject({ on: false });
  expect(switchRoom({ ...on, quietSeconds: QUIET_SECONDS - 1 }, net)).toBeNull();
  expect(switchRoom({ ...on, hitsPerMinute: 300 }, net)).toBeNull();
  expect(switchRoom({ ...on, waiting: 1 }, net)).toBeNull();
});

test('at the edge it does not flap: for a whole hour around the threshold it switches once', () => {
  let on = false;
  let switches = 0;
  for (let second = 0; second < 3600; second++) {
    const hitsPerMinute = 600 + (second % 2 === 0 ? 40 : -40);
    const verdict = switchRoom({ ...facts, on, hitsPerMinute }, net);
    if (verdict === null) continue;
    on = verdict.on;
    switches++;
  }
  expect([on, switches]).toEqual([true, 1]);
});

test('queue-all is always on, whatever is measured', () => {
  const all = { mode: 'queue_all', thresholdPerMinute: 600 } as const;
  expect(switchRoom({ ...facts, hitsPerMinute: null }, all)).toMatchObject({ on: true });
  expect(switchRoom({ ...facts, on: true, quietSeconds: 1e6 }, all)).toBeNull();
});
