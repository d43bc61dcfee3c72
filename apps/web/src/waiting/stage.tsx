// The dark panel at the top of the waiting pages: the house lights are down, one thing is said. Where there is a stub beyond
// the perforation the panel is a ticket: what is to come on the one side, one's own place in the hall on the other.
import type { ComponentChildren } from 'preact';
import { t } from '../language/language.ts';
import { Heading } from '../ui/page.tsx';
import { ShieldIcon } from './icons.tsx';
import type { ScreenProps } from './waiting-page.tsx';

type StageProps = {
  over: string;
  title: string;
  children?: ComponentChildren;
  stub?: ComponentChildren;
  tone?: 'called' | 'dim';
};

export function Stage({ over, title, children, stub, tone }: StageProps) {
  return (
    <section class={`stage ${stub ? 'stage-ticket' : ''} ${tone ? `stage-${tone}` : ''}`}>
      <div class="stage-main">
        <p class="stage-over">
          <bdi>{over}</bdi>
        </p>
        <Heading className="stage-title">{title}</Heading>
        {children}
      </div>
      {stub && <div class="stage-stub">{stub}</div>}
    </section>
  );
}

/** Printed on the stub of everybody who has a place. */
export function SafeStamp({ children }: { children?: ComponentChildren }) {
  return (
    <div class="stamp">
      {children}
      <p class="stamp-safe">
        <ShieldIcon /> {t('safe.title')}
      </p>
    </div>
  );
}

/** What the panel names above its title: the event, or the sale while the event is not known. */
export const nameOf = ({ event, standing }: ScreenProps): string => event?.title ?? standing.sale.name;

export const zoneOf = ({ event }: ScreenProps): string | undefined => event?.venue.timeZone;
