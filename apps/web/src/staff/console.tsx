// The frame of the console: who sits there, which sale, and the parts of it that this member may use.
import type { EventView } from '@onsale/contracts';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { fanApi } from '../api/fan-api.ts';
import { staffApi } from '../api/staff-api.ts';
import { t } from '../language/language.ts';
import { Heading, Loading, NotFoundPage, UnreachablePage } from '../ui/page.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { AuditSection } from './audit/audit-section.tsx';
import { BookingsSection } from './bookings/bookings-section.tsx';
import { CodesSection } from './codes/codes-section.tsx';
import { HallsSection } from './halls/halls-section.tsx';
import { ShortcutHelp } from './keys/shortcut-help.tsx';
import { keyOf } from './keys/shortcuts.ts';
import { LiveSection } from './operate/live-section.tsx';
import type { OfSale } from './performances.tsx';
import { PlannerSection } from './planner/planner-section.tsx';
import { RulesSection } from './rules/rules-section.tsx';
import { AllSales } from './sales/all-sales.tsx';
import { markSignedIn } from './signed-in-marker.ts';
import type { ConsoleAddress } from './staff-page.tsx';
import { useSession } from './staff-session.ts';
import { StockSection } from './stock/stock-section.tsx';
import { SystemSection } from './system/system-section.tsx';

/** In the order of the menu. Each is shown to those who may use the route it lives by. */
const sections: readonly {
  readonly name: 'live' | 'codes' | 'stock' | 'rules' | 'bookings' | 'audit';
  readonly needs: string;
  readonly draw: (of: OfSale) => JSX.Element;
}[] = [
  { name: 'live', needs: 'getAdmission', draw: ({ sale }) => <LiveSection sale={sale} /> },
  { name: 'codes', needs: 'listCodeSets', draw: ({ sale }) => <CodesSection sale={sale} /> },
  { name: 'stock', needs: 'listBlocks', draw: (of) => <StockSection {...of} /> },
  { name: 'rules', needs: 'changePerformance', draw: (of) => <RulesSection {...of} /> },
  { name: 'bookings', needs: 'findBookings', draw: (of) => <BookingsSection {...of} /> },
  { name: 'audit', needs: 'listAudit', draw: ({ sale }) => <AuditSection sale={sale} /> },
];

export function Console({ address, signedOut }: { address: ConsoleAddress; signedOut: () => void }) {
  const session = useSession();
  const { asked, again } = useAnswer('events', fanApi.listEvents);
  const leave = async () => {
    await staffApi.signOut(session);
    markSignedIn('out');
    signedOut();
  };
  if (asked.kind === 'loading') return <Loading />;
  if (asked.kind !== 'ok') return <UnreachablePage retry={again} />;
  const all = asked.body.events.flatMap((event) => event.sales.map((sale) => ({ event, sale })));
  const chosen = address.saleId === null ? undefined : all.find(({ sale }) => sale.id === address.saleId);
  if (address.saleId !== null && chosen === undefined) return <NotYetThere again={again} />;
  return (
    <section class="console">
      <header class="console-head">
        <Heading>{chosen === undefined ? t('staff.title') : `${chosen.event.title}, ${chosen.sale.name}`}</Heading>
        <p class="soft">
          {session.email} · {t(`staff.role_${session.role}`)}{' '}
          <button type="button" class="link" onClick={leave}>
            {t('staff.signOut')}
          </button>{' '}
          · <ShortcutHelp />
        </p>
      </header>
      {chosen === undefined ? (
        <House events={asked.body.events} all={all} address={address} />
      ) : (
        <OneSale {...chosen} section={address.section} />
      )}
    </section>
  );
}

const LOOKS = { max: 6, everyMs: 1_000 };

/** The list of events may be some seconds old: a sale that was made just now is looked for a few times. */
function NotYetThere({ again }: { again: () => void }) {
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    if (looks >= LOOKS.max) return;
    const timer = setTimeout(() => {
      again();
      setLooks(looks + 1);
    }, LOOKS.everyMs);
    return () => clearTimeout(timer);
  }, [looks]);
  return looks < LOOKS.max ? <Loading /> : <NotFoundPage />;
}

type OfHouse = { events: readonly EventView[]; all: readonly OfSale[]; address: ConsoleAddress };

/** What belongs to no single sale: the list of all, the halls, what is being planned, and the machinery. */
function House({ events, all, address }: OfHouse) {
  const session = useSession();
  const { section, draftId = null } = address;
  const parts = [
    { name: null, href: '/staff', words: t('staff.allSales'), needs: 'getSession' },
    { name: 'halls', href: '/staff/halls', words: t('staff.halls'), needs: 'listPlans' },
    { name: 'planner', href: '/staff/planner', words: t('staff.planner'), needs: 'listSaleDrafts' },
    { name: 'system', href: '/staff/system', words: t('ops.system'), needs: 'watchSystem' },
  ].filter(({ needs }) => session.mayUse(needs));
  return (
    <>
      <nav class="console-nav" aria-label={t('staff.partsOfHouse')}>
        {parts.map(({ name, href, words }) => (
          <a key={href} href={href} aria-current={name === section ? 'page' : undefined}>
            {words}
          </a>
        ))}
      </nav>
      {section === null && <AllSales all={all} />}
      {section === 'halls' && <HallsSection />}
      {section === 'system' && <SystemSection />}
      {section === 'planner' && <PlannerSection key={draftId ?? ''} events={events} draftId={draftId} />}
    </>
  );
}

function OneSale({ section, ...of }: OfSale & { section: string | null }) {
  const session = useSession();
  const allowed = sections.filter(({ needs }) => session.mayUse(needs));
  const current = section === null ? allowed[0] : allowed.find(({ name }) => name === section);
  const base = `/staff/sales/${of.sale.id}`;
  return (
    <>
      <nav class="console-nav" aria-label={t('staff.parts')}>
        <a href="/staff" aria-keyshortcuts={keyOf('sales')}>
          {t('staff.allSales')}
        </a>
        {allowed.map(({ name }) => (
          <a key={name} href={`${base}/${name}`} aria-current={name === current?.name ? 'page' : undefined}>
            {t(`staff.part_${name}`)}
          </a>
        ))}
      </nav>
      {current === undefined ? (
        <p class="lead">{t('staff.notForYou')}</p>
      ) : (
        <div key={current.name}>{current.draw(of)}</div>
      )}
    </>
  );
}
