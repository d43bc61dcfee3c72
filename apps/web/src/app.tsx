// The frame of every page: the way home, one's own bookings, the language; and the page itself.
import { Component, type ComponentChildren, Fragment } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from './language/language.ts';
import { LanguageChoice } from './language/language-choice.tsx';
import { findPage, type Page, type PageRoute } from './page-routes.tsx';
import { useAddress } from './routing/location.ts';
import type { RouteParams } from './routing/match-route.ts';
import { ConnectionBanner } from './ui/connection-banner.tsx';
import { Loading, MessagePage, NotFoundPage } from './ui/page.tsx';

/** `children` stands in place of the page at the address: what the page server says of itself. */
export function App({ children }: { children?: ComponentChildren }) {
  const { path } = useAddress();
  const [drawn, setDrawn] = useState(0);
  return (
    <Fragment key={drawn}>
      <a class="skip" href="#main">
        {t('page.skip')}
      </a>
      <header class="top">
        <a class="brand" href="/">
          <BrandMark />
          Onsale
        </a>
        {!path.startsWith('/staff') && (
          <a class="top-link" href="/bookings">
            {t('page.bookings')}
          </a>
        )}
      </header>
      <ConnectionBanner />
      <main id="main" tabIndex={-1}>
        {children ?? (
          <Mishap key={path}>
            <CurrentPage path={path} />
          </Mishap>
        )}
      </main>
      <footer class="foot">
        <p>{t('page.foot')}</p>
        <LanguageChoice changed={() => setDrawn(drawn + 1)} />
      </footer>
    </Fragment>
  );
}

function CurrentPage({ path }: { path: string }) {
  const found = findPage(path);
  if (found === null) return <NotFoundPage />;
  const { route, params } = found;
  return 'page' in route ? route.page(params) : <LazyPage key={route.pattern} load={route.load} params={params} />;
}

type LazyProps = { load: Extract<PageRoute, { load: unknown }>['load']; params: RouteParams };

function LazyPage({ load, params }: LazyProps) {
  const [page, setPage] = useState<{ render: Page } | 'failed' | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    load().then(
      (render) => setPage({ render }),
      () => setPage('failed'),
    );
  }, [round]);
  if (page === null) return <Loading />;
  if (page !== 'failed') return page.render(params);
  return (
    <MessagePage title={t('connection.lost')} text={t('connection.safe')}>
      <button type="button" class="button primary" onClick={() => setRound(round + 1)}>
        {t('page.retry')}
      </button>
    </MessagePage>
  );
}

/** A fault of ours must not leave a blank page in front of a fan who waits. */
class Mishap extends Component<{ children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };
  static override getDerivedStateFromError = () => ({ broken: true });
  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <MessagePage title={t('page.broken')} text={t('page.brokenText')}>
        <button type="button" class="button primary" onClick={() => location.reload()}>
          {t('page.reload')}
        </button>
      </MessagePage>
    );
  }
}

function BrandMark() {
  return (
    <svg viewBox="0 0 32 20" aria-hidden="true">
      <path d="M3 17a13 13 0 0 1 26 0" />
      <path d="M9.5 17a6.5 6.5 0 0 1 13 0" />
      <circle cx="16" cy="16.5" r="2.6" />
    </svg>
  );
}
