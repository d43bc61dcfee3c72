export { applyChanges, type StockChange } from './apply-changes/apply-changes.ts';
export type { CategoryCount } from './category-count.ts';
export { connectShop, type ShopRedis } from './connect-shop.ts';
export { type Projection, readProjection, readProjectionVersion } from './read-projection.ts';
export { replaceProjection } from './replace/replace.ts';
export { type SeatIndex, seatIndexOf } from './seat-index.ts';
export { forgetWaiting, noteWaiting, readWaiting, type WaitingRequest } from './waiting-requests.ts';
