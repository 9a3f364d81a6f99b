import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { day, number } from '../lib/format';
import { useStore } from '../lib/store';
import { colour, paper, theme } from '../lib/theme';
import { drawMarks, type Mark } from './marks';

/** A line of a chart. Lines differ by their stroke, not by colour alone. */
export interface Series {
  label: string;
  values: readonly (number | null)[];
  /** The how-manyeth colour, from 1 to 6; by its place otherwise. */
  colour?: number;
  dash?: number[];
  /** Bounds around it, drawn as a band. */
  low?: readonly (number | null)[];
  high?: readonly (number | null)[];
  points?: boolean;
  /** Points without a filling: what is said with less ground than the others. */
  hollow?: boolean;
  step?: boolean;
  /** Whether it goes on over x values that it has none for. */
  across?: boolean;
  /** A filled area below it. */
  fill?: boolean;
}

export interface ChartProps {
  /** What it shows, in a sentence with its gist: read out in place of the picture. */
  describe: string;
  /** The x values: seconds since 1970, or plain numbers. */
  x: readonly number[];
  xIsTime?: boolean;
  /** What the x axis is, and the table's first column; of days unless it is said. */
  xLabel?: string;
  /** How an x value is written, in the table and on the axis of plain numbers. */
  xText?: (x: number) => string;
  series: Series[];
  /** What the y axis is, with its unit where the values do not tell it. */
  yLabel?: string;
  /** How a y value is written. */
  yText?: (y: number) => string;
  yMin?: number;
  yMax?: number;
  height?: number;
  /** A dashed line with a word, such as a threshold. */
  marks?: Mark[];
  /** Without axes and legend. */
  spark?: boolean;
}

/** Between plain numbers on the x axis. */
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const PARTS = [0.1, 0.2, 0.25, 0.5, ...STEPS];

const DASHES: (number[] | undefined)[] = [undefined, [6, 4], [2, 3], [10, 4, 2, 4], [12, 6], [1, 4]];

/** A chart, with the same as a table behind a click. */
export function Chart(props: ChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const now = useStore(theme);
  const plotted = useRef<uPlot | undefined>(undefined);
  const form = JSON.stringify([
    props.series.map((series) => ({ ...series, values: 0, low: Boolean(series.low), high: Boolean(series.high) })),
    props.marks, props.xLabel, props.yLabel, props.yMin, props.yMax, props.height, Math.min(2, props.x.length),
  ]);
  const values = JSON.stringify([props.x, props.series.map((series) => [series.values, series.low, series.high])]);
  useEffect(() => {
    const at = frame.current;
    if (!at || props.x.length === 0) {
      return undefined;
    }
    const plot = new uPlot(options(props, at.clientWidth), data(props), at);
    plotted.current = plot;
    const observer = new ResizeObserver(() => plot.setSize({ width: at.clientWidth, height: height(props) }));
    observer.observe(at);
    const stop = paper.watch(() => plot.redraw(false));
    return () => {
      stop();
      observer.disconnect();
      plot.destroy();
      plotted.current = undefined;
    };
  }, [form, now]);
  useEffect(() => plotted.current?.setData(data(props)), [values]);
  return (
    <figure class={'chart' + (props.spark ? ' spark' : '')}>
      <div ref={frame} role="img" aria-label={props.describe} style={{ minHeight: `${height(props)}px` }} />
      {!props.spark && (
        <figcaption>
          <ul class="legend" aria-hidden="true">
            {props.series.map((series, index) => (
              <li key={series.label}>
                <svg width="22" height="8">
                  <line x1="0" y1="4" x2="22" y2="4" class={`stroke-${slot(series, index)}`} stroke-dasharray={dash(series, index)?.join(' ')} />
                  {series.hollow && <circle cx="11" cy="4" r="3" class={`hollow stroke-${slot(series, index)}`} />}
                </svg>
                {series.label}
              </li>
            ))}
          </ul>
          <AsTable {...props} />
        </figcaption>
      )}
    </figure>
  );
}

