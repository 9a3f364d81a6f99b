import { useResource } from '../../lib/api';
import type { FactoryView, OpenWeekView, WeekIntervals, WeekView } from '../../lib/factory';
import { day, interval, money, number, percent } from '../../lib/format';
import { silence, type Weeks as Learning } from '../../lib/learning';
import { banded } from '../../lib/ranged';
import { useStore } from '../../lib/store';
import { tick } from '../../lib/stream';
import { useInView } from '../../lib/view';
import { Chart } from '../../ui/chart';
import { Card, Empty, Meter, Stat, Tag, To } from '../../ui/parts';
import { DataTable } from '../../ui/table';
import { titleOf } from './words';

const LEARNING_MILLIS = 20_000;

/** What decisions came to: the week that runs, and those that are not known in full. */
export function Weeks({ view }: { view: FactoryView }) {
  const at = useStore(tick)?.at ?? view.at;
  const now = view.open_weeks[view.open_weeks.length - 1];
  if (!now) {
    const silent = silence(view.weeks);
    return (
      <Card title="This week">
        {silent ? (
          <Empty title={`Nothing was decided since ${day(silent.since)}.`}>
            Of {number(view.decisions)} decisions none is of the last {number(silent.weeks)} {silent.weeks === 1 ? 'week' : 'weeks'} that are closed. The page Data has what the sources sent.
          </Empty>
        ) : (
          <Empty title="Nothing was decided yet.">The first week begins at go-live.</Empty>
        )}
      </Card>
    );
  }
  return (
    <Card
      title={titleOf(now, at)}
      note="As far as is known now. Intervals are at 95 %, over cards drawn again; “at most” holds whatever is still open."
      action={<To page="learning">All weeks</To>}
    >
      <div class="stats">
        <Stat
          label="Alerts"
          value={number(now.alerts)}
          note={<>{within(now.intervals?.alerts, (x) => number(x))}{number(now.alerts - now.answered)} not answered yet</>}
        />
        <Stat
          label="Precision of alerts"
          value={percent(now.precision.value, 0)}
          note={now.answered > 0 ? <>{within(now.precision, (x) => percent(x, 0))}of {number(now.answered)} answered, {number(now.alerts - now.answered)} open</> : 'no alert is answered yet'}
        />
        <Stat
          label="Money saved so far"
          value={money(now.saved.at_least, view.currency)}
          note={<>{within(now.intervals?.saved, (x) => money(x, view.currency))}at most {money(now.saved.at_most, view.currency)} once all is known: {money(stillOpen(now), view.currency)} is open</>}
        />
        <Stat
          label="Still open"
          value={percent(now.decisions > 0 ? now.open / now.decisions : 0, 0)}
          note={<Meter share={now.open / Math.max(1, now.decisions)} label={`${number(now.open)} of ${number(now.decisions)} decisions have no outcome yet`} />}
        />
      </div>
      <Recent view={view} />
    </Card>
  );
}

/** An interval on a line of its own; nothing where it is not worked out yet. */
function within(range: { low: number | null; high: number | null } | undefined, write: (value: number) => string) {
  return range && range.low !== null ? <span class="nowrap interval">{interval(range.low, range.high, write)}</span> : null;
}

/** The money of which it is not known yet whether it is saved. */
function stillOpen(week: OpenWeekView): number | null {
  return week.saved.at_most === null || week.saved.at_least === null ? null : week.saved.at_most - week.saved.at_least;
}

/** A row of the table of weeks, whether it is mature or not. */
interface Row {
  week: number;
  from: string;
  mature: boolean;
  alerts: number;
  precision: { value: number | null; low: number | null; high: number | null };
  saved: number | null;
  most: number | null;
  open: number;
  intervals: WeekIntervals | undefined;
}

function rowOfOpen(week: OpenWeekView): Row {
  return {
    week: week.week, from: week.from, mature: false, alerts: week.alerts, precision: week.precision,
    saved: week.saved.at_least, most: week.saved.at_most, open: week.decisions > 0 ? week.open / week.decisions : 0, intervals: week.intervals,
  };
}

function rowOfClosed(week: WeekView): Row {
  return {
    week: week.week, from: week.from, mature: true, alerts: week.alerts, precision: week.precision,
    saved: week.saved, most: null, open: 0, intervals: week.intervals,
  };
}

function muted(range: { low: number | null; high: number | null } | undefined, write: (value: number) => string) {
  return range && range.low !== null ? <span class="muted nowrap wide-only">{interval(range.low, range.high, write)}</span> : null;
}

