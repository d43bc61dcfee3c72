import type { AvailabilityView } from '@onsale/contracts';
import { withOwnAllocations } from './own-allocations.ts';

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
const seen = (pass: string) => {
  const { taken, categories } = withOwnAllocations(view, pass);
  return { taken, places: categories.find(({ categoryId }) => categoryId === 'g')?.free };
};

test('what is kept for a fan’s code, set of codes or channel is free to that fan alone', () => {
  expect(seen(passOf({}))).toEqual({ taken: ['1', '2', '3'], places: 0 });
  expect(seen('no pass')).toEqual({ taken: ['1', '2', '3'], places: 0 });
  expect(seen(passOf({ code: { codeSetId: 'friends', codeId: 'friends.1' } }))).toEqual({
    taken: ['2', '3'],
    places: 3,
  });
  expect(seen(passOf({ code: { codeSetId: 'friends', codeId: 'friends.7' } }))).toEqual({ taken: ['2'], places: 4 });
  expect(seen(passOf({ channel: 'box_office' }))).toEqual({ taken: ['1', '3'], places: 0 });
});