function AsTable(props: ChartProps) {
  const y = props.yText ?? ((value: number) => number(value, 3));
  const x = xText(props);
  return (
    <details class="as-table">
      <summary>As a table</summary>
      <div class="table-frame" tabIndex={0} role="region" aria-label={props.describe}>
        <table class="dense">
          <caption class="hidden">{props.describe}</caption>
          <thead>
            <tr>
              <th scope="col">{axisOfX(props)}</th>
              {props.series.map((series) => <th key={series.label} scope="col" class="end">{series.label}</th>)}
            </tr>
          </thead>
          <tbody>
            {props.x.map((at, row) => (
              <tr key={at}>
                <th scope="row">{x(at)}</th>
                {props.series.map((series) => (
                  <td key={series.label} class="end">
                    {written(series.values[row], y)}
                    {series.low && series.high && typeof series.low[row] === 'number' && (
                      <span class="muted"> [{written(series.low[row], y)}, {written(series.high[row], y)}]</span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function written(value: number | null | undefined, write: (y: number) => string): string {
  return typeof value === 'number' ? write(value) : '–';
}

function xText(props: ChartProps): (x: number) => string {
  return props.xText ?? (props.xIsTime ? (x) => day(x * 1000, 'shortDay') : (x) => number(x));
}

function height(props: ChartProps): number {
  return props.height ?? (props.spark ? 44 : 220);
}

function slot(series: Series, index: number): number {
  return series.colour ?? (index % 6) + 1;
}

function dash(series: Series, index: number): number[] | undefined {
  return series.dash ?? DASHES[index % DASHES.length];
}

/** Values, and behind each line with a band its bounds. */
function data(props: ChartProps): uPlot.AlignedData {
  const columns: (number | null)[][] = [];
  for (const series of props.series) {
    columns.push([...series.values]);
    if (series.low && series.high) {
      columns.push([...series.high], [...series.low]);
    }
  }
  return [[...props.x], ...columns] as uPlot.AlignedData;
}

/** What the x axis is called. */
function axisOfX(props: ChartProps): string {
  return props.xLabel ?? (props.xIsTime ? 'Day' : '');
}

function lines(props: ChartProps): { series: uPlot.Series[]; bands: uPlot.Band[] } {
  const series: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  props.series.forEach((one, index) => {
    // Read each time it is drawn: on paper colours are others than on a dark screen.
    const stroke = (): string => colour(`--series-${slot(one, index)}`);
    const filling = one.hollow ? (): string => colour('--surface') : stroke;
    series.push({
      label: one.label,
      stroke,
      width: 2,
      ...(dash(one, index) ? { dash: dash(one, index) as number[] } : {}),
      ...(one.fill ? { fill: () => faded(stroke()) } : {}),
      ...(one.step ? { paths: uPlot.paths.stepped?.({ align: 1 }) as uPlot.Series.PathBuilder } : {}),
      points: { show: one.points ?? (!props.spark && props.x.length < 40), size: one.hollow ? 8 : 6, width: one.hollow ? 2 : 1, stroke, fill: filling },
      spanGaps: one.across ?? false,
    });
    if (one.low && one.high) {
      const at = series.length;
      const bound = { stroke: 'transparent', points: { show: false }, spanGaps: one.across ?? false };
      series.push(bound, { ...bound });
      bands.push({ series: [at, at + 1], fill: () => faded(stroke()) });
    }
  });
  return { series, bands };
}

function axes(props: ChartProps): uPlot.Axis[] {
  if (props.spark) {
    return [{ show: false }, { show: false }];
  }
  const font = '12px system-ui, sans-serif';
  const own = { stroke: () => colour('--muted'), font, labelFont: font, labelSize: 18, ticks: { show: false } };
  const grid = { stroke: () => colour('--line'), width: 1 };
  const y = props.yText ?? ((value: number) => number(value, 2));
  return [
    {
      ...own, ...named(axisOfX(props)), size: 28, grid: { show: false }, space: width(props.x.map(xText(props)), 16), ...(props.xIsTime ? {} : { incrs: props.x.every((x) => x <= 1) ? PARTS : STEPS }),
      values: (_: uPlot, at: number[]) => at.map(xText(props)),
    },
    { ...own, ...named(props.yLabel ?? ''), grid, size: (_: uPlot, shown: string[] | null) => width(shown ?? [], 14), values: (_: uPlot, at: number[]) => at.map(y) },
  ];
}

/** About how wide the widest of some labels is, and what is between them, in pixels. */
function width(labels: readonly string[], beside: number): number {
  return beside + 7 * Math.max(3, ...labels.map((label) => label.length));
}

function named(label: string): { label?: string } {
  return label ? { label } : {};
}

function options(props: ChartProps, across: number): uPlot.Options {
  return {
    width: across,
    height: height(props),
    ...lines(props),
    legend: { show: false },
    tzDate: (at) => uPlot.tzDate(new Date(at * 1000), 'Etc/UTC'),
    cursor: { show: !props.spark, y: false, drag: { x: false, y: false } },
    scales: {
      x: { time: props.xIsTime ?? false, ...(props.x.length === 1 ? { range: single(props.x[0] ?? 0) } : {}) },
      y: {
        range: (_: uPlot, low: number, high: number) => {
          const [from, until] = uPlot.rangeNum(low ?? 0, high ?? 1, 0.1, true) as [number, number];
          return [props.yMin ?? from, props.yMax ?? until] as [number, number];
        },
      },
    },
    axes: axes(props),
    padding: props.spark ? [4, 0, 4, 0] : [12, 26, 0, 0],
    hooks: { draw: [(plot: uPlot) => drawMarks(plot, props.marks ?? [])] },
  };
}

function single(x: number): () => [number, number] {
  return () => [x - 1, x + 1];
}

/** The same colour, thin. */
function faded(stroke: string): string {
  return stroke.length === 7 ? stroke + '26' : stroke;
}
