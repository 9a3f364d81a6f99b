import { useState } from 'preact/hooks';
import type { Resource } from '../../lib/api';
import { duration, number, percent, short } from '../../lib/format';
import { Dialog } from '../../ui/dialog';
import { Card, Empty, Read, Tag, type Tone } from '../../ui/parts';
import { DataTable } from '../../ui/table';
import { MonitorTag, reading, type MonitorLine } from './sources';

interface Bins {
  days: number;
  counts: number[];
}

/** One feature: how its values lay in what the champion learnt from, and lately. */
export interface Feature {
  name: string;
  window_millis: number;
  filling: boolean;
  edges: number[];
  reference: Bins;
  recent: Bins;
  monitors: MonitorLine[];
}

/** The answer to `GET /v1/features`. */
export interface Features {
  view: string;
  sql: string;
  day: string;
  features: Feature[];
}

/** Each feature with its drift against its own threshold. */
export function FeatureTable(props: { features: Resource<Features>; open?: string }) {
  const [open, setOpen] = useState(props.open ?? '');
  return (
    <Card title="Features" note="How each one’s values lie in the last seven days, against the days that the champion learnt from. A threshold is the feature’s own past.">
      <Read resource={props.features} what="features">
        {(read) => {
          const chosen = read.features.find((feature) => feature.name === open);
          return (
            <>
              <div class="wide-only"><Legend /></div>
              <DataTable
                caption="Features"
                rows={read.features}
                rowKey={(feature) => feature.name}
                empty="No day is over yet, so nothing is known of the features."
                dense
                onOpen={(feature) => setOpen(feature.name)}
                columns={[
                  { key: 'name', head: 'Feature', cell: (f) => <span class="mono break">{f.name}</span>, value: (f) => f.name },
                  { key: 'window', head: 'Looks back', align: 'end', wide: true, cell: (f) => (f.window_millis ? duration(f.window_millis) : 'not at all'), value: (f) => f.window_millis },
                  { key: 'then', head: 'Then and now', wide: true, cell: (f) => <Bars feature={f} /> },
                  { key: 'missing', head: 'Missing', align: 'end', wide: true, cell: (f) => percent(line(f, 'missing-share')?.value, 1), value: (f) => line(f, 'missing-share')?.value },
                  { key: 'shift', head: 'Drift', align: 'end', title: 'Population stability index of the last day against what the champion learnt from', cell: (f) => number(line(f, 'shift')?.value, 3), value: (f) => line(f, 'shift')?.value },
                  { key: 'limit', head: 'Alarm above', align: 'end', wide: true, cell: (f) => number(line(f, 'shift')?.high, 3), value: (f) => line(f, 'shift')?.high },
                  { key: 'state', head: 'Is', cell: (f) => <State feature={f} />, value: (f) => rank(f) },
                ]}
              />
              {chosen && <FeatureDialog feature={chosen} sql={read.sql} close={() => setOpen('')} />}
            </>
          );
        }}
      </Read>
    </Card>
  );
}

/** Which bars are which. */
function Legend() {
  return (
    <p class="note bars-legend">
      <span><svg viewBox="0 0 11 11" width="11" height="11" aria-hidden="true"><rect class="bar-then" x="1" y="1" width="9" height="9" /></svg> Hollow: then, the days that the champion learnt from</span>
      <span><svg viewBox="0 0 11 11" width="11" height="11" aria-hidden="true"><rect class="bar-now" x="1" y="1" width="9" height="9" /></svg> Filled: now, the last seven days</span>
      <span>Each bar is the share of values in one bin; the first are those that are missing.</span>
    </p>
  );
}

function line(feature: Feature, monitor: string): MonitorLine | undefined {
  return feature.monitors.find((one) => one.monitor === monitor);
}

function rank(feature: Feature): number {
  return feature.monitors.some((one) => one.state === 'alarm') ? 0 : feature.filling ? 1 : 2;
}

function State({ feature }: { feature: Feature }) {
  const alarm = feature.monitors.find((one) => one.state === 'alarm');
  if (alarm) {
    return <Tag tone="bad">{alarm.monitor}</Tag>;
  }
  if (feature.filling) {
    return <Tag tone="info" title="Its windows reach back further than the data, so that it moves by itself; it is not judged yet">filling up</Tag>;
  }
  const learning = feature.monitors.some((one) => one.state === 'learning');
  const tone: Tone = learning ? 'info' : 'good';
  return <Tag tone={tone}>{learning ? 'learning what is usual' : 'as usual'}</Tag>;
}

function shares(bins: Bins): number[] {
  const all = bins.counts.reduce((sum, count) => sum + count, 0);
  return bins.counts.map((count) => (all > 0 ? count / all : 0));
}

const BAR = 9;
const HIGH = 30;

