import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Resource } from '../../lib/api';
import { number, short, utc } from '../../lib/format';
import { role, type Judgement, type ModelLine, type Models, type Served } from '../../lib/learning';
import { go, to } from '../../lib/router';
import { actOn, type Seen } from '../../lib/seen';
import { ask } from '../../ui/dialog';
import { Button, Card, Empty, JsonLink, Read, Tag, Time } from '../../ui/parts';
import { DataTable } from '../../ui/table';

/** A version as a link to its page. */
export function Version(props: { id: string }) {
  return props.id ? <a class="version" href={to('model', props.id)}><code>{short(props.id)}</code></a> : <span class="muted">–</span>;
}

/** What a version is now. */
export function Roles(props: { roles: string[] }) {
  return (
    <span class="tags">
      {props.roles.map((name) => {
        const [text, tone, title] = role(name);
        return <Tag key={name} tone={tone} title={title}>{text}</Tag>;
      })}
    </span>
  );
}

/** What a person does to who serves, held to what they see on the page. */
export type Steering = Seen;

function steer(path: string, fields: Record<string, string>, by: Steering): Promise<unknown> {
  return actOn('models/' + path, fields, by);
}

/** Asks why, and lets a version serve. */
export function promote(version: string, by: Steering, notes: ComponentChildren = null): void {
  ask({
    title: `Promote ${short(version)}`,
    text: <>It answers from the next decision on; who serves now stays warm for a while. What did not pass the factory’s own checks is an override, and on record.{notes}</>,
    verb: 'Promote',
    hint: 'Its alerts look right',
    run: (said) => steer('promote', { version, reason: said.reason, by: said.by }, by),
    done: `${short(version)} serves.`,
  });
}

/** Asks why, and says no to a version. */
export function reject(version: string, by: Steering): void {
  ask({
    title: `Reject ${short(version)}`,
    text: 'It is not proposed any more, and scores no more. Who promotes it later all the same overrides this, on record.',
    verb: 'Reject',
    danger: true,
    hint: 'It disturbs too many genuine customers',
    run: (said) => steer('reject', { version, reason: said.reason, by: said.by }, by),
    done: `${short(version)} is rejected.`,
  });
}

/** Asks why, and lets who served before serve again. */
export function rollBackFrom(version: string, by: Steering): void {
  ask({
    title: `Roll back ${short(version)}`,
    text: 'The model that served before takes over from the next decision on.',
    verb: 'Roll back',
    danger: true,
    hint: 'Genuine customers are stopped since it serves',
    run: (said) => steer('rollback', { reason: said.reason, by: said.by }, by),
    done: 'The former model serves again.',
  });
}

/** What waits for a person, and who is on the way. */
export function Waiting(props: { models: Resource<Models> }) {
  const models = props.models.data;
  if (!models || (!models.proposed && !models.candidate && !models.brake)) {
    return null;
  }
  const by = { revision: models.revision, reload: props.models.reload };
  const { proposed, candidate, brake } = models;
  return (
    <div class="stack">
      {brake && (
        <Card>
          <p><Tag tone="warn">Frozen</Tag> Nothing is trained or promoted by itself since <Time at={brake.since} />, by {brake.by}: {brake.reason}</p>
        </Card>
      )}
      {proposed && (
        <Card
          title={<>Proposed: <Version id={proposed.version} /></>}
          note={<>by {proposed.by}, <Time at={proposed.at} />; judged as <Version id={proposed.judged} /></>}
          action={
            <div class="buttons">
              <Button kind="primary" onClick={() => promote(proposed.version, by)}>Promote …</Button>
              <Button onClick={() => reject(proposed.version, by)}>Reject …</Button>
            </div>
          }
        >
          <p><Tag tone="warn">Waits for a person</Tag> {proposed.reason}</p>
          {proposed.outside.length > 0 && (
            <div class="outside">
              <h3>Outside the approved envelope</h3>
              <ul class="bullets">{proposed.outside.map((why) => <li key={why}>{why}</li>)}</ul>
            </div>
          )}
        </Card>
      )}
      {candidate && (
        <Card
          title={<>On its way: <Version id={candidate.version} /></>}
          note={<>{candidate.stage === 'shadow' ? 'It scores beside the champion and answers nothing' : 'It answers for a share of the entities'}, until <Time at={candidate.until} /> if all is well</>}
          action={<Button onClick={() => reject(candidate.version, by)}>Reject …</Button>}
        >
          <p><Tag tone="info">{candidate.stage === 'shadow' ? 'In shadow' : 'Canary'}</Tag> {candidate.reason}</p>
        </Card>
      )}
    </div>
  );
}

/** Who served when and why: a strip of time, and the same in words. */
export function WhoServes(props: { models: Resource<Models> }) {
  return (
    <Card
      title="Who served, and why"
      action={
        props.models.data && props.models.data.served.length > 1 ? (
          <Button
            onClick={() => {
              const models = props.models.data;
              if (models) {
                rollBackFrom(models.champion, { revision: models.revision, reload: props.models.reload });
              }
            }}
          >
            Roll back …
          </Button>
        ) : (
          <JsonLink path="/v1/models" />
        )
      }
    >
      <Read resource={props.models} what="who served">
        {(models) =>
          models.served.length === 0 ? (
            <Empty title="No model serves yet.">The first one is trained at go-live.</Empty>
          ) : (
            <div class="stack">
              <Strip served={[...models.served].reverse()} now={models.at} />
              <DataTable<Served>
                caption="Who served from when on, and why"
                rows={models.served}
                rowKey={(served) => served.from + served.version}
                empty=""
                columns={[
                  { key: 'from', head: 'From', cell: (served) => <Time at={served.from} /> },
                  { key: 'version', head: 'Version', cell: (served) => <span class="tags"><Version id={served.version} />{served.until === undefined && <Tag tone="good">Serves</Tag>}</span> },
                  { key: 'by', head: 'By', cell: (served) => <span class="by">{served.by}</span> },
                  { key: 'reason', head: 'Why', cell: (served) => served.reason },
                ]}
              />
            </div>
          )
        }
      </Read>
    </Card>
  );
}

