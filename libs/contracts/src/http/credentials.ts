// Where credentials travel. Programs send `Authorization`, browsers an HttpOnly cookie.
import type { SaleId } from '@onsale/domain';

export const FAN_COOKIE = 'onsale_fan';
export const STAFF_COOKIE = 'onsale_staff';
export const CSRF_HEADER = 'x-csrf-token';

/** One place and one pass per sale: their cookies bear the sale in their name. */
export const placeCookie = (saleId: SaleId): string => `onsale_place_${saleId}`;
export const passCookie = (saleId: SaleId): string => `onsale_pass_${saleId}`;
