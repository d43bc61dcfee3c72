import { matchRoute } from './match-route.ts';

test('a pattern gives its parameters back', () => {
  expect(matchRoute('/sales/:saleId/shop/:performanceId', '/sales/s1/shop/p%201/')).toEqual({
    saleId: 's1',
    performanceId: 'p 1',
  });
  expect(matchRoute('/', '/')).toEqual({});
});

test('another path does not fit', () => {
  expect(matchRoute('/events/:slug', '/events')).toBeNull();
  expect(matchRoute('/events/:slug', '/event/x')).toBeNull();
});

test('a broken escape is taken as it stands', () => {
  expect(matchRoute('/events/:slug', '/events/%E0%A4%A')).toEqual({ slug: '%E0%A4%A' });
});
