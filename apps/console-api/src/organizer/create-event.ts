// A new event, published at once.
import { type Actor, type Mongo, publishEvent } from '@onsale/booking-mongo';
import type { newEvent } from '@onsale/contracts';
import { type EventId, themeFaults } from '@onsale/domain';
import type { z } from 'zod';
import { refuse } from '../errors.ts';
import { newId } from '../new-id.ts';

/** Refuses with conflict when the slug is taken, rule_violated for a time zone that does not exist or a theme nobody could read. */
export async function createEvent(
  { mongo }: { readonly mongo: Mongo },
  { event, actor }: { readonly event: z.infer<typeof newEvent>; readonly actor: Actor },
): Promise<EventId> {
  if (!isTimeZone(event.venue.timeZone)) {
    refuse('rule_violated', { fields: [{ field: 'venue.timeZone', message: 'not a time zone of the IANA database' }] });
  }
  const { theme = null, ...rest } = event;
  const faults = theme === null ? [] : themeFaults(theme);
  if (faults.length > 0) refuse('rule_violated', { fields: faults });
  const _id = newId<EventId>('evt');
  const outcome = await publishEvent(mongo, { _id, ...rest, theme, published: true, createdAt: actor.at }, actor);
  if (outcome === 'slug_taken') refuse('conflict', { detail: `There is an event at ${event.slug} already.` });
  return _id;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}
