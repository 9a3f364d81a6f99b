import './learning/learning.css';
import { useResource } from '../lib/api';
import { factory } from '../lib/factory';
import { duration, money, number, percent, short } from '../lib/format';
import { followerOf } from '../lib/learning';
import type { HistoryEntry, Model, Models } from '../lib/learning';
import { to } from '../lib/router';
import { useStore } from '../lib/store';
import type { Page } from '../nav';
import { Button, Card, Empty, JsonLink, PageHead, Read, Stat, Time } from '../ui/parts';
import { Copy } from '../ui/copy';
import { Told } from '../ui/told';
import { Costs } from './model/costs';
import { Importance, Judged, Pictures, Segments } from './model/evaluation';
import { BesideFormer } from './story/told';
import { Walk } from './story/walk';
import { promote, reject, rollBackFrom, Roles, Version } from './learning/models';

function ModelPage(props: { rest: string[] }) {
  const id = props.rest[0] ?? 'champion';
  const path = `/v1/models/${encodeURIComponent(id)}`;
  const model = useResource<Model>(path, 30_000);
  const models = useResource<Models>('/v1/models', 30_000);
  if (model.data === undefined && model.problem?.status === 404) {
    return (
      <>
        <PageHead title={`Model ${id.slice(0, 64)}`} />
        <Card><Empty title={model.problem.what}>{model.problem.advice} <a href={to('learning')}>All versions</a></Empty></Card>
      </>
    );
  }
  return (
    <Read resource={model} what="the model">
      {(data) => (
        <div class="stack dossier">
          <div class="page-head">
            <h1>Model <code>{short(data.version)}</code></h1>
            <Roles roles={data.roles} />
            <Past model={data} models={models.data} />
            <JsonLink path={path} />
          </div>
          <p class="note crumbs"><a href={to('learning')}>Learning</a> · <code title={data.version}>{short(data.version)}</code> <Copy text={data.version} /><code class="whole print-only">{data.version}</code></p>
          <Walk rest={props.rest} chapter="champion">{(story) => <BesideFormer story={story} models={models.data} />}</Walk>
          <Acts
            model={data}
            models={models.data}
            reload={() => {
              model.reload();
              models.reload();
            }}
          />
          <Making model={data} />
          <Judged model={data} />
          <Pictures model={data} />
          <Costs model={data} models={models.data} />
          <div class="grid">
            <div class="half"><Segments model={data} /></div>
            <div class="half"><Importance model={data} /></div>
          </div>
          <Responsible model={data} />
          <Said title="Its way to serve, and back" entries={data.dossier.way} empty="It never was on its way." />
          <Said title="What persons decided" entries={data.dossier.persons} empty="Nobody overrode anything." />
          <Said title="Policies beside it" note={`Promotion: ${data.dossier.promotion}.`} entries={data.dossier.policies} empty="Unchanged since the factory began." />
          <Features model={data} />
        </div>
      )}
    </Read>
  );
}

/** Of one that serves no more: when it did, and who followed. */
function Past(props: { model: Model; models: Models | undefined }) {
  const time = props.model.served[0];
  const next = time && followerOf(props.models, time);
  return time?.until === undefined ? null : (
    <p class="note">served from <Time at={time.from} form="day" only="viewer" /> until <Time at={time.until} form="day" only="viewer" />{next && <>, followed by <Version id={next.version} /></>}</p>
  );
}

function Acts(props: { model: Model; models: Models | undefined; reload: () => void }) {
  const { model, models } = props;
  if (!models) {
    return null;
  }
  const by = { revision: models.revision, reload: props.reload };
  const serves = models.champion === model.version;
  const waits = models.proposed?.version === model.version || models.candidate?.version === model.version;
  return (
    <div class="buttons no-print">
      {!serves && <Button kind={waits ? 'primary' : 'plain'} onClick={() => promote(model.version, by)}>Promote …</Button>}
      {waits && <Button onClick={() => reject(model.version, by)}>Reject …</Button>}
      {serves && models.served.length > 1 && <Button onClick={() => rollBackFrom(model.version, by)}>Roll back …</Button>}
      <Button onClick={() => window.print()} title="All of it on paper, for model-risk people">Print the dossier</Button>
    </div>
  );
}

const METRICS: [keys: string[], label: string, write: (value: number, currency: string) => string][] = [
  [['average_precision'], 'Average precision', (value) => number(value, 3)],
  [['roc_auc', 'auc'], 'ROC AUC', (value) => number(value, 3)],
  [['card_precision'], 'Card precision', (value) => percent(value)],
  [['precision'], 'Precision', (value) => percent(value)],
  [['recall'], 'Recall', (value) => percent(value)],
  [['money_saved'], 'Money saved', (value, currency) => money(value, currency)],
  [['log_loss'], 'Log loss', (value) => number(value, 4)],
  [['calibration_error'], 'Calibration error', (value) => number(value, 4)],
];