function Recent({ view }: { view: FactoryView }) {
  const rows = [...view.weeks.slice(-3).map(rowOfClosed), ...view.open_weeks.map(rowOfOpen)].reverse();
  return (
    <DataTable
      caption="The last weeks"
      empty="No week yet."
      rows={rows}
      rowKey={(row) => String(row.week)}
      dense
      columns={[
        { key: 'week', head: 'Week', cell: (row) => `${row.week}`, value: (row) => row.week },
        { key: 'from', head: 'From', cell: (row) => <span class="nowrap">{day(row.from, 'shortDay')}</span>, wide: true },
        { key: 'alerts', head: 'Alerts', align: 'end', cell: (row) => <>{number(row.alerts)} {muted(row.intervals?.alerts, (x) => number(x))}</>, value: (row) => row.alerts, wide: true },
        {
          key: 'precision', head: 'Precision', align: 'end', value: (row) => row.precision.value,
          cell: (row) => (
            <>
              {percent(row.precision.value, 0)}{' '}
              {row.precision.low !== null && (
                <span class="muted nowrap wide-only">{interval(row.precision.low, row.precision.high, (x) => percent(x, 0))}</span>
              )}
            </>
          ),
        },
        {
          key: 'saved', head: 'Saved', align: 'end', value: (row) => row.saved,
          cell: (row) => (
            <>
              <span class="nowrap">{money(row.saved, view.currency)}</span>
              {' '}{muted(row.intervals?.saved, (x) => money(x, view.currency))}
              {row.most !== null && row.most !== row.saved && <span class="muted wide-only">, at most {money(row.most, view.currency)}</span>}
            </>
          ),
        },
        {
          key: 'open', head: 'Outcomes', align: 'end', value: (row) => row.open,
          cell: (row) => (row.mature ? <Tag tone="good">mature</Tag> : <Tag tone="info">{percent(row.open, 0)} open</Tag>),
        },
      ]}
    />
  );
}

/** The weeks that are mature: the factory as it learnt, against its first model. */
export function Trend({ view }: { view: FactoryView }) {
  const [frame, isSeen] = useInView<HTMLDivElement>();
  const learning = useResource<Learning>(isSeen ? '/v1/weeks' : null, LEARNING_MILLIS).data;
  const weeks = view.weeks;
  if (weeks.length === 0) {
    return (
      <Card title="What learning was worth"><Empty title="No week is mature yet.">Outcomes need time to arrive; the first comparison comes by itself.</Empty></Card>
    );
  }
  if (weeks.every((week) => week.decisions === 0)) {
    return (
      <Card title="What learning was worth"><Empty title={`Nothing was decided in the last ${number(weeks.length)} mature weeks.`}>The page Learning has those before.</Empty></Card>
    );
  }
  const x = weeks.map((week) => week.week);
  const gained = weeks.reduce((sum, week) => sum + (week.saved ?? 0) - (week.frozen_saved ?? 0), 0);
  const saved = weeks.reduce((sum, week) => sum + (week.saved ?? 0), 0);
  const text = (week: number): string => (Number.isInteger(week) ? `week ${week}` : '');
  const ranges = weeks.map((week) => learning?.closed.find((one) => one.week === week.week));
  const precision = banded(weeks.map((week, index) => ({ ...ranges[index]?.average_precision.learning, value: week.average_precision })));
  const amounts = banded(weeks.map((week, index) => ({ ...ranges[index]?.saved.learning, value: week.decisions > 0 ? week.saved : null })));
  const least = Math.min(0, ...weeks.flatMap((week) => [week.saved ?? 0, week.frozen_saved ?? 0]), ...(amounts.low ?? []).map((low) => low ?? 0));
  return (
    <Card
      title="What learning was worth"
      action={<To page="learning">All weeks</To>}
      note={`Over ${weeks.length === 1 ? 'one mature week' : `${weeks.length} mature weeks`} the factory saved ${money(saved, view.currency)}, ${money(Math.abs(gained), view.currency)} ${gained >= 0 ? 'more' : 'less'} than its first model would have.${worth(learning)}${precision.low || amounts.low ? ' Bands are the 95 % interval of each week.' : ''}`}
    >
      <div class="grid" ref={frame}>
        <div class="half">
          <h3>Average precision by week</h3>
          <Chart
            describe={`Average precision by week: ${gist(weeks, 'average_precision', 'frozen_average_precision', (y) => number(y, 3))}`}
            height={170}
            x={x}
            xText={text}
            xLabel="Week"
            yLabel="Average precision"
            yText={(y) => number(y, 2)}
            series={[
              { label: 'as it learnt', colour: 1, ...precision },
              { label: 'first model, frozen', values: weeks.map((week) => week.frozen_average_precision), colour: 2 },
            ]}
          />
        </div>
        <div class="half">
          <h3>Money saved by week</h3>
          <Chart
            describe={`Money saved by week: ${gist(weeks, 'saved', 'frozen_saved', (y) => money(y, view.currency))}`}
            height={170}
            x={x}
            xText={text}
            xLabel="Week"
            yLabel="Saved a week"
            {...(least < 0 ? {} : { yMin: 0 })}
            yText={(y) => money(y, view.currency)}
            series={[
              { label: 'as it learnt', colour: 1, ...amounts },
              { label: 'first model, frozen', values: weeks.map((week) => (week.decisions > 0 ? week.frozen_saved : null)), colour: 2 },
            ]}
          />
        </div>
      </div>
    </Card>
  );
}

/** By how much it ranks better than its first model, within what that lies; empty where that is not worked out. */
function worth(learning: Learning | undefined): string {
  const gain = learning?.worth?.average_precision.difference;
  if (!learning?.worth || typeof gain?.value !== 'number') {
    return '';
  }
  const range = gain.low === undefined ? '' : ` [${interval(gain.low, gain.high, (x) => number(x, 3))}]`;
  const over = learning.worth.weeks === 1 ? 'In one week' : `On the mean of ${number(learning.worth.weeks)} weeks`;
  return ` ${over} average precision differs by ${gain.value < 0 ? '' : '+'}${number(gain.value, 3)}${range}.`;
}

function gist(weeks: WeekView[], one: keyof WeekView, other: keyof WeekView, write: (y: number) => string): string {
  const last = weeks[weeks.length - 1];
  return `in the last mature week ${write(Number(last?.[one]))} as it learnt, ${write(Number(last?.[other]))} by its first model.`;
}
