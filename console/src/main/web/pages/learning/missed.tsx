import { useState } from 'preact/hooks';
import { useResource } from '../../lib/api';
import { digits, money, number, percent, short } from '../../lib/format';
import type { Missed, Pull, Weeks, Wrong } from '../../lib/learning';
import { to } from '../../lib/router';
import { Button, Card, Empty, JsonLink, Read, Tag, Time } from '../../ui/parts';

/** The frauds that were missed and the customers that were disturbed, week by week. */
export function MissedAndDisturbed(props: { weeks: Weeks | undefined; first?: number }) {
  const [week, setWeek] = useState(props.first ?? 0);
  const path = week > 0 ? `/v1/missed?week=${week}` : '/v1/missed';
  const missed = useResource<Missed>(path, 60_000);
  const all = props.weeks ? [...props.weeks.open, ...props.weeks.closed].map((one) => one.week) : [];
  const choice = all.length > 1 && (
    <label class="inline">
      <span>Week</span>
      <select value={String(week || (missed.data?.week ?? ''))} onChange={(event) => setWeek(Number(event.currentTarget.value))}>
        {all.map((number) => <option key={number} value={String(number)}>{number}{props.weeks?.open.some((one) => one.week === number) ? ' (open)' : ''}</option>)}
      </select>
    </label>
  );
  return (
    <div class="grid">
      <div class="half">
        <Card title="Frauds that were missed" note="The dearest first, with what spoke for an alert and what against it." action={choice || <JsonLink path={path} />}>
          <Read resource={missed} what="what was missed">
            {(data) =>
              data.week === undefined ? (
                <Empty title="Nothing was decided yet." />
              ) : data.missed.count === 0 ? (
                <Empty title={`No fraud of week ${data.week} is known to have been missed.`}>{data.closed ? null : 'Its outcomes are still arriving.'}</Empty>
              ) : (
                <>
                  <p class="lead">
                    <strong>{number(data.missed.count)}</strong> in week {data.week}, worth <strong>{money(data.missed.cost, data.currency ?? '')}</strong>
                    {!data.closed && <> <Tag tone="info">known so far</Tag></>}
                  </p>
                  <Cases cases={data.missed.cases} currency={data.currency ?? ''} first="away" />
                </>
              )
            }
          </Read>
        </Card>
      </div>
      <div class="half">
        <Card title="Genuine customers disturbed" note="Alerts on cards without a fraud that day, the largest amounts first." action={<JsonLink path={path} />}>
          <Read resource={missed} what="who was disturbed">
            {(data) =>
              data.week === undefined ? (
                <Empty title="Nothing was decided yet." />
              ) : data.disturbed.alerts === 0 ? (
                <Empty title={`No alert of week ${data.week} is known to have been wrong.`} />
              ) : (
                <>
                  <p class="lead">
                    <strong>{number(data.disturbed.alerts)}</strong> alerts in week {data.week} disturbed <strong>{number(data.disturbed.entities)}</strong> customers,{' '}
                    {number(data.disturbed.again)} of them more than once
                  </p>
                  <Cases cases={data.disturbed.cases} currency={data.currency ?? ''} first="towards" />
                </>
              )
            }
          </Read>
        </Card>
      </div>
    </div>
  );
}

const FEW = 5;

function Cases(props: { cases: Wrong[]; currency: string; first: 'towards' | 'away' }) {
  const [all, setAll] = useState(false);
  const shown = all ? props.cases : props.cases.slice(0, FEW);
  return (
    <>
      <ul class="cases">
        {shown.map((one) => (
          <li key={one.id}>
            <div class="case-head">
              <a href={to('decisions', one.id)}>{one.id}</a>
              <strong>{money(one.amount, props.currency, 2)}</strong>
              <span class="muted">scored {number(one.score, digits(one.score, one.threshold))}, alerted from {number(one.threshold, digits(one.score, one.threshold))} on</span>
            </div>
            <div class="note"><Time at={one.at} /> · model <a href={to('model', one.model)}><code>{short(one.model)}</code></a></div>
            <Pulls title={props.first === 'away' ? 'Against an alert' : 'For an alert'} pulls={props.first === 'away' ? one.away : one.towards} />
            <Pulls title={props.first === 'away' ? 'For an alert' : 'Against it'} pulls={props.first === 'away' ? one.towards : one.away} />
          </li>
        ))}
      </ul>
      {shown.length < props.cases.length && <Button onClick={() => setAll(true)}>Show {props.cases.length - shown.length} more</Button>}
    </>
  );
}

function Pulls(props: { title: string; pulls: Pull[] }) {
  if (props.pulls.length === 0) {
    return null;
  }
  return (
    <p class="pulls">
      <span class="muted">{props.title}:</span>{' '}
      {props.pulls.map((pull) => (
        <span key={pull.feature} class="pull" title={`${pull.contribution > 0 ? '+' : ''}${number(pull.contribution, 2)} log-odds`}>
          {pull.feature} <span class="muted">{written(pull.value)}</span> <span class={pull.contribution > 0 ? 'up' : 'down'}>{pull.contribution > 0 ? '▲' : '▼'}{number(Math.abs(pull.contribution), 1)}</span>
        </span>
      ))}
    </p>
  );
}

function written(value: unknown): string {
  if (typeof value !== 'number') {
    return value === null || value === undefined ? 'unknown' : String(value);
  }
  return value > 0 && value < 1 && !Number.isInteger(value) ? percent(value) === '0.0%' ? number(value, 5) : number(value, 3) : number(value, Number.isInteger(value) ? 0 : 2);
}
