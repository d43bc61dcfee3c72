// The opening of a sale as a calendar file at an address of its own: it works without scripts and can be passed on.
import type { EventView } from '@onsale/contracts';
import { openingOf } from '../events/calendar-file.ts';
import { speak, t, type Words } from '../language/language.ts';
import { matchRoute } from '../routing/match-route.ts';
import type { ApiClient } from './ask-api.ts';

type CalendarDeps = { readonly api: ApiClient; readonly publicUrl: string; now(): number };

/** Null when the path is not that of a calendar file of an event we know. */
export async function calendarOf(
  { api, publicUrl, now }: CalendarDeps,
  { path, words }: { readonly path: string; readonly words: Words },
): Promise<{ readonly headers: Record<string, string>; readonly text: string } | null> {
  const params = path.endsWith('.ics') ? matchRoute('/events/:slug/:file', path) : null;
  if (params === null) return null;
  const event = await api.shared<EventView>('getEvent', { slug: params.slug ?? '' });
  const sale = event.kind === 'ok' ? event.body.sales.find(({ id }) => `${id}.ics` === params.file) : undefined;
  if (event.kind !== 'ok' || sale === undefined) return null;
  speak(words);
  const text = openingOf(
    { event: event.body, sale, origin: publicUrl },
    { title: t('event.calendarTitle', { event: event.body.title }), text: t('event.calendarText') },
    now(),
  );
  if (text === null) return null;
  return {
    text,
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': `attachment; filename="${event.body.slug}.ics"`,
      'Cache-Control': 'public, max-age=60',
      'X-Content-Type-Options': 'nosniff',
    },
  };
}
