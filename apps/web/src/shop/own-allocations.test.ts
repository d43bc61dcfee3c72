import type { AvailabilityEvent, AvailabilityView } from '@onsale/contracts';
import { availabilityOf, withEvent } from './availability.ts';

const view = {
  taken: ['1', '2', '3'],
  categories: [
    { categoryId: 'a', capacity: 10, free: 4 },
    { categoryId: 'g', capacity: 10, free: 0 },
  ],
  allocations: [
    {
      audience: { kind: 'code_set', codeSetId: 'friends' },
      seatIds: ['1'],
      places: [{ categoryId: 'g', free: 3 }],
    },
    { audience: { kind: 'channel', channel: 'box_office' }, seatIds: ['2'], places: [] },
    { audience: { kind: 'code', codeId: 'friends.7' }, seatIds: ['3'], places: [{ categoryId: 'g', free: 1 }] },
  ],
} as unknown as AvailabilityView;
const passOf = (claims: object) => `head.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
const friend = passOf({ code: { codeSetId: 'friends', codeId: 'friends.1' } });
const looker = (pass: string) => ({ pass, categoryOf: () => 'a' });
const shown = ({ taken, free }: ReturnType<typeof availabilityOf>) => ({
  taken: [...taken].sort(),
  seats: free.get('a'),
  places: free.get('g'),
});
const seen = (pass: string) => shown(availabilityOf(view, looker(pass)));

test('what is kept for a fan’s code, set of codes or channel is free to that fan alone', () => {
  for (const pass of [passOf({}), 'no pass']) {
    expect(seen(pass)).toEqual({ taken: ['1', '2', '3'], seats: 4, places: 0 });
  }
  expect(seen(friend)).toEqual({ taken: ['2', '3'], seats: 5, places: 3 });
  const two = passOf({ code: { codeSetId: 'friends', codeId: 'friends.7' } });
  expect(seen(two)).toEqual({ taken: ['2'], seats: 6, places: 4 });
  expect(seen(passOf({ channel: 'box_office' }))).toEqual({ taken: ['1', '3'], seats: 5, places: 0 });
});

/** Seat 1 is sold, 4 and 5 are blocked for the friends and 6 comes back to them, a place of theirs is taken. */
const event = {
  ...{ performanceId: 'p', since: 3, version: 4 },
  taken: ['1', '4', '5', '6'],
  released: [],
  free: [
    { categoryId: 'a', free: 2 },
    { categoryId: 'g', free: 0 },
  ],
  allocated: [
    {
      audience: { codeSetId: 'friends', kind: 'code_set' },
      seatIds: ['4', '5', '6'],
      free: [
        { categoryId: 'a', free: 3 },
        { categoryId: 'g', free: 2 },
      ],
    },
  ],
} as unknown as AvailabilityEvent;
const after = (pass: string) => {
  const known = availabilityOf({ ...view, version: 3, taken: [...view.taken, '6'] } as AvailabilityView, looker(pass));
  return shown(withEvent(known, event, looker(pass)) ?? known);
};

test('an event tells the fan of an allocation what changed in it, and all others that those seats are taken', () => {
  expect(after(passOf({}))).toEqual({ taken: ['1', '2', '3', '4', '5', '6'], seats: 2, places: 0 });
  expect(after(friend)).toEqual({ taken: ['1', '2', '3'], seats: 5, places: 2 });
  // What the other of a fan's allocations keeps is not in the event, and stays.
  const two = passOf({ code: { codeSetId: 'friends', codeId: 'friends.7' } });
  expect(after(two)).toEqual({ taken: ['1', '2'], seats: 6, places: 3 });
});
