import { useState } from 'preact/hooks';
import { useResource } from '../lib/api';
import type { WorkView } from '../lib/decisions';
import { money, number } from '../lib/format';
import type { Page } from '../nav';
import { share } from '../ui/decided';
import { Card, JsonLink, Meter, Read, Stat } from '../ui/parts';
import { Queue } from './work/queue';

const VIEWS: [status: string, label: string][] = [
  ['open,claimed', 'To do'],
  ['claimed', 'Claimed'],
  ['answered', 'Answered'],
  ['closed', 'Closed'],
];

function Work() {
  const [status, setStatus] = useState('open,claimed');
  const path = `/v1/work?status=${status}`;
  const view = useResource<WorkView>(path, 5000);
  return (
    <>
      <div class="page-head">
        <h1>Work queue</h1>
        <p class="note">Alerts of the last 30 days that nobody is done with, the most money at risk first.</p>
        <JsonLink path={path} />
      </div>
      <Read resource={view} what="the work">
        {(data) => (
          <div class="stack">
            <Budget view={data} />
            <Card
              title="Alerts"
              action={
                <div class="buttons" role="group" aria-label="Which alerts">
                  {VIEWS.map(([of, label]) => (
                    <button key={of} type="button" class="button" aria-pressed={status === of} onClick={() => setStatus(of)}>
                      {label} <span class="muted">{number(of.split(',').reduce((sum, one) => sum + (data.counts[one as keyof WorkView['counts']] ?? 0), 0))}</span>
                    </button>
                  ))}
                </div>
              }
            >
              <Queue key={status} view={data} reload={view.reload} />
            </Card>
          </div>
        )}
      </Read>
    </>
  );
}

function Budget(props: { view: WorkView }) {
  const { budget, counts, alerts, currency } = props.view;
  const atRisk = alerts.filter((alert) => alert.work.status === 'open' || alert.work.status === 'claimed').reduce((sum, alert) => sum + (alert.at_risk ?? 0), 0);
  return (
    <Card>
      <div class="stats">
        <Stat
          label="Left of today’s budget"
          value={number(budget.left_today)}
          tone={budget.left_today === 0 ? 'warn' : 'plain'}
          note={
            <>
              {number(budget.worked_today)} of {number(budget.alerts_per_day)} worked today ({share(budget.worked_today, budget.alerts_per_day)})
              <Meter share={budget.worked_today / Math.max(1, budget.alerts_per_day)} label={`${budget.worked_today} of ${budget.alerts_per_day} worked today`} />
            </>
          }
        />
        <Stat label="Alerts today" value={number(budget.alerted_today)} note="by the factory’s day, in UTC" />
        <Stat label="Open" value={number(counts.open)} note={`${number(counts.claimed)} claimed`} />
        <Stat label="Money at risk here" value={money(atRisk, currency)} note="score times amount, of those listed" />
        <Stat label="Lapsed" value={number(budget.lapsed)} tone={budget.lapsed > 0 ? 'warn' : 'plain'} note="older than 30 days, and nobody was done" />
      </div>
    </Card>
  );
}

/** The alerts that wait for a person. */
export const workQueue: Page = { path: 'work', title: 'Work queue', View: Work };