function Strip(props: { served: Served[]; now: string }) {
  const first = Date.parse(props.served[0]?.from ?? props.now);
  const last = Math.max(first + 1, Date.parse(props.now), Date.parse(props.served[props.served.length - 1]?.from ?? props.now) + 1);
  const known = [...new Set(props.served.map((one) => one.version))];
  return (
    <div>
      <div class="strip" role="img" aria-label={`${known.length} ${known.length === 1 ? 'model' : 'models'} served in turn; the last ${short(props.served[props.served.length - 1]?.version)}`}>
        {props.served.map((one) => {
          const from = Date.parse(one.from);
          const until = one.until ? Date.parse(one.until) : last;
          return (
            <span
              key={one.from + one.version}
              class={`strip-part fill-${(known.indexOf(one.version) % 6) + 1}`}
              style={{ flexGrow: Math.max((until - from) / (last - first), 0.002) }}
              title={`${short(one.version)} from ${utc(one.from)} UTC, by ${one.by}: ${one.reason}`}
            >
              {short(one.version).slice(0, 6)}
            </span>
          );
        })}
      </div>
      <div class="strip-ends"><Time at={first} form="day" only="viewer" /><Time at={last} form="day" only="viewer" /></div>
    </div>
  );
}

const FEW = 8;

/** How challengers were judged. */
export function Judgements(props: { models: Resource<Models> }) {
  const [all, setAll] = useState(false);
  return (
    <Card title="Judgements" note="Each challenger against who served, on observations that neither was fitted on. What matters is the lower bound of its gain." action={<JsonLink path="/v1/models" />}>
      <Read resource={props.models} what="the judgements">
        {(models) => (
          <>
            <DataTable<Judgement>
              caption="Judgements of challengers, the latest first"
              rows={all ? models.judgements : models.judgements.slice(0, FEW)}
              rowKey={(one) => one.at + one.challenger}
              empty="No challenger was judged yet."
              onOpen={(one) => go('model', one.challenger)}
              columns={[
                { key: 'at', head: 'At', cell: (one) => <Time at={one.at} form="day" only="viewer" />, value: (one) => one.at },
                { key: 'verdict', head: 'Verdict', cell: (one) => <Tag tone={one.passed ? 'good' : 'plain'}>{one.passed ? 'Passed' : 'Held'}</Tag>, value: (one) => one.passed },
                { key: 'challenger', head: 'Challenger', cell: (one) => <Version id={one.challenger} /> },
                { key: 'ap', head: 'Average precision', align: 'end', title: 'Challenger, and champion', cell: (one) => <>{number(one.challenger_average_precision, 3)} <span class="muted">: {number(one.champion_average_precision, 3)}</span></>, value: (one) => one.challenger_average_precision },
                { key: 'low', head: 'Gain at least', align: 'end', cell: (one) => number(one.gain_low, 3), value: (one) => one.gain_low },
                { key: 'positives', head: 'Frauds', align: 'end', wide: true, cell: (one) => number(one.positives), value: (one) => one.positives },
                { key: 'reason', head: 'Why', cell: (one) => <div class="why">{one.reason}</div> },
              ]}
            />
            {!all && models.judgements.length > FEW && <Button onClick={() => setAll(true)}>Show {models.judgements.length - FEW} more</Button>}
          </>
        )}
      </Read>
    </Card>
  );
}

/** All versions. */
export function Versions(props: { models: Resource<Models> }) {
  return (
    <Card title="All versions" note="The newest first. Metrics are those of held-out observations; of a refit those of who was judged in its place." action={<JsonLink path="/v1/models" />}>
      <Read resource={props.models} what="the versions">
        {(models) => (
          <>
            <DataTable<ModelLine>
              caption="Model versions"
              rows={models.models}
              rowKey={(line) => line.version}
              empty="No model was fitted yet."
              onOpen={(line) => go('model', line.version)}
              columns={[
                { key: 'version', head: 'Version', cell: (line) => <Version id={line.version} /> },
                { key: 'roles', head: 'Now', cell: (line) => <Roles roles={line.roles} /> },
                { key: 'learner', head: 'Learner', cell: (line) => line.learner, value: (line) => line.learner },
                { key: 'purpose', head: 'Fitted as', wide: true, cell: (line) => line.purpose, value: (line) => line.purpose },
                { key: 'until', head: 'Learnt until', cell: (line) => <Time at={line.until} form="day" only="viewer" />, value: (line) => line.until },
                { key: 'rows', head: 'Rows', align: 'end', wide: true, cell: (line) => number(line.rows), value: (line) => line.rows },
                { key: 'ap', head: 'Average precision', align: 'end', cell: (line) => number(line.metrics.average_precision ?? line.metrics['average-precision'], 3), value: (line) => line.metrics.average_precision ?? line.metrics['average-precision'] ?? null },
                { key: 'view', head: 'Features', wide: true, cell: (line) => <code>{short(line.view)}</code> },
              ]}
            />
            {models.earlier > 0 && <p class="note">{number(models.earlier)} earlier versions are not shown; <code>cromford models list</code> has them.</p>}
          </>
        )}
      </Read>
    </Card>
  );
}
