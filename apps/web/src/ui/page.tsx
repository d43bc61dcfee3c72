// What every page shares: its title, where focus goes when it appears, and the states before its content is there.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../language/language.ts';

/** The title in the tab. */
export function useTitle(title: string): void {
  drawnTitle = title === '' ? 'Onsale' : `${title} · Onsale`;
  const full = drawnTitle;
  useEffect(() => {
    document.title = full;
  }, [full]);
}

let drawnTitle = 'Onsale';

/** The title of what was drawn last, for the page server: there no effect runs. */
export const titleDrawn = (): string => drawnTitle;

/** The page's heading; takes focus when the page (or a new step of it) appears, so that keyboard and reader follow. */
export function Heading({ children, className }: { children: ComponentChildren; className?: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 ref={heading} tabIndex={-1} class={className}>
      {children}
    </h1>
  );
}

export function Loading() {
  return (
    <div class="loading" role="status">
      <span class="loading-dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span class="sr-only">{t('page.loading')}</span>
    </div>
  );
}

/** A page that is only a message: what happened, what it means, where to go on. */
export function MessagePage(props: { title: string; text: string; children?: ComponentChildren }) {
  useTitle(props.title);
  return (
    <section class="message-page">
      <Arcs />
      <Heading>{props.title}</Heading>
      <p class="lead">{props.text}</p>
      {props.children && <div class="actions">{props.children}</div>}
    </section>
  );
}

export function NotFoundPage() {
  return (
    <MessagePage title={t('notFound.title')} text={t('notFound.text')}>
      <a class="button primary" href="/">
        {t('notFound.toEvents')}
      </a>
    </MessagePage>
  );
}

/** When a page's first answer did not come: the banner says why, this offers the way on. */
export function UnreachablePage({ retry }: { retry: () => void }) {
  return (
    <MessagePage title={t('connection.lost')} text={t('connection.safe')}>
      <button type="button" class="button primary" onClick={retry}>
        {t('page.retry')}
      </button>
    </MessagePage>
  );
}

function Arcs() {
  return (
    <svg class="arcs" viewBox="0 0 160 84" aria-hidden="true">
      <path d="M10 78a70 70 0 0 1 140 0" />
      <path d="M32 78a48 48 0 0 1 96 0" />
      <path d="M54 78a26 26 0 0 1 52 0" />
      <circle cx="80" cy="76" r="6" />
    </svg>
  );
}