function Making(props: { model: Model }) {
  const { model } = props;
  const currency = useStore(factory)?.currency ?? '';
  const found = METRICS.map(([keys, label, write]) => {
    const value = Object.entries(model.metrics).find(([name]) => keys.some((key) => name.replaceAll('-', '_').startsWith(key)))?.[1];
    return typeof value === 'number' ? { label, text: write(value, currency) } : undefined;
  }).filter((one) => one !== undefined);
  return (
    <Card
      title="What it is worth on observations that it was not fitted on"
      note={model.judged === model.version ? undefined : <>It is a refit: <Version id={model.judged} /> was judged in its place, the same recipe without the newest days.</>}
    >
      {found.length === 0 ? (
        <Empty title="Nothing was measured of it.">{model.learner === 'rules' ? 'A person wrote these rules.' : null}</Empty>
      ) : (
        <div class="stats">{found.map((one) => <Stat key={one.label} label={one.label} value={one.text} />)}</div>
      )}
      <dl class="pairs made">
        <dt>Learner</dt><dd>{model.learner} <span class="muted">{Object.entries(model.parameters).map(([name, value]) => `${name} ${value}`).join(', ')}</span></dd>
        <dt>Fitted on</dt><dd>{number(model.rows)} observations, {number(model.positives)} of them positive, from <Time at={model.from} form="day" only="viewer" /> until <Time at={model.until} form="day" only="viewer" /> <span class="muted">as {model.purpose}</span></dd>
        <dt>Served</dt><dd>{model.served.length === 0 ? 'never' : model.served.map((time) => <div key={time.from}><Time at={time.from} />{time.until ? <> until <Time at={time.until} /> <span class="muted">({duration(Date.parse(time.until) - Date.parse(time.from))})</span></> : ' until now'}: {time.reason}, by {time.by}</div>)}</dd>
        {model.live && (
          <>
            <dt>Live</dt>
            <dd>
              {number(model.live.scores)} scores, {number(model.live.alerts_today)} alerts today{model.live.threshold !== undefined && <>, from a score of {number(model.live.threshold, 4)} on</>}
              {model.live.score_micros > 0 && <>; {number(model.live.score_micros, 1)} µs a score</>}
            </dd>
          </>
        )}
        <dt>Features</dt><dd>{number(model.features.length)} of view <code>{short(model.view)}</code></dd>
        <dt>Seed</dt><dd>{model.seed}</dd>
        <dt>Libraries</dt><dd class="muted">{Object.entries(model.libraries).map(([name, value]) => `${name} ${value}`).join(', ')}</dd>
      </dl>
    </Card>
  );
}

function Responsible(props: { model: Model }) {
  const about = props.model.dossier;
  const said = (text: string): string => text || 'the factory file does not say';
  return (
    <Card title="Use and responsibility" note={<>As the factory file says it, under <code>about</code>.</>}>
      <dl class="pairs">
        <dt>Owner</dt><dd>{said(about.owner)}</dd>
        <dt>Purpose</dt><dd>{said(about.purpose)}</dd>
        <dt>Limits</dt><dd>{about.limits.length === 0 ? 'none named' : <ul class="bullets">{about.limits.map((limit) => <li key={limit}>{limit}</li>)}</ul>}</dd>
        <dt>Risk tier</dt><dd>{said(about.tier)}</dd>
        <dt>Next review</dt><dd>{said(about.next_review)}</dd>
        <dt>Independent validations</dt><dd>{about.validations.length === 0 ? 'none named' : <ul class="bullets">{about.validations.map((one) => <li key={one}>{one}</li>)}</ul>}</dd>
      </dl>
    </Card>
  );
}

function Said(props: { title: string; note?: string; entries: HistoryEntry[]; empty: string }) {
  return (
    <Card title={props.title} note={props.note}>
      {props.entries.length === 0 ? (
        <Empty title={props.empty} />
      ) : (
        <ol class="entries">
          {props.entries.map((entry, index) => (
            <li key={index}>
              <Time at={entry.at} /> <strong>{entry.what}</strong> {entry.version && <Version id={entry.version} />} <span><Told text={entry.text} /></span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function Features(props: { model: Model }) {
  return (
    <Card title="Features" note="The query that it was fitted on.">
      <details>
        <summary>{number(props.model.features.length)} features and their SQL</summary>
        <p class="note">{props.model.features.map((one) => `${one.name} ${one.type}`).join(', ')}</p>
        <pre class="sql" tabIndex={0}>{props.model.features_sql}</pre>
      </details>
    </Card>
  );
}

/** One version: what it is worth, how it came about, what was decided about it; its dossier on paper. */
export const model: Page = { path: 'model', title: 'Model', View: ModelPage, hidden: true };
