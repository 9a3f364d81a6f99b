import { useState } from 'preact/hooks';
import type { Resource } from '../../lib/api';
import { day, duration, interval, money, NONE, number, percent } from '../../lib/format';
import { ground, isCalibrated, silence } from '../../lib/learning';
import type { ClosedWeek, Compared, Estimate, Models, OpenWeek, Ranged, Weeks } from '../../lib/learning';
import { Chart, type Series } from '../../ui/chart';
import { Card, Empty, JsonLink, Meter, Read, Stat, Tag, Time } from '../../ui/parts';
import { DataTable } from '../../ui/table';

/** What learning was worth: over all closed weeks, and the last one. */
export function Worth(props: { weeks: Resource<Weeks> }) {
  return (
    <Card title="What learning was worth" note="Each interval is a 95 % one, over entities drawn again.">
      <Read resource={props.weeks} what="the weeks">
        {(weeks) => <WorthStats weeks={weeks} />}
      </Read>
    </Card>
  );
}

function WorthStats(props: { weeks: Weeks }) {
  const { closed, worth, currency, pending } = props.weeks;
  const last = closed[0];
  if (!last) {
    return (
      <Empty title="No week is closed yet.">
        A week is closed when all its outcomes have had time to arrive, {duration(props.weeks.maturity_seconds * 1000)} after its end. What is known of
        the open ones stands below.
      </Empty>
    );
  }
  const silent = silence([...closed].reverse());
  if (silent) {
    return (
      <Empty title={`Nothing was decided since ${day(silent.since)}.`}>
        In the last {number(silent.weeks)} {silent.weeks === 1 ? 'week' : 'weeks'} that are closed there is nothing to compare.
      </Empty>
    );
  }
  const ap = (value: number): string => number(value, 3);
  const gain = worth?.average_precision.difference;
  return (
    <div class="stats">
      {worth ? (
        <Stat
          label={`Average precision, mean of ${worth.weeks} ${worth.weeks === 1 ? 'week' : 'weeks'}`}
          value={number(worth.average_precision.learning.value, 3)}
          note={`frozen ${number(worth.average_precision.frozen.value, 3)}; learning gains ${signed(gain?.value, ap)}${bounds(gain, ap)}`}
          tone={tone(gain)}
        />
      ) : (
        <Stat label="Average precision" value={number(last.average_precision.learning.value, 3)} note={pending > 0 ? 'the mean over all weeks is being reckoned' : `week ${last.week}`} />
      )}
      <Stat
        label={`Money saved in week ${last.week}`}
        value={money(last.saved.learning.value, currency)}
        note={versus(last.saved, (value) => money(value, currency), pending)}
      />
      <Stat label={`Alerts that were right in week ${last.week}`} value={percent(last.precision.learning.value)} note={versus(last.precision, percent, pending)} />
      <Stat label={`Frauds stopped in week ${last.week}`} value={percent(last.recall.learning.value)} note={versus(last.recall, percent, pending)} />
      <Stat
        label={`Outcomes of week ${last.week}`}
        value={percent(last.decisions === 0 ? null : last.outcomes / last.decisions)}
        note={`of ${number(last.decisions)} decisions; the others count as genuine${last.late_outcomes > 0 ? `; ${number(last.late_outcomes)} came late` : ''}`}
      />
    </div>
  );
}

function tone(of: Ranged | undefined): 'bad' | 'plain' {
  return of?.high !== undefined && of.high < 0 ? 'bad' : 'plain';
}

function bounds(of: Ranged | undefined, write: (value: number) => string): string {
  return of?.low === undefined ? '' : ` [${interval(of.low, of.high, write)}]`;
}

function signed(value: number | null | undefined, write: (value: number) => string): string {
  return typeof value === 'number' ? (value >= 0 ? '+' : '−') + write(Math.abs(value)) : NONE;
}

function versus(of: Compared, write: (value: number) => string, pending: number): string {
  const unknown = pending > 0 ? 'is being reckoned' : 'is not kept';
  const own = of.learning.low === undefined ? '' : `${interval(of.learning.low, of.learning.high, write)}; `;
  return `${own}frozen ${typeof of.frozen.value === 'number' ? write(of.frozen.value) : unknown}`;
}

interface Measure {
  key: string;
  title: string;
  of: (week: ClosedWeek) => Compared | undefined;
  estimate?: (estimate: Estimate) => number | null;
  open?: (week: OpenWeek) => [low: number | null, value: number | null, high: number | null];
  share: boolean;
}

const MEASURES: Measure[] = [
  { key: 'ap', title: 'Average precision', of: (week) => week.average_precision, estimate: (one) => one.average_precision, share: false },
  { key: 'precision', title: 'Precision', of: (week) => week.precision, estimate: (one) => one.precision, open: (week) => [week.precision.low ?? null, week.precision.value, week.precision.high ?? null], share: true },
  { key: 'recall', title: 'Recall', of: (week) => week.recall, estimate: (one) => one.recall, open: (week) => [week.recall.at_least, null, week.recall.at_most], share: true },
  { key: 'money', title: 'Money saved', of: (week) => week.saved, open: (week) => [week.saved.at_least, null, week.saved.at_most], share: false },
  { key: 'counts', title: 'Alerts and frauds', of: () => undefined, share: false },
];

