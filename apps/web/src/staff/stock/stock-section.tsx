// The stock of a performance: what is free, what is kept back and for whom; to keep back more, and to give it out again.
import type { BlockView, CodeSetView, PerformanceView } from '@onsale/contracts';
import { useEffect } from 'preact/hooks';
import { fanApi } from '../../api/fan-api.ts';
import { organizerApi } from '../../api/organizer-api.ts';
import { formatCount, t } from '../../language/language.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { type OfSale, WithPerformance } from '../performances.tsx';
import { useSession } from '../staff-session.ts';
import { BlockList } from './block-list.tsx';
import { NewBlockForm } from './new-block-form.tsx';

export function StockSection(props: OfSale) {
  return (
    <WithPerformance {...props}>{(performance) => <Stock {...props} performance={performance} />}</WithPerformance>
  );
}

const READ_EVERY_MS = 2_000;

function Stock({ event, sale, performance }: OfSale & { performance: PerformanceView }) {
  const session = useSession();
  const blocks = useAnswer(`blocks ${performance.id}`, () => organizerApi.listBlocks(performance.id));
  const free = useAnswer(`free ${performance.id}`, () => fanApi.getAvailability(performance.id));
  const codes = useAnswer(`codes ${sale.id}`, async () =>
    session.mayUse('listCodeSets') ? organizerApi.listCodeSets(sale.id) : NO_CODES,
  );
  // The engine decides a moment after it was asked, and others act at the same time.
  useEffect(() => {
    const timer = setInterval(() => {
      blocks.again();
      free.again();
    }, READ_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const list: readonly BlockView[] = blocks.asked.kind === 'ok' ? blocks.asked.body.blocks : [];
  const codeSets = codes.asked.kind === 'ok' ? codes.asked.body.codeSets : [];
  const shared = { event, sale, performance, codeSets };
  return (
    <div class="console-part">
      {free.asked.kind === 'ok' && (
        <dl class="figures">
          {free.asked.body.categories.map(({ categoryId, capacity, free: left }) => (
            <div key={categoryId}>
              <dt>{performance.categories.find(({ id }) => id === categoryId)?.name ?? categoryId}</dt>
              <dd>{t('staff.freeOf', { free: formatCount(left), capacity: formatCount(capacity) })}</dd>
            </div>
          ))}
        </dl>
      )}
      <BlockList {...shared} blocks={list} changed={blocks.again} />
      {session.mayUse('createBlock') && <NewBlockForm {...shared} made={blocks.again} />}
    </div>
  );
}

const NO_CODES = { kind: 'ok', body: { codeSets: [] as CodeSetView[] }, etag: null } as const;

export type StockContext = OfSale & {
  readonly performance: PerformanceView;
  readonly codeSets: readonly CodeSetView[];
};
