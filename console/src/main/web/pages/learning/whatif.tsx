import { useResource } from '../../lib/api';
import { money, number, percent } from '../../lib/format';
import type { WhatIf, WhatIfPoint } from '../../lib/learning';
import { Chart } from '../../ui/chart';
import { Card, Empty, JsonLink, Read } from '../../ui/parts';

/** What other numbers of alerts a day would have come to. */
export function WhatIfCard() {
  const whatIf = useResource<WhatIf>('/v1/what-if', 300_000);
  return (
    <Card
      title="What if there were more alerts a day, or fewer?"
      note="The last closed weeks again, by the scores as they were served: more alerts stop more frauds, and disturb more customers."
      action={<JsonLink path="/v1/what-if" />}
    >
      <Read resource={whatIf} what="what could be otherwise">
        {(data) =>
          data.points.length === 0 ? (
            <Empty title="There is no closed week with decisions.">Once there is one, it is gone over again with other numbers of alerts.</Empty>
          ) : (
            <Pictures data={data} />
          )
        }
      </Read>
    </Card>
  );
}

function Pictures(props: { data: WhatIf }) {
  const { points, actual, days, currency, alerts_per_day: now, weeks } = props.data;
  const aWeek = (value: number): number => (value * 7) / days;
  const aDay = (value: number): number => value / days;
  const falseAlerts = (point: WhatIfPoint): number => aDay(point.alerts - point.right_alerts);
  const x = points.map((point) => point.alerts_per_day);
  const best = points.reduce((most, point) => (point.saved > most.saved ? point : most), points[0] as WhatIfPoint);
  const mark = { x: now, label: `${number(now)} now` };
  return (
    <div class="stack">
      <p class="lead">
        Of week{weeks.length === 1 ? '' : 's'} {weeks.length > 1 ? `${weeks[0]} to ${weeks[weeks.length - 1]}` : weeks[0]}: as it was, {money(aWeek(actual.saved), currency)} a week at{' '}
        {number(falseAlerts(actual), 1)} false alerts a day. Most would have been saved with <strong>{number(best.alerts_per_day)}</strong> alerts a day:{' '}
        {money(aWeek(best.saved), currency)} a week at {number(falseAlerts(best), 1)} false alerts a day.
      </p>
      <div class="grid">
        <div class="half">
          <h3>Money saved a week</h3>
          <Chart
            describe={`Money saved a week by alerts a day: most, ${money(aWeek(best.saved), currency)}, with ${best.alerts_per_day}; ${now} are in force.`}
            x={x}
            xLabel="Alerts a day"
            series={[{ label: 'Money saved a week', values: points.map((point) => aWeek(point.saved)), points: true }]}
            yText={(value) => money(value, currency)}
            marks={[mark]}
          />
        </div>
        <div class="half">
          <h3>False alerts a day, and frauds stopped</h3>
          <Chart
            describe={`False alerts a day by alerts a day, from ${number(falseAlerts(points[0] as WhatIfPoint), 1)} to ${number(falseAlerts(points[points.length - 1] as WhatIfPoint), 1)}.`}
            x={x}
            xLabel="Alerts a day"
            series={[
              { label: 'False alerts a day', colour: 6, values: points.map(falseAlerts), points: true },
              { label: 'Frauds stopped a day', colour: 3, values: points.map((point) => aDay(point.stopped)), points: true },
            ]}
            yText={(value) => number(value, 1)}
            yMin={0}
            marks={[mark]}
          />
        </div>
      </div>
      <p class="note">
        As it was, {percent(actual.positives === 0 ? null : actual.stopped / actual.positives)} of the frauds were stopped. Changes of the model within these weeks
        had their thresholds set anew, which this leaves out. The number is a policy of the factory file: to change it, set <code>decision: alerts-per-day</code> there
        and start the factory again; the change is a record.
      </p>
    </div>
  );
}
