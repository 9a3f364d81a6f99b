import type { ComponentChildren } from 'preact';
import { useResource, type Resource } from '../lib/api';
import { actions, type DecisionHistory, type DecisionLine, type DecisionView, type NamedValue, type Usual } from '../lib/decisions';
import { digits, money, number } from '../lib/format';
import { go, to } from '../lib/router';
import { Chart } from '../ui/chart';
import { ActionTag, InRange, OneLine, OutcomeTag, plain, ScoreOf, SignedBars } from '../ui/decided';
import { Card, Empty, JsonLink, Loading, ProblemNote, Read, Stat, Tag, Time } from '../ui/parts';
import { DataTable, type Column } from '../ui/table';
import { Basis } from './decision/basis';
import { origin, Outcome } from './decision/outcome';

const BARS = 12;

/** One decision, opened. */
export function Decision(props: { id: string }) {
  const path = `/v1/decisions/${encodeURIComponent(props.id)}`;
  const view = useResource<DecisionView>(path);
  const history = useResource<DecisionHistory>(view.data ? `${path}/history` : null);
  const reload = (): void => {
    view.reload();
    history.reload();
  };
  return (
    <>
      <div class="page-head">
        <h1>Decision <span class="mono break">{props.id}</span></h1>
        {view.data && <ActionTag action={view.data.action} />}
        <a href={to('decisions')}>All decisions</a>
        <JsonLink path={path} />
      </div>
      {view.data === undefined && view.problem?.status === 404 ? (
        <Card><Empty title={view.problem.what}>{view.problem.advice}</Empty></Card>
      ) : view.data === undefined ? (
        <Card>{view.problem ? <ProblemNote problem={view.problem} retry={view.reload} /> : <Loading what="the decision" />}</Card>
      ) : (
        <Opened view={view.data} history={history} path={path} reload={reload} />
      )}
    </>
  );
}

function Opened(props: { view: DecisionView; history: Resource<DecisionHistory>; path: string; reload: () => void }) {
  const { view, history } = props;
  const usual = history.data?.usual ?? [];
  const many = digits(view.score, view.threshold);
  return (
    <>
      <Card>
        <div class="stats">
          <Stat label="Score" value={number(view.score, many)} note={view.threshold === null ? 'no threshold' : `threshold ${number(view.threshold, many)}`} />
          <Stat label="Decided" value={actions[view.action].word} note={actions[view.action].text} />
          <Stat label="At risk" value={money(view.at_risk, view.currency, 2)} note={`${money(view.amount, view.currency, 2)} times the score`} />
          <Stat label="Entity" value={<span class="long">{view.entity}</span>} note={<Time at={view.arrived_at} form="exact" />} />
        </div>
      </Card>
      <div class="grid">
        <div class="stack half">
          <Card title="What became of it"><Outcome view={view} reload={props.reload} /></Card>
          <Card title="The event">
            <dl class="pairs">
              {view.event.map((one) => (
                <>
                  <dt>{one.name}</dt>
                  <dd class="mono break">{valueIn(view, one)}</dd>
                </>
              ))}
            </dl>
          </Card>
          <Card title="Where it came from">
            <dl class="pairs">
              <dt>source</dt><dd>{view.lineage.source}</dd>
              <dt>from</dt><dd class="break">{origin(view.lineage)}</dd>
              <dt>taken in</dt><dd><Time at={view.lineage.arrived_at} form="exact" /></dd>
              <dt>ledger</dt><dd class="mono">{view.lineage.position}</dd>
            </dl>
          </Card>
        </div>
        <div class="stack half">
          <Card title="Why" note="What each feature added to the log-odds of the score, by the model that answered: to the right for fraud, to the left against it.">
            <Why view={view} usual={usual} history={history} />
          </Card>
          <Card title="By what it was decided"><Basis view={view} path={props.path} /></Card>
        </div>
      </div>
      <Card title="Its features against what is usual" note={<>Usual is what they were at the earlier observations of <span class="break">{view.entity}</span> below, as served.</>}>
        <Read resource={history} what="what is usual">{(data) => <Features usual={data.usual} />}</Read>
      </Card>
      <Card
        title={<>Others of <span class="break">{view.entity}</span></>}
        note="At most 40 up to this one and 10 after it, of 90 days."
        action={<JsonLink path={`${props.path}/history`} />}
      >
        <Read resource={history} what="its history">{(data) => <History id={view.id} history={data} currency={view.currency} />}</Read>
      </Card>
    </>
  );
}

/** What a column says; the amount as money, as it is written elsewhere. */
function valueIn(view: DecisionView, { name, value }: NamedValue): ComponentChildren {
  if (value === null) {
    return <span class="muted">none</span>;
  }
  return name === view.amount_column ? money(view.amount, view.currency, 2) : String(value);
}