/** The weeks as a chart, one measure at a time. */
export function WeekCharts(props: { weeks: Resource<Weeks>; models: Models | undefined }) {
  const [key, setKey] = useState('ap');
  const measure = MEASURES.find((one) => one.key === key) ?? (MEASURES[0] as Measure);
  return (
    <Card
      title="Week by week"
      note="Week 1 began at go-live. Bands are 95 % intervals; open weeks show what is known of them so far."
      action={<JsonLink path="/v1/weeks" />}
    >
      <Read resource={props.weeks} what="the weeks">
        {(weeks) =>
          weeks.closed.length + weeks.open.length === 0 ? (
            <Empty title="No week has begun.">Weeks count from go-live on, when the first model serves.</Empty>
          ) : (
            <div class="stack">
              <div class="choices" role="group" aria-label="What is shown">
                {MEASURES.map((one) => (
                  <button type="button" key={one.key} class="choice" aria-pressed={one.key === key} onClick={() => setKey(one.key)}>
                    {one.title}
                  </button>
                ))}
                {weeks.pending > 0 && <Tag tone="info">Intervals of {weeks.pending} {weeks.pending === 1 ? 'week' : 'weeks'} are being reckoned</Tag>}
              </div>
              <WeekChart weeks={weeks} measure={measure} models={props.models} />
              {measure.estimate && <EstimateNote weeks={weeks} />}
              {weeks.earlier > 0 && <p class="note">{number(weeks.earlier)} earlier weeks are not shown.</p>}
            </div>
          )
        }
      </Read>
    </Card>
  );
}

/** What an estimate is, and how far the last one was held against the truth. */
function EstimateNote(props: { weeks: Weeks }) {
  const all = [...props.weeks.open, ...props.weeks.closed];
  const last = all.find((week) => week.estimate);
  const bare = all.filter((week) => week.estimate && !isCalibrated(week.estimate)).length;
  return last?.estimate ? (
    <p class="note">
      An estimate is said at a week’s end, by its scores alone. That of week {last.week} was {ground(last.estimate)} of its model.
      {bare > 0 && <> Hollow points ({number(bare)} {bare === 1 ? 'week' : 'weeks'}): the model was too new to be held against any, so its scores were taken as they are.</>}
    </p>
  ) : null;
}

function WeekChart(props: { weeks: Weeks; measure: Measure; models: Models | undefined }) {
  const { weeks, measure } = props;
  const closed = [...weeks.closed].reverse();
  const open = [...weeks.open].reverse();
  const x = [...closed, ...open].map((week) => week.week);
  const write = (value: number): string =>
    measure.key === 'money' ? money(value, weeks.currency) : measure.key === 'counts' ? number(value) : measure.share ? percent(value, 0) : number(value, 2);
  return (
    <Chart
      describe={gist(weeks, measure, write)}
      x={x}
      xLabel="Week"
      xText={(week) => (Number.isInteger(week) ? number(week) : '')}
      series={measure.key === 'counts' ? counts(closed, open) : lines(closed, open, measure)}
      yLabel={measure.key === 'money' ? 'Money saved a week' : measure.key === 'counts' ? 'A week' : measure.title}
      yText={write}
      {...(measure.key === 'money' ? {} : { yMin: 0 })}
      {...(measure.share || measure.key === 'ap' ? { yMax: 1 } : {})}
      height={280}
      marks={open[0] ? [{ x: open[0].week - 0.5, label: 'open' }] : []}
    />
  );
}

function gist(weeks: Weeks, measure: Measure, write: (value: number) => string): string {
  const last = weeks.closed[0];
  const compared = last ? measure.of(last) : undefined;
  const now = compared
    ? ` In week ${last?.week}, the last that is closed, learning had ${value(compared.learning, write)} and the frozen model ${value(compared.frozen, write)}.`
    : '';
  return `${measure.title} by week: ${weeks.closed.length} closed weeks, ${weeks.open.length} open.${now}`;
}

function value(of: Ranged, write: (value: number) => string): string {
  return typeof of.value === 'number' ? write(of.value) : 'none';
}

type Points = (number | null)[];

