import { useState } from 'preact/hooks';
import { asProblem, useResource } from '../lib/api';
import { work, words, type WorkAlert, type WorkStep, type WorkView } from '../lib/decisions';
import { money, number } from '../lib/format';
import { useKeys } from '../lib/keys';
import { go, to } from '../lib/router';
import { useStore } from '../lib/store';
import { token } from '../lib/token';
import type { Page } from '../nav';
import { NameField, OneLine, OutcomeTag, ScoreOf, share, tellVerdict, useName, WorkTag } from '../ui/decided';
import { ask, ReadOnlyNote } from '../ui/dialog';
import { Button, Card, JsonLink, Meter, Read, Stat, Time } from '../ui/parts';
import { DataTable, type Column } from '../ui/table';
import { say } from '../ui/toast';

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

function Queue(props: { view: WorkView; reload: () => void }) {
  const { view, reload } = props;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [name, setName] = useName();
  const isOwner = useStore(token) !== '';
  const rows = view.alerts;
  const ids = rows.filter((row) => chosen.has(row.id)).map((row) => row.id);
  const done = (): void => {
    setChosen(new Set());
    reload();
  };
  const at = (): string[] => (ids.length > 0 ? ids : focused(rows));
  const now = (step: WorkStep, said: string): void => {
    const of = at();
    if (of.length === 0) {
      say('Choose an alert first: tick it, or go to it with the arrow keys.', 'warn');
    } else if (!name.trim()) {
      say('Say who you are first.', 'warn');
    } else if (!isOwner) {
      say('You can look, not act: open the address that the factory printed, with its #token.', 'warn');
    } else {
      work(step, of, name.trim()).then(
        () => {
          say(`${said}: ${of.length === 1 ? (of[0] ?? '') : number(of.length)}.`);
          done();
        },
        (failure: unknown) => {
          const problem = asProblem(failure);
          say([problem.what, problem.advice].join(' '), 'bad');
          reload();
        },
      );
    }
  };
  const asked = (step: WorkStep, title: string, verb: string, text: string): void => {
    const of = at();
    if (of.length === 0) {
      say('Choose an alert first: tick it, or go to it with the arrow keys.', 'warn');
      return;
    }
    const codes = step === 'close' ? [{ name: 'code', label: 'What came of it', options: view.codes.map((code): [string, string] => [code, words(code)]) }] : [];
    ask({
      title: `${title}: ${of.length === 1 ? (of[0] ?? '') : `${number(of.length)} alerts`}`,
      text,
      verb,
      fields: codes,
      hint: step === 'close' ? 'Called back, card blocked' : 'What the next one should know',
      run: async (said) => {
        await work(step, of, said.by, { note: said.reason, ...(said.code ? { code: said.code } : {}) });
        setName(said.by);
        done();
      },
      done: `${verb}: done.`,
    });
  };
  const verdict = (positive: boolean | null): void => {
    const of = at();
    if (view.verdict && of.length > 0) {
      void tellVerdict(view.verdict, of, positive, name.trim()).then((ok) => ok && done());
    }
  };
  const close = (): void => asked('close', 'Close', 'Close', 'It leaves the queue. What it was is said by a verdict or by the label, not by this.');
  const claim = (): void => now('claim', 'Claimed');
  useKeys({
    c: claim,
    r: () => now('release', 'Released'),
    x: close,
    n: () => asked('note', 'Note', 'Note', 'It stays with the alert, and on record.'),
    f: () => verdict(true),
    g: () => verdict(false),
    u: () => verdict(null),
  });
  return (
    <div class="stack">
      {!isOwner && <ReadOnlyNote />}
      <div class="filters work-bar" role="toolbar" aria-label="What to do with the chosen alerts">
        <NameField name={name} onChange={setName} />
        <span class="note chosen">{ids.length === 0 ? 'None chosen' : `${number(ids.length)} chosen`}</span>
        <div class="buttons">
          <Button onClick={claim} disabled={!isOwner} title="Key c"><kbd>c</kbd> Claim</Button>
          <Button onClick={() => now('release', 'Released')} disabled={!isOwner} title="Key r"><kbd>r</kbd> Release</Button>
          <Button onClick={close} disabled={!isOwner} title="Key x"><kbd>x</kbd> Close …</Button>
          <Button onClick={() => asked('note', 'Note', 'Note', 'It stays with the alert, and on record.')} disabled={!isOwner} title="Key n"><kbd>n</kbd> Note …</Button>
          <Button onClick={() => asked('reopen', 'Reopen', 'Reopen', 'It is to be worked on again.')} disabled={!isOwner}>Reopen …</Button>
          {view.verdict && (
            <>
              <Button onClick={() => verdict(true)} title="Key f"><kbd>f</kbd> Fraud</Button>
              <Button onClick={() => verdict(false)} title="Key g"><kbd>g</kbd> Genuine</Button>
              <Button onClick={() => verdict(null)} title="Key u"><kbd>u</kbd> Undo</Button>
            </>
          )}
        </div>
      </div>
      <DataTable
        caption="Alerts as work, the most money at risk first"
        columns={columns(view.currency)}
        rows={rows}
        rowKey={(row) => row.id}
        empty="No alert stands there."
        onOpen={(row) => go('decisions', row.id)}
        chosen={{ keys: chosen, onChange: setChosen }}
        dense
      />
      <p class="note">Keys work on what is ticked, or on the row that you are at: go there with the arrow keys. Enter opens it.</p>
    </div>
  );
}

/** The alert whose row has the focus. */
function focused(rows: readonly WorkAlert[]): string[] {
  const row = document.activeElement?.closest('tbody tr');
  const id = row?.querySelector('[data-id]')?.getAttribute('data-id');
  return id && rows.some((one) => one.id === id) ? [id] : [];
}

function columns(currency: string): Column<WorkAlert>[] {
  return [
    { key: 'risk', head: 'At risk', align: 'end', cell: (row) => <strong>{money(row.at_risk, currency, 2)}</strong>, value: (row) => row.at_risk, title: 'The expected loss: score times amount' },
    { key: 'id', head: 'Alert', cell: (row) => <OneLine text={row.id} href={to('decisions', row.id)} id={row.id} /> },
    { key: 'entity', head: 'Entity', cell: (row) => <OneLine text={row.entity} />, value: (row) => row.entity },
    { key: 'amount', head: 'Amount', align: 'end', wide: true, cell: (row) => money(row.amount, currency, 2), value: (row) => row.amount },
    { key: 'score', head: 'Score', align: 'end', cell: (row) => <ScoreOf line={row} />, value: (row) => row.score ?? null },
    { key: 'at', head: 'When', cell: (row) => <Time at={row.at} />, value: (row) => Date.parse(row.at) },
    { key: 'status', head: 'Work', cell: (row) => <WorkTag work={row.work} />, value: (row) => row.work.status },
    { key: 'outcome', head: 'Outcome', cell: (row) => <OutcomeTag outcome={row.outcome} /> },
    { key: 'note', head: 'Note', wide: true, cell: (row) => <span class="last-note break">{last(row)}</span> },
  ];
}

function last(row: WorkAlert): string {
  const note = row.work.notes[row.work.notes.length - 1];
  const code = row.work.closed ? words(row.work.closed.code) : '';
  return [code, note ? `${note.note ?? ''} (${note.by})` : ''].filter((text) => text).join(': ');
}

/** The alerts that wait for a person. */
export const workQueue: Page = { path: 'work', title: 'Work queue', View: Work };
