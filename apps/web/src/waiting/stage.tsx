// The dark panel at the top of the waiting pages: the house lights are down, one thing is said.
import type { ComponentChildren } from 'preact';
import { Heading } from '../ui/page.tsx';
import type { ScreenProps } from './waiting-page.tsx';

export function Stage(props: { over: string; title: string; children?: ComponentChildren; tone?: 'called' | 'dim' }) {
  return (
    <section class={`stage ${props.tone ? `stage-${props.tone}` : ''}`}>
      <p class="stage-over">
        <bdi>{props.over}</bdi>
      </p>
      <Heading className="stage-title">{props.title}</Heading>
      {props.children}
    </section>
  );
}

/** What the panel names above its title: the event, or the sale while the event is not known. */
export const nameOf = ({ event, standing }: ScreenProps): string => event?.title ?? standing.sale.name;

export const zoneOf = ({ event }: ScreenProps): string | undefined => event?.venue.timeZone;