function lines(closed: ClosedWeek[], open: OpenWeek[], measure: Measure): Series[] {
  const gap: Points = open.map(() => null);
  const side = (name: 'learning' | 'frozen', label: string, colour: number): Series => {
    const all = closed.map((week) => (week.decisions > 0 ? measure.of(week)?.[name] : undefined));
    const known = all.some((one) => one?.low !== undefined);
    return {
      label,
      colour,
      values: [...all.map((one) => one?.value ?? null), ...gap],
      ...(known
        ? { low: [...all.map((one) => one?.low ?? null), ...gap], high: [...all.map((one) => one?.high ?? null), ...gap] }
        : {}),
      points: true,
    };
  };
  const series = [side('learning', 'Learning', 1), { ...side('frozen', 'Frozen', 2), dash: [6, 4] }];
  const { estimate, open: known } = measure;
  if (estimate) {
    series.push(...guesses([...closed, ...open], estimate));
  }
  if (known && open.length > 0) {
    const before: Points = closed.map(() => null);
    const of = open.map(known);
    series.push({
      label: measure.key === 'precision' ? 'Open: answered so far' : 'Open: bounds',
      colour: 3,
      values: [...before, ...of.map(([low, at, high]) => at ?? (low !== null && high !== null ? (low + high) / 2 : null))],
      low: [...before, ...of.map(([low]) => low)],
      high: [...before, ...of.map(([, , high]) => high)],
      points: true,
    });
  }
  return series;
}

/** Estimates, and apart from them those of scores that were taken as they are, which say less. */
function guesses(weeks: { estimate?: Estimate }[], of: (estimate: Estimate) => number | null): Series[] {
  const where = (is: (estimate: Estimate) => boolean): Points => weeks.map(({ estimate }) => (estimate && is(estimate) ? of(estimate) : null));
  const held = where(isCalibrated);
  const bare = where((estimate) => !isCalibrated(estimate));
  const series: Series[] = [
    { label: 'Estimate without labels', colour: 4, dash: [2, 3], values: held, points: true, across: true },
    { label: 'Estimate, held against no week yet', colour: 4, dash: [1, 6], values: bare, points: true, hollow: true, across: true },
  ];
  return series.filter((one) => one.values.some((value) => value !== null));
}

function counts(closed: ClosedWeek[], open: OpenWeek[]): Series[] {
  const all = [...closed, ...open];
  return [
    { label: 'Alerts', colour: 1, values: all.map((week) => week.alerts), points: true },
    { label: 'Right alerts', colour: 3, dash: [6, 4], values: all.map((week) => week.right_alerts), points: true },
    { label: 'Frauds', colour: 6, dash: [2, 3], values: all.map((week) => week.positives), points: true },
    { label: 'Alerts, frozen', colour: 2, dash: [10, 4, 2, 4], values: [...closed.map((week) => week.frozen_alerts ?? null), ...open.map(() => null)], points: true },
  ];
}

/** What is known of the weeks that are not mature. */
export function OpenWeeks(props: { weeks: Resource<Weeks> }) {
  if (props.weeks.data?.open.length === 0) {
    return null;
  }
  return (
    <Card title="Open weeks" note="Their outcomes have not all had time to arrive. Bounds hold whatever the open ones turn out to be.">
      <Read resource={props.weeks} what="the open weeks">
        {(weeks) => (
          <DataTable<OpenWeek>
            caption="Open weeks"
            rows={weeks.open}
            rowKey={(week) => String(week.week)}
            empty="No week is open."
            columns={[
              { key: 'week', head: 'Week', cell: (week) => <span class="nowrap"><strong>{week.week}</strong> <span class="muted">from <Time at={week.from} form="shortDay" only="viewer" /></span><div class="muted">mature <Time at={week.matures_at} form="shortDay" only="viewer" /></div></span> },
              { key: 'known', head: 'Outcomes known', cell: (week) => <Known week={week} /> },
              { key: 'positives', head: 'Frauds so far', align: 'end', cell: (week) => number(week.positives) },
              { key: 'alerts', head: 'Alerts', align: 'end', cell: (week) => <span class="nowrap">{number(week.right_alerts)} of {number(week.answered_alerts)} right</span>, title: 'Of the alerts of which something is known' },
              { key: 'precision', head: 'Precision', align: 'end', cell: (week) => week.precision.value === null ? NONE : <span class="nowrap">{percent(week.precision.value)} <span class="muted">{interval(week.precision.low, week.precision.high, (v) => percent(v, 0))}</span></span> },
              { key: 'recall', head: 'Recall between', align: 'end', cell: (week) => <span class="nowrap">{interval(week.recall.at_least, week.recall.at_most, (v) => percent(v, 0))}</span> },
              { key: 'saved', head: 'Money saved between', align: 'end', cell: (week) => <span class="nowrap">{interval(week.saved.at_least, week.saved.at_most, (v) => money(v, weeks.currency))}</span> },
              { key: 'estimate', head: 'Estimate: precision', align: 'end', wide: true, cell: (week) => <>{percent(week.estimate?.precision)}{week.estimate && <div class="muted">{ground(week.estimate)}</div>}</>, title: 'By its scores alone, said at the week’s end' },
            ]}
          />
        )}
      </Read>
    </Card>
  );
}

function Known(props: { week: OpenWeek }) {
  const { decisions, open } = props.week;
  const share = decisions === 0 ? 0 : 1 - open / decisions;
  return (
    <div class="known">
      <Meter share={share} label={`${percent(share, 0)} of ${number(decisions)} decisions have an outcome or are mature`} />
      <span class="muted">{percent(share, 0)} of {number(decisions)}</span>
    </div>
  );
}