/** Two rows of bars: hollow what was, filled what is. */
function Bars({ feature, large }: { feature: Feature; large?: boolean }) {
  const then = shares(feature.reference);
  const now = shares(feature.recent);
  if (feature.reference.days === 0 || feature.recent.days === 0) {
    return <span class="muted">too early</span>;
  }
  if (now.every((share) => share === 0)) {
    return <span class="muted">none lately</span>;
  }
  const most = Math.max(...then, ...now, 0.001);
  const width = then.length * (BAR + 2);
  return (
    <svg
      class={large ? 'bars large' : 'bars'}
      viewBox={`0 0 ${width} ${HIGH}`}
      width={large ? undefined : width}
      height={large ? undefined : HIGH}
      role="img"
      aria-label={`Values of ${feature.name}: the largest change of a bin is ${percent(largest(then, now), 1)} of all values`}
    >
      {then.map((share, bin) => {
        const x = bin * (BAR + 2);
        const before = (share / most) * (HIGH - 1);
        const after = ((now[bin] ?? 0) / most) * (HIGH - 1);
        return (
          <g key={bin}>
            <rect class="bar-now" x={x + 1.5} y={HIGH - after} width={BAR - 3} height={after} />
            <rect class="bar-then" x={x + 0.5} y={HIGH - before} width={BAR - 1} height={before} />
          </g>
        );
      })}
    </svg>
  );
}

function largest(then: number[], now: number[]): number {
  return Math.max(...then.map((share, bin) => Math.abs((now[bin] ?? 0) - share)));
}

/** What lies in a bin, in words. */
function range(edges: number[], bin: number): string {
  const from = edges[bin - 2];
  const until = edges[bin - 1];
  if (bin === 0) {
    return 'missing';
  }
  if (from === undefined) {
    return until === undefined ? 'any' : `below ${value(until)}`;
  }
  return until === undefined ? `${value(from)} and more` : `${value(from)} to ${value(until)}`;
}

function value(edge: number): string {
  return number(edge, Number.isInteger(edge) || Math.abs(edge) >= 1000 ? 0 : 2);
}

function FeatureDialog({ feature, sql, close }: { feature: Feature; sql: string; close: () => void }) {
  const then = shares(feature.reference);
  const now = shares(feature.recent);
  return (
    <Dialog title={feature.name} close={close}>
      <div class="dialog-body stack">
        <p class="note">
          {feature.window_millis ? `Looks back ${duration(feature.window_millis)}` : 'Looks at the row alone'}; the champion learnt from {number(feature.reference.days)} days that were counted, the last {number(feature.recent.days)} days beside them.
        </p>
        <ul class="stack">
          {feature.monitors.map((one) => (
            <li key={one.key}>
              {one.monitor} <span class="mono">{one.value === null ? '–' : reading(one.monitor)(one.value)}</span> <MonitorTag line={one} write={reading(one.monitor)} />
              {typeof one.high === 'number' && <span class="note"> an alarm above {reading(one.monitor)(one.high)}</span>}
            </li>
          ))}
        </ul>
        <div>
          <Legend />
          <Bars feature={feature} large />
        </div>
        <div class="table-frame" tabIndex={0} role="region" aria-label={`Values of ${feature.name}`}>
          <table class="dense">
            <caption class="hidden">Values of {feature.name}, then and now</caption>
            <thead><tr><th scope="col">Values</th><th scope="col" class="end">Then</th><th scope="col" class="end">Now</th></tr></thead>
            <tbody>
              {then.map((share, bin) => (
                <tr key={bin}>
                  <th scope="row">{range(feature.edges, bin)}</th>
                  <td class="end">{percent(share, 1)}</td>
                  <td class="end">{percent(now[bin], 1)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <pre class="mono framed" tabIndex={0} aria-label="The SQL that defines it">{definition(sql, feature.name)}</pre>
      </div>
    </Dialog>
  );
}

/** The lines of the query that end in the feature's name. */
export function definition(sql: string, name: string): string {
  const lines = sql.split('\n');
  const end = lines.findIndex((text) => new RegExp(`(^|[^\\w])${name}\\s*,?\\s*(--.*)?$`).test(text));
  if (end < 0) {
    return 'The query names it in another way; it stands below as a whole.';
  }
  let start = end;
  while (start > 0 && !/,\s*(--.*)?$/.test(lines[start - 1] ?? '') && !/^\s*select\b/i.test(lines[start - 1] ?? '')) {
    start--;
  }
  return lines.slice(start, end + 1).join('\n');
}

/** The query as a whole. */
export function Query({ features }: { features: Resource<Features> }) {
  const read = features.data;
  return read?.sql ? (
    <Card title="The query" note={<>Features view <span class="mono">{short(read.view)}</span>: one query for history and for each record as it comes.</>}>
      <details>
        <summary>{number(read.sql.split('\n').length)} lines of SQL</summary>
        <pre class="mono framed" tabIndex={0} aria-label="The query">{read.sql}</pre>
      </details>
    </Card>
  ) : features.data ? <Card title="The query"><Empty title="No view is watched yet." /></Card> : null;
}
