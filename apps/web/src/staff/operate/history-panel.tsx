// How the sale went in the last hour: charts side by side under one pointer, said in words to who does not see them, and as a
// table to who wants the figures.
import { useMemo, useState } from 'preact/hooks';
import { formatTime, t } from '../../language/language.ts';
import { ChoiceField } from '../form/fields.tsx';
import { Chart, extentWords } from './chart.tsx';
import { type Columns, columnsOf, everyNth, type SeriesName, seriesNames } from './history-columns.ts';
import { formatTenths } from './tenths.ts';
import { useHistory } from './use-history.ts';

const charts: readonly {
  name: 'line' | 'shop' | 'pace' | 'delay' | 'stock';
  of: readonly SeriesName[];
}[] = [
  { name: 'line', of: ['waiting'] },
  { name: 'shop', of: ['active', 'called'] },
  { name: 'pace', of: ['callsPerMinute', 'targetPerMinute'] },
  { name: 'stock', of: ['sold', 'held', 'free'] },
  { name: 'delay', of: ['shopDelayMs'] },
];
const MINUTES = [10, 30, 60] as const;
const TABLE_ROWS_MAX = 30;

export function HistoryPanel({ saleId }: { saleId: string }) {
  const history = useHistory(saleId);
  const [minutes, setMinutes] = useState<string>(String(MINUTES[0]));
  const columns = useMemo(
    () => history && columnsOf(history.samples, { everySeconds: history.everySeconds, minutes: Number(minutes) }),
    [history, minutes],
  );
  return (
    <section class="card" aria-labelledby="history">
      <div class="card-head">
        <h2 id="history">{t('ops.history')}</h2>
        <ChoiceField
          label={t('ops.historySpan')}
          value={minutes}
          onChange={setMinutes}
          choices={MINUTES.map((count) => [String(count), t('ops.historyMinutes', { count })] as const)}
        />
      </div>
      {columns === null || columns.seconds.length === 0 ? (
        <p class="soft">{t(columns === null ? 'ops.historyLoading' : 'ops.historyNone')}</p>
      ) : (
        <Charts columns={columns} minutes={Number(minutes)} />
      )}
    </section>
  );
}

function Charts({ columns, minutes }: { columns: Columns; minutes: number }) {
  const wordsOf = (name: SeriesName) =>
    extentWords(columns.of[name], (extent) =>
      t('ops.seriesWords', { ...extent, name: t(`ops.series_${name}`), count: minutes }),
    );
  return (
    <>
      <div class="charts">
        {charts.map(({ name, of }) => (
          <Chart
            key={name}
            title={t(`ops.chart_${name}`)}
            seconds={columns.seconds}
            lines={of.map((series) => ({
              label: t(`ops.series_${series}`),
              values: columns.of[series],
            }))}
            spanSeconds={minutes * 60}
            unit={name === 'delay' ? ' ms' : ''}
            words={of.map(wordsOf).filter(Boolean).join(' ') || t('ops.seriesNone')}
          />
        ))}
      </div>
      <details>
        <summary>{t('ops.historyTable')}</summary>
        <Table columns={columns} />
      </details>
    </>
  );
}

function Table({ columns: { seconds, of } }: { columns: Columns }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section class="table-scroll" tabIndex={0} aria-label={t('ops.historyTable')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('ops.time')}</th>
            {seriesNames.map((name) => (
              <th key={name} scope="col">
                {t(`ops.series_${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {everyNth(seconds.length, TABLE_ROWS_MAX).map((row) => (
            <tr key={seconds[row]}>
              <th scope="row">{formatTime(new Date((seconds[row] ?? 0) * 1000).toISOString())}</th>
              {seriesNames.map((name) => {
                const figure = of[name][row] ?? null;
                return <td key={name}>{figure === null ? '–' : formatTenths(figure)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
