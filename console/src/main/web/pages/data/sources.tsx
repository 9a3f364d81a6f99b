import type { SourceView } from '../../lib/factory';
import { compact, interval, number, percent } from '../../lib/format';
import { Card, Loading, Tag, Time, type Tone } from '../../ui/parts';
import { DataTable } from '../../ui/table';

/** The answer to `GET /v1/monitors`, as far as it is shown here. */
export interface Monitors {
  day: string;
  monitors: MonitorLine[];
}

export interface MonitorLine {
  key: string;
  monitor: string;
  subject: string;
  state: 'ok' | 'learning' | 'filling' | 'alarm';
  value: number | null;
  usual?: number | null;
  low?: number | null;
  high?: number | null;
  since?: string;
}

const TONES: Record<MonitorLine['state'], Tone> = { ok: 'good', learning: 'info', filling: 'info', alarm: 'bad' };

const WORDS: Record<MonitorLine['state'], string> = {
  ok: 'as usual', learning: 'learning what is usual', filling: 'filling up', alarm: 'not as usual',
};

const KINDS: Record<SourceView['kind'], string> = {
  observation: 'decided on', label: 'the truth', provisional: 'truth for the time being', other: 'other outcomes',
};

/** How a monitor stands, with what it reads and what is usual. */
export function MonitorTag({ line, write }: { line: MonitorLine; write: (value: number) => string }) {
  const usual = line.usual === undefined ? '' : `; usual is ${written(line.usual, write)}, an alarm below ${written(line.low, write)} or above ${written(line.high, write)}`;
  return (
    <Tag tone={TONES[line.state]} title={`${line.monitor}: ${written(line.value, write)}${usual}`}>
      {WORDS[line.state]}
    </Tag>
  );
}

function written(value: number | null | undefined, write: (value: number) => string): string {
  return typeof value === 'number' ? write(value) : 'not known';
}

/** What a monitor's number is. */
export function reading(monitor: string): (value: number) => string {
  return monitor.endsWith('-share') || monitor === 'out-of-range' || monitor === 'alert-rate'
    ? (value) => percent(value, 2)
    : (value) => number(value, value < 10 ? 3 : 0);
}

/** What each source has sent, today and in all, and whether that is as usual. */
export function Sources(props: { sources: SourceView[] | undefined; monitors: Monitors | undefined }) {
  if (!props.sources) {
    return <Card title="Sources"><Loading what="sources" /></Card>;
  }
  const of = (name: string) => props.monitors?.monitors.filter((line) => line.subject === name) ?? [];
  return (
    <Card title="Sources" note={props.monitors?.day ? `Monitors judge a day when it is over; the last one was ${props.monitors.day} (UTC).` : 'No day is over yet, so nothing is judged.'}>
      <DataTable
        caption="Sources"
        rows={props.sources}
        rowKey={(source) => source.name}
        empty="This factory has no source."
        dense
        columns={[
          {
            key: 'name', head: 'Source', value: (s) => s.name,
            cell: (s) => <><strong>{s.name}</strong><div class="note">{KINDS[s.kind]}</div></>,
          },
          { key: 'today', head: 'Today', align: 'end', cell: (s) => number(s.today.accepted), value: (s) => s.today.accepted },
          { key: 'usual', head: 'Usual a day', align: 'end', title: 'What a whole day usually has, by the days before; outside the range below it there is an alarm', cell: (s) => <Usual line={volume(of(s.name))} />, value: (s) => volume(of(s.name))?.usual ?? null },
          { key: 'late', head: 'Late', align: 'end', title: 'Came today, more than an hour after they happened', cell: (s) => number(s.today.late), value: (s) => s.today.late },
          { key: 'delay', head: 'Delay', align: 'end', wide: true, title: 'From the observation to its outcome, today on the mean', cell: (s) => (s.today.delay_hours ? `${number(s.today.delay_hours / 24, 1)} d` : '–'), value: (s) => s.today.delay_hours ?? 0 },
          { key: 'accepted', head: 'All', align: 'end', wide: true, cell: (s) => <span title={number(s.accepted)}>{compact(s.accepted)}</span>, value: (s) => s.accepted },
          { key: 'quarantined', head: 'Refused', align: 'end', cell: (s) => number(s.quarantined), value: (s) => s.quarantined, title: 'In quarantine; outcomes that wait for their observation included' },
          { key: 'duplicates', head: 'Duplicates', align: 'end', wide: true, cell: (s) => number(s.duplicates), value: (s) => s.duplicates },
          {
            key: 'state', head: 'Monitors',
            cell: (s) => <Verdict lines={of(s.name)} />,
          },
        ]}
      />
    </Card>
  );
}

function volume(lines: MonitorLine[]): MonitorLine | undefined {
  return lines.find((line) => line.monitor === 'volume');
}

/** What is usual, and from where to where there is no alarm. */
function Usual({ line }: { line: MonitorLine | undefined }) {
  if (typeof line?.usual !== 'number') {
    return <span class="muted">not known yet</span>;
  }
  return <>{number(line.usual)}<div class="note nowrap">{interval(line.low, line.high, number)}</div></>;
}

function Verdict({ lines }: { lines: MonitorLine[] }) {
  const alarms = lines.filter((line) => line.state === 'alarm');
  if (lines.length === 0) {
    return <span class="muted">none yet</span>;
  }
  if (alarms.length === 0) {
    const learning = lines.every((line) => line.state !== 'ok');
    return <Tag tone={learning ? 'info' : 'good'}>{learning ? 'learning what is usual' : 'as usual'}</Tag>;
  }
  return (
    <ul>
      {alarms.map((line) => (
        <li key={line.key}>
          {line.monitor} <MonitorTag line={line} write={reading(line.monitor)} /> since <Time at={line.since} form="day" only="viewer" />
        </li>
      ))}
    </ul>
  );
}
