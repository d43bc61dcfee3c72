// What a fan may do with a place beside waiting: let others go first, move it to another device, come past the line with
// the link of staff.
import { DEFER_MINUTES_MAX } from '@onsale/domain';
import { z } from 'zod';
import { saleId, timestamp } from '../scalars.ts';
import { joinedView, passView, placeView } from './fan.ts';
import { defineRoute } from './route.ts';

export const deferBody = z.strictObject({ minutes: z.int().min(1).max(DEFER_MINUTES_MAX) });
export type DeferBody = z.infer<typeof deferBody>;

/** A link that moves the place to another device, once; `url` holds the token after its `#`. */
export const moveLinkView = z.strictObject({ moveToken: z.string(), url: z.string(), expiresAt: timestamp });
export type MoveLinkView = z.infer<typeof moveLinkView>;
export const takeOverBody = z.strictObject({ moveToken: z.string().min(1).max(512) });
export type TakeOverBody = z.infer<typeof takeOverBody>;

export const bypassBody = z.strictObject({ code: z.string().min(1).max(64) });
export type BypassBody = z.infer<typeof bypassBody>;
export const bypassPass = passView.extend({ fanToken: z.string() });
export type BypassPass = z.infer<typeof bypassPass>;

const saleParams = z.strictObject({ saleId });

export const placeRoutes = {
  deferPlace: defineRoute({
    id: 'deferPlace',
    method: 'post',
    path: '/api/v1/sales/{saleId}/place/defer',
    app: 'waiting-room',
    credential: 'place',
    summary: 'Let others go first for some minutes: called next after them, never earlier than without.',
    params: saleParams,
    body: deferBody,
    replies: { 200: placeView },
    errors: ['not_found', 'unauthenticated', 'place_gone', 'place_moved', 'conflict', 'rule_violated', 'sale_not_open'],
  }),
  endDeferral: defineRoute({
    id: 'endDeferral',
    method: 'delete',
    path: '/api/v1/sales/{saleId}/place/defer',
    app: 'waiting-room',
    credential: 'place',
    summary: 'I am back before the minutes are over.',
    params: saleParams,
    replies: { 200: placeView },
    errors: ['not_found', 'unauthenticated', 'place_gone', 'place_moved', 'conflict', 'sale_not_open'],
  }),
  sayAway: defineRoute({
    id: 'sayAway',
    method: 'post',
    path: '/api/v1/sales/{saleId}/place/away',
    app: 'waiting-room',
    credential: 'place',
    summary: 'The page was closed: forgive no more silence than a reload takes. The place stays; a check-in undoes it.',
    params: saleParams,
    body: z.strictObject({}),
    replies: { 204: null },
    errors: ['not_found', 'unauthenticated', 'unavailable'],
  }),
  makeMoveLink: defineRoute({
    id: 'makeMoveLink',
    method: 'post',
    path: '/api/v1/sales/{saleId}/place/move-link',
    app: 'waiting-room',
    credential: 'place',
    summary: 'A link that moves my place to another device; good for a few minutes and once.',
    params: saleParams,
    replies: { 200: moveLinkView },
    errors: ['not_found', 'unauthenticated', 'place_gone', 'place_moved', 'unavailable'],
  }),
  takeOverPlace: defineRoute({
    id: 'takeOverPlace',
    method: 'post',
    path: '/api/v1/sales/{saleId}/place/take-over',
    app: 'waiting-room',
    credential: 'none',
    summary: 'Take a place over with its link: it is on this device now, under the identity it was taken with.',
    params: saleParams,
    body: takeOverBody,
    replies: { 200: joinedView },
    errors: ['not_found', 'move_link_invalid', 'place_gone', 'conflict', 'unavailable'],
  }),
  takeBackPlace: defineRoute({
    id: 'takeBackPlace',
    method: 'post',
    path: '/api/v1/sales/{saleId}/place/take-back',
    app: 'waiting-room',
    credential: 'place',
    summary: 'Take back a place that moved to another device; shown with the place token it had here.',
    params: saleParams,
    replies: { 200: joinedView },
    errors: ['not_found', 'unauthenticated', 'place_gone', 'conflict', 'unavailable'],
  }),
  comePast: defineRoute({
    id: 'comePast',
    method: 'post',
    path: '/api/v1/sales/{saleId}/bypass',
    app: 'waiting-room',
    credential: 'fan_optional',
    summary: 'Come in past the line with a bypass link of staff: the pass at once, one person for each link.',
    accepts: ['idempotency-key'],
    params: saleParams,
    body: bypassBody,
    replies: { 200: bypassPass },
    errors: ['not_found', 'sale_not_open', 'code_invalid', 'code_used', 'unavailable'],
  }),
} as const;
