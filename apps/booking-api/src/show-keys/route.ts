import { shopRoutes } from '@onsale/contracts';
import type { PassKeys } from '@onsale/pass';
import { bindRoute } from '@onsale/runtime';

export const showKeysRoute = ({ jwks }: Pick<PassKeys, 'jwks'>) =>
  bindRoute(shopRoutes.getKeys, async () => ({
    status: 200,
    body: jwks,
    headers: { 'Cache-Control': 'public, max-age=300' },
  }));
