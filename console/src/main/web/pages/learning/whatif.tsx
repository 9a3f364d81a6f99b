import { useState } from 'preact/hooks';
import { useResource, type Resource } from '../../lib/api';
import { money, number, percent } from '../../lib/format';
import type { WhatIf, WhatIfPoint } from '../../lib/learning';
import type { Policies } from '../../lib/policies';
import { Chart } from '../../ui/chart';
import { Button, Card, Empty, JsonLink, Read } from '../../ui/parts';
import { proposeAlerts } from './policy';

/** What other numbers of alerts a day would have come to. */
export function WhatIfCard(props: { policies: Resource<Policies> }) {
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
            <>
              <Pictures data={data} />
              <Choose data={data} policies={props.policies} />
            </>
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
            yLabel="Saved a week"
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
            yLabel="A day"
            yText={(value) => number(value, 1)}
            yMin={0}
            marks={[mark]}
          />
        </div>
      </div>
      <p class="note">
        As it was, {percent(actual.positives === 0 ? null : actual.stopped / actual.positives)} of the frauds were stopped. Changes of the model within these weeks
        had their thresholds set anew, which this leaves out.
      </p>
    </div>
  );
}

/** One of the numbers is chosen, held against what is in force, and proposed. */
function Choose(props: { data: WhatIf; policies: Resource<Policies> }) {
  const { points, days, currency, alerts_per_day: now } = props.data;
  const inForce = Math.max(0, points.findIndex((point) => point.alerts_per_day >= now));
  const [at, setAt] = useState(inForce);
  const chosen = points[Math.min(at, points.length - 1)] as WhatIfPoint;
  const held = points[inForce] as WhatIfPoint;
  const policies = props.policies.data;
  const rows: [what: string, of: (point: WhatIfPoint) => number, write: (value: number) => string][] = [
    ['Money saved a week', (point) => (point.saved * 7) / days, (value) => money(value, currency)],
    ['Alerts a day', (point) => point.alerts / days, (value) => number(value, 1)],
    ['False alerts a day', (point) => (point.alerts - point.right_alerts) / days, (value) => number(value, 1)],
    ['Frauds stopped a day', (point) => point.stopped / days, (value) => number(value, 1)],
  ];
  const sign = (value: number, text: string): string => (value > 0 ? '+' + text : text);
  return (
    <section class="choose" aria-labelledby="choose-title">
      <h3 id="choose-title">Choose a number</h3>
      <div class="choose-row">
        <label class="range">
          <span>Alerts a day: <output class="chosen">{number(chosen.alerts_per_day)}</output></span>
          <input
            type="range" min={0} max={points.length - 1} step={1} value={at}
            aria-valuetext={`${chosen.alerts_per_day} alerts a day`}
            onInput={(event) => setAt(Number(event.currentTarget.value))}
          />
        </label>
        <Button
          kind="primary"
          disabled={!policies || policies.proposal !== undefined || chosen.alerts_per_day === policies.now.alerts_per_day}
          title={policies?.proposal ? 'Something is proposed already' : undefined}
          onClick={() => policies && proposeAlerts(chosen.alerts_per_day, policies, props.policies.reload)}
        >
          Propose {number(chosen.alerts_per_day)} a day …
        </Button>
      </div>
      <div class="table-frame" tabIndex={0} role="region" aria-label="The chosen number against what is in force">
        <table class="figures">
          <caption class="hidden">The chosen number of alerts a day against what is in force, by the same weeks</caption>
          <thead>
            <tr><th scope="col"><span class="hidden">What</span></th><th scope="col" class="end">{number(held.alerts_per_day)} a day{held.alerts_per_day === now ? ', in force' : ''}</th><th scope="col" class="end">{number(chosen.alerts_per_day)} a day</th><th scope="col" class="end">Difference</th></tr>
          </thead>
          <tbody>
            {rows.map(([what, of, write]) => (
              <tr key={what}>
                <th scope="row">{what}</th><td class="end">{write(of(held))}</td><td class="end">{write(of(chosen))}</td>
                <td class="end">{sign(of(chosen) - of(held), write(of(chosen) - of(held)))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="note">What is proposed holds once another person approves it, from the next decision on. Until then nothing changes.</p>
    </section>
  );
}
