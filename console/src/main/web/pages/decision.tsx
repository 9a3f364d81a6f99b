import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useResource, type Resource } from '../lib/api';
import { actions, work, words, type DecisionHistory, type DecisionLine, type DecisionView, type Lineage, type Said, type Usual } from '../lib/decisions';
import { money, number, short } from '../lib/format';
import { useKeys } from '../lib/keys';
import { go, to } from '../lib/router';
import { useStore } from '../lib/store';
import { token } from '../lib/token';
import { Chart } from '../ui/chart';
import { ActionTag, InRange, NameField, OneLine, OutcomeTag, plain, ScoreOf, SignedBars, tellVerdict, useName, WorkTag } from '../ui/decided';
import { Button, Card, Empty, JsonLink, Loading, ProblemNote, Read, Stat, Tag, Time } from '../ui/parts';
import { DataTable, type Column } from '../ui/table';

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
  return (
    <>
      <Card>
        <div class="stats">
          <Stat label="Score" value={number(view.score, 4)} note={view.threshold === null ? 'no threshold' : `threshold ${number(view.threshold, 4)}`} />
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
                  <dd class="mono break">{one.value === null ? <span class="muted">none</span> : String(one.value)}</dd>
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
          <Card title="By what it was decided">
            <dl class="pairs">
              <dt>model</dt><dd class="mono break">{short(view.model)}</dd>
              <dt>threshold</dt><dd>{view.threshold === null ? '–' : number(view.threshold, 6)}</dd>
              <dt>policies</dt><dd class="mono break">{short(view.policy_version)}</dd>
              <dt>features</dt><dd class="mono break">{short(view.feature_view)}</dd>
              <dt>ledger</dt><dd class="mono">{view.position}</dd>
            </dl>
            <Proof path={props.path} />
          </Card>
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

/** The answer to `GET /v1/decisions/{id}/rebuilt`. */
interface Rebuilt {
  agrees: boolean;
  comparisons: { what: string; agrees: boolean; then: string; now: string }[];
  served: { model: string; since: string; reason: string; by: string };
}

/** Has the decision made again from the ledger, and says whether it is the same. */
function Proof(props: { path: string }) {
  const [asked, setAsked] = useState(false);
  const rebuilt = useResource<Rebuilt>(asked ? `${props.path}/rebuilt` : null);
  if (!asked) {
    return (
      <p class="proof">
        <Button onClick={() => setAsked(true)}>Make it again and compare</Button>{' '}
        <span class="note">From the ledger, beside the serving; that takes seconds, or longer for one from before the oldest snapshot.</span>
      </p>
    );
  }
  return (
    <div class="proof">
      <Read resource={rebuilt} what="the decision as it is made again">
        {(data) => (
          <>
            <p>
              <Tag tone={data.agrees ? 'good' : 'bad'}>{data.agrees ? 'The same in every bit' : 'Not the same'}</Tag>{' '}
              <span class="note">served since <Time at={data.served.since} />: {data.served.reason}</span>
            </p>
            <ul class="note">
              {data.comparisons.map((one) => (
                <li key={one.what} class="break">
                  {one.agrees ? '✓' : '✕'} {one.what}: <span class="mono">{one.now || 'none'}</span>
                  {!one.agrees && <>, but answered was <span class="mono">{one.then || 'none'}</span></>}
                </li>
              ))}
            </ul>
          </>
        )}
      </Read>
    </div>
  );
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

/** The outcomes, the verdict, and the work; with the keys f, g and u. */
function Outcome(props: { view: DecisionView; reload: () => void }) {
  const { view } = props;
  const [name, setName] = useName();
  const isOwner = useStore(token) !== '';
  const form = view.verdict;
  const own = view.said.find((said) => said.source === form?.source);
  const tell = (positive: boolean | null): void => {
    if (form) {
      void tellVerdict(form, [view.id], positive, name.trim()).then((done) => done && props.reload());
    }
  };
  const takeBack = (): void => {
    if (own?.positive !== undefined) {
      tell(null);
    }
  };
  useKeys(form ? { f: () => tell(true), g: () => tell(false), u: takeBack } : {});
  useSeen(view, isOwner ? name.trim() : '');
  return (
    <div class="stack">
      {view.said.length === 0 ? <p class="muted">Nobody has said yet what it was.</p> : <ul class="said">{view.said.map((said) => <SaidLine key={said.source} said={said} />)}</ul>}
      {form ? (
        <div class="verdict">
          <div class="buttons">
            <Button onClick={() => tell(true)} kind={own?.positive === true ? 'primary' : 'plain'} title="Key f"><kbd>f</kbd> Fraud</Button>
            <Button onClick={() => tell(false)} kind={own?.positive === false ? 'primary' : 'plain'} title="Key g"><kbd>g</kbd> Genuine</Button>
            <Button onClick={takeBack} disabled={own?.positive === undefined} title="Key u"><kbd>u</kbd> Undo</Button>
          </div>
          <NameField name={name} onChange={setName} />
          <p class="note">A verdict is an outcome of <code>{form.source}</code>: it counts until the label is known, and can be taken back.</p>
        </div>
      ) : (
        <p class="note">No source of this factory takes a verdict here: one of <code>label.provisional</code> would whose columns but the id are all nullable.</p>
      )}
      {view.work && <Work view={view} />}
    </div>
  );
}

/** File and row, or that it came over HTTP; and whether it lay in quarantine before. */
function origin(lineage: Lineage): ComponentChildren {
  const detour = lineage.quarantine;
  return (
    <>
      {lineage.file ? <><span class="mono">{lineage.file}</span>, {detour && detour.line > 0 ? `line ${number(detour.line)}` : `row ${number(lineage.row ?? 0)}`}</> : 'over HTTP'}
      {detour && (
        <>
          , out of quarantine (record <span class="mono">{detour.number}</span>
          {detour.by ? <>, mended by {detour.by}, <Time at={detour.mended_at} />: {detour.reason}</> : ', as it had come'})
        </>
      )}
    </>
  );
}

function SaidLine(props: { said: Said }) {
  const { said } = props;
  const outcome = said.positive === undefined ? undefined : { positive: said.positive, definitive: said.kind === 'label' };
  return (
    <li>
      {outcome ? <OutcomeTag outcome={outcome} /> : <Tag>{said.kind === 'other' ? 'noted' : 'taken back'}</Tag>}{' '}
      <span>by <code>{said.source}</code>, <Time at={said.at} form="exact" /></span>
      {!said.in_force && outcome && <span class="muted"> (overruled)</span>}
      <div class="note break">{origin(said.lineage)}, position <span class="mono">{said.lineage.position}</span></div>
    </li>
  );
}

function Work(props: { view: DecisionView }) {
  const state = props.view.work;
  if (!state) {
    return null;
  }
  return (
    <div class="work-state">
      <h3>The work on it <WorkTag work={state} /></h3>
      <ul class="said">
        {state.claimed && <li>claimed by {state.claimed.by}, <Time at={state.claimed.at} /></li>}
        {state.notes.map((note) => <li key={note.at + note.by}><span class="break">“{note.note}”</span> {note.by}, <Time at={note.at} /></li>)}
        {state.closed && <li>closed by {state.closed.by} as {words(state.closed.code)}, <Time at={state.closed.at} /></li>}
        {state.seen.length > 0 && <li class="muted">score seen by {state.seen.map((seen) => seen.by).join(', ')}</li>}
      </ul>
      <p><a href={to('work')}>To the work queue</a></p>
    </div>
  );
}

/** Puts on record that a person was shown the score of an alert. */
function useSeen(view: DecisionView, name: string): void {
  const told = useRef('');
  useEffect(() => {
    const isDue = view.work && name && told.current !== name && !view.work.seen.some((seen) => seen.by === name);
    if (!isDue) {
      return undefined;
    }
    const timer = window.setTimeout(() => {
      told.current = name;
      work('seen', [view.id], name).catch(() => undefined);
    }, 1500);
    return () => window.clearTimeout(timer);
  }, [view, name]);
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
    { key: 'amount', head: 'Amount', align: 'end', cell: (line) => money(line.amount, props.currency, 2), value: (line) => line.amount },
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

