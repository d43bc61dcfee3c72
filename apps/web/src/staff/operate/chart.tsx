// One chart over time, drawn by uPlot, which is loaded when the first chart appears. The drawing is for eyes alone: its figures
// stand in words below it, those under the pointer or else the latest.
import { useEffect, useRef, useState } from 'preact/hooks';
import type uPlot from 'uplot';
import { formatTime } from '../../language/language.ts';
import { type Column, extentOf } from './history-columns.ts';
import { formatTenths } from './tenths.ts';

export type Line = { readonly label: string; readonly values: Column };
type Props = {
  readonly title: string;
  readonly seconds: readonly number[];
  readonly lines: readonly Line[];
  readonly unit?: string;
  /** How far back it reaches from the latest moment. */
  readonly spanSeconds: number;
  /** What the chart shows, in a sentence. */
  readonly words: string;
};

const HEIGHT = 150;
const DASHES = [[], [7, 4], [2, 3]] as const;
const SYNC = 'sale-history';

export function Chart({ title, seconds, lines, unit = '', spanSeconds, words }: Props) {
  const stage = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const data = [seconds, ...lines.map(({ values }) => values)] as uPlot.AlignedData;
  const latest = useRef({ data, spanSeconds });
  latest.current = { data, spanSeconds };
  useEffect(() => {
    const host = stage.current;
    if (host === null) return;
    let gone = false;
    const sizes = new ResizeObserver(() => plot.current?.setSize({ width: host.clientWidth, height: HEIGHT }));
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const span = (): [number, number] => {
      const last = latest.current.data[0].at(-1) ?? 0;
      return [last - latest.current.spanSeconds, last];
    };
    const repaint = () => plot.current?.redraw(false);
    void loadPlot().then((Plot) => {
      if (gone) return;
      plot.current = new Plot(
        optionsOf({ lines, width: host.clientWidth, point: setPointed, span }),
        latest.current.data,
        host,
      );
      sizes.observe(host);
      scheme.addEventListener('change', repaint);
    });
    return () => {
      gone = true;
      sizes.disconnect();
      scheme.removeEventListener('change', repaint);
      plot.current?.destroy();
      plot.current = null;
    };
  }, []);
  useEffect(() => plot.current?.setData(data), [seconds, spanSeconds]);
  const at = pointed ?? seconds.length - 1;
  return (
    <figure class="chart">
      <figcaption>
        <b>{title}</b>
        <span class="sr-only">{words}</span>
      </figcaption>
      <div class="chart-stage" ref={stage} aria-hidden="true" />
      <ul class="chart-legend" aria-hidden="true">
        {lines.map(({ label, values }, i) => (
          <li key={label} class={`chart-line-${i + 1}`}>
            <span>{label}</span> <b>{figureWords(values[at], unit)}</b>
          </li>
        ))}
        <li class="soft">{seconds[at] !== undefined && formatTime(isoOf(seconds[at]))}</li>
      </ul>
    </figure>
  );
}

const loadPlot = async () => {
  const [{ default: Plot }] = await Promise.all([import('uplot'), import('uplot/dist/uPlot.min.css')]);
  return Plot;
};

type Wish = {
  lines: readonly Line[];
  width: number;
  point: (index: number | null) => void;
  span: () => [number, number];
};

function optionsOf({ lines, width, point, span }: Wish): uPlot.Options {
  const ink = () => colour('--ink-soft');
  const grid = { stroke: () => colour('--edge'), width: 1 };
  const axis = { stroke: ink, grid, ticks: grid, font: '12px system-ui' };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    padding: [8, 8, 0, 0],
    cursor: { sync: { key: SYNC }, drag: { x: false, y: false } },
    scales: { x: { range: span }, y: { range: (_plot, _least, most) => [0, Math.max(1, most * 1.08)] } },
    axes: [
      { ...axis, space: 70, values: (_plot, ticks) => ticks.map((tick) => formatTime(isoOf(tick))) },
      { ...axis, size: 52, space: 32, values: (_plot, ticks) => ticks.map((tick) => formatTenths(tick)) },
    ],
    series: [
      {},
      ...lines.map(({ label }, i): uPlot.Series => {
        const stroke = () => colour(`--chart-${i + 1}`);
        return {
          label,
          stroke,
          width: 2,
          dash: [...(DASHES[i] ?? [])],
          points: { show: false },
        };
      }),
    ],
    hooks: { setCursor: [({ cursor }) => point(cursor.idx ?? null)] },
  };
}

const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const isoOf = (seconds: number) => new Date(seconds * 1000).toISOString();

function figureWords(figure: number | null | undefined, unit: string): string {
  return figure === null || figure === undefined ? '–' : `${formatTenths(figure)}${unit}`;
}

/** For a sentence: the latest figure and how far it went. */
export function extentWords(
  values: Column,
  say: (extent: { now: string; least: string; most: string }) => string,
): string {
  const extent = extentOf(values);
  if (extent === null) return '';
  const { now, least, most } = extent;
  return say({ now: figureWords(now, ''), least: formatTenths(least), most: formatTenths(most) });
}