function Why(props: { view: DecisionView; usual: Usual[]; history: Resource<DecisionHistory> }) {
  const all = props.usual
    .filter((one) => one.contribution !== null && one.contribution !== 0)
    .map((one) => ({ label: one.feature, value: one.contribution ?? 0 }));
  const bars = all.length > 0 ? all : props.view.reasons.map((reason) => ({ label: reason.feature, value: reason.contribution }));
  if (bars.length === 0) {
    return props.history.data || props.history.problem ? (
      <Empty title="The model gives no reasons." />
    ) : (
      <Loading what="reasons" />
    );
  }
  const loudest = [...bars].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, BARS);
  loudest.sort((a, b) => b.value - a.value);
  return (
    <>
      <SignedBars bars={loudest} describe={`What the ${loudest.length} loudest features added to the score, in log-odds`} />
      {bars.length > loudest.length && <p class="note">The {number(loudest.length)} loudest of {number(bars.length)}.</p>}
    </>
  );
}

function Features(props: { usual: Usual[] }) {
  const columns: Column<Usual>[] = [
    { key: 'feature', head: 'Feature', cell: (one) => <span class="break">{one.feature}</span>, value: (one) => one.feature },
    { key: 'value', head: 'Here', align: 'end', cell: (one) => <strong>{plain(one.value)}</strong>, value: (one) => one.value },
    {
      key: 'range',
      head: 'In its range',
      wide: true,
      cell: (one) =>
        one.value === null || one.low === null || one.median === null || one.high === null ? (
          <span class="muted">{one.value === null ? 'no value here' : 'nothing to compare'}</span>
        ) : (
          <InRange value={one.value} low={one.low} median={one.median} high={one.high} label={place(one)} />
        ),
    },
    { key: 'median', head: 'Usual', align: 'end', cell: (one) => plain(one.median), value: (one) => one.median, title: 'The median of the earlier ones' },
    { key: 'low', head: 'Least', align: 'end', wide: true, cell: (one) => plain(one.low), value: (one) => one.low },
    { key: 'high', head: 'Most', align: 'end', wide: true, cell: (one) => plain(one.high), value: (one) => one.high },
    {
      key: 'out',
      head: 'Unusual',
      cell: (one) => (isOut(one) ? <Tag tone="warn">{(one.value ?? 0) > (one.high ?? 0) ? 'above' : 'below'}</Tag> : null),
      value: (one) => (isOut(one) ? 0 : 1),
      title: 'Whether it lies outside of what was seen before',
    },
  ];
  return (
    <DataTable
      caption="The features of this decision against what is usual for its entity"
      columns={columns}
      rows={props.usual}
      rowKey={(one) => one.feature}
      empty="The features of that view are not computed any more."
      dense
    />
  );
}

function isOut(one: Usual): boolean {
  return one.value !== null && one.low !== null && one.high !== null && one.count > 0 && (one.value < one.low || one.value > one.high);
}

function place(one: Usual): string {
  return `${plain(one.value)}; usual ${plain(one.median)}, seen from ${plain(one.low)} to ${plain(one.high)} in ${one.count}`;
}

function History(props: { id: string; history: DecisionHistory; currency: string }) {
  const lines = props.history.decisions;
  const scored = [...lines].reverse().filter((line) => typeof line.score === 'number');
  const here = scored.find((line) => line.id === props.id);
  const columns: Column<DecisionLine>[] = [
    { key: 'at', head: 'When', cell: (line) => <Time at={line.at} form="exact" />, value: (line) => Date.parse(line.at) },
    { key: 'id', head: 'Id', cell: (line) => (line.id === props.id ? <OneLine text={line.id} strong /> : <OneLine text={line.id} href={to('decisions', line.id)} />) },
    { key: 'amount', head: 'Amount', align: 'end', cell: (line) => <span class="nowrap">{money(line.amount, props.currency, 2)}</span>, value: (line) => line.amount },
    { key: 'score', head: 'Score', align: 'end', cell: (line) => <ScoreOf line={line} />, value: (line) => line.score ?? null },
    { key: 'action', head: 'Action', cell: (line) => <ActionTag action={line.action} /> },
    { key: 'outcome', head: 'Outcome', cell: (line) => <OutcomeTag outcome={line.outcome} /> },
  ];
  return (
    <>
      {scored.length > 1 && (
        <Chart
          describe={`Scores of ${scored.length} decisions on the same entity; this one has ${number(here?.score, 3)}`}
          x={scored.map((line) => Date.parse(line.at) / 1000)}
          xIsTime
          xLabel="When"
          yLabel="Score"
          series={[{ label: 'Score', values: scored.map((line) => line.score ?? null), points: true }, { label: 'Threshold', values: scored.map((line) => line.threshold ?? null), step: true, points: false }]}
          yMin={0}
          height={180}
          marks={here ? [{ x: Date.parse(here.at) / 1000, label: 'this one' }] : []}
        />
      )}
      <DataTable
        caption="Observations of the same entity, the newest first"
        columns={columns}
        rows={lines}
        rowKey={(line) => line.id}
        empty="There is no other."
        onOpen={(line) => go('decisions', line.id)}
        rowClass={(line) => (line.id === props.id ? 'this' : undefined)}
        dense
      />
      {!props.history.whole && <p class="note">There may be older or newer ones: only a part of the ledger was looked at.</p>}
    </>
  );
}

