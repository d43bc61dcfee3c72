import type { SaleId } from '@onsale/domain';
import { createLogger } from '@onsale/runtime';
import { pageHits } from './page-hits.ts';

test('hits are told by sale, once, and only where a safety net is spread', async () => {
  const told: unknown[] = [];
  const hits = pageHits({
    hasSafetyNet: async (saleId) => saleId === 'net',
    add: async (some) => {
      told.push(some);
    },
    logger: createLogger({ app: 'test', level: 'silent' }),
  });
  for (let i = 0; i < 3; i++) hits.hit('net' as SaleId);
  hits.hit('all' as SaleId);
  hits.hit(null);
  await hits.tell();
  await hits.tell();
  expect(told).toEqual([{ saleId: 'net', hits: 3 }]);
});
