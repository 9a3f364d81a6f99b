import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { local, number } from '../lib/format';
import { useStore } from '../lib/store';
import { colour, theme } from '../lib/theme';

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
  step?: boolean;
  /** A filled area below it. */
  fill?: boolean;
}

export interface ChartProps {
  /** What it shows, in a sentence with its gist: read out in place of the picture. */
  describe: string;
  /** The x values: seconds since 1970, or plain numbers. */
  x: readonly number[];
  xIsTime?: boolean;
  xLabel?: string;
  /** How an x value is written, in the table and on the axis of plain numbers. */
  xText?: (x: number) => string;
  series: Series[];
  /** How a y value is written. */
  yText?: (y: number) => string;
  yMin?: number;
  yMax?: number;
  height?: number;
  /** A dashed line with a word, such as a threshold. */
  marks?: { x?: number; y?: number; label: string }[];
  /** Without axes and legend. */
  spark?: boolean;
}

/** Between plain numbers on the x axis. */
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

const DASHES: (number[] | undefined)[] = [undefined, [6, 4], [2, 3], [10, 4, 2, 4], [12, 6], [1, 4]];

/** A chart, with the same as a table behind a click. */
export function Chart(props: ChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const now = useStore(theme);
  const plotted = useRef<uPlot | undefined>(undefined);
  const form = JSON.stringify([
    props.series.map((series) => ({ ...series, values: 0, low: Boolean(series.low), high: Boolean(series.high) })),
    props.marks, props.yMin, props.yMax, props.height, Math.min(2, props.x.length),
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
    return () => {
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
              <th scope="col">{props.xLabel ?? (props.xIsTime ? 'Time' : '')}</th>
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
  return props.xText ?? (props.xIsTime ? (x) => local(x * 1000, 'shortDay') : (x) => number(x));
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

function options(props: ChartProps, width: number): uPlot.Options {
  const lines: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  props.series.forEach((series, index) => {
    const stroke = colour(`--series-${slot(series, index)}`);
    lines.push({
      label: series.label,
      stroke,
      width: 2,
      ...(dash(series, index) ? { dash: dash(series, index) as number[] } : {}),
      ...(series.fill ? { fill: faded(stroke) } : {}),
      ...(series.step ? { paths: uPlot.paths.stepped?.({ align: 1 }) as uPlot.Series.PathBuilder } : {}),
      points: { show: series.points ?? (!props.spark && props.x.length < 40), size: 6, fill: stroke },
      spanGaps: false,
    });
    if (series.low && series.high) {
      const at = lines.length;
      lines.push({ stroke: 'transparent', points: { show: false } }, { stroke: 'transparent', points: { show: false } });
      bands.push({ series: [at, at + 1], fill: faded(stroke) });
    }
  });
  const axis = { stroke: colour('--muted'), font: '12px system-ui, sans-serif', grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } };
  const y = props.yText ?? ((value: number) => number(value, 2));
  return {
    width,
    height: height(props),
    series: lines,
    bands,
    legend: { show: false },
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
    axes: props.spark
      ? [{ show: false }, { show: false }]
      : [
          { ...axis, size: 28, grid: { show: false }, space: 64, ...(props.xIsTime ? {} : { incrs: STEPS }), values: (_: uPlot, at: number[]) => at.map(xText(props)) },
          { ...axis, size: 64, values: (_: uPlot, at: number[]) => at.map(y) },
        ],
    padding: props.spark ? [4, 0, 4, 0] : [12, 26, 0, 0],
    hooks: { draw: [(plot: uPlot) => drawMarks(plot, props.marks ?? [])] },
  };
}

function single(x: number): () => [number, number] {
  return () => [x - 1, x + 1];
}

type Mark = { x?: number; y?: number; label: string };

/** A label that would stand on the one before it goes a line lower. */
function drawMarks(plot: uPlot, marks: Mark[]): void {
  const ends: number[] = [];
  for (const mark of marks) {
    if (mark.x === undefined) {
      draw(plot, mark, 0);
      continue;
    }
    const from = plot.valToPos(mark.x, 'x', true) + 4;
    const free = ends.findIndex((end) => end <= from);
    const line = free < 0 ? ends.length : free;
    ends[line] = from + draw(plot, mark, line);
  }
}

/** Returns how wide the label is. */
function draw(plot: uPlot, mark: Mark, line: number): number {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = colour('--muted');
  ctx.setLineDash([3, 3]);
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textAlign = 'left';
  ctx.beginPath();
  if (mark.x !== undefined) {
    const at = plot.valToPos(mark.x, 'x', true);
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bbox.top + bbox.height);
    ctx.fillText(mark.label, at + 4, bbox.top + (12 + 14 * line) * devicePixelRatio);
  } else if (mark.y !== undefined) {
    const at = plot.valToPos(mark.y, 'y', true);
    ctx.moveTo(bbox.left, at);
    ctx.lineTo(bbox.left + bbox.width, at);
    ctx.fillText(mark.label, bbox.left + 4, at - 4);
  }
  ctx.stroke();
  const width = ctx.measureText(mark.label).width + 6;
  ctx.restore();
  return width;
}

/** The same colour, thin. */
function faded(stroke: string): string {
  return stroke.length === 7 ? stroke + '26' : stroke;
}
