import { useEffect, useState } from 'preact/hooks';
import { useResource } from '../../lib/api';
import { actions, type Action, type DecisionLine, type DecisionPage } from '../../lib/decisions';
import { digits, local, number } from '../../lib/format';
import { arrive, newerThan, NOTHING, passes, sift, type Arrived, type Sieve } from '../../lib/live';
import { to } from '../../lib/router';
import { useStore } from '../../lib/store';
import { tick, type SampledDecision } from '../../lib/stream';
import { ActionTag, OneLine, Score } from '../../ui/decided';
import { Button, Card, Empty, Tag, Time } from '../../ui/parts';

/** So many of those that were made before the page was opened. */
const LATEST = { limit: 20 };

/** What is written in the columns of a live decision. */
function columns(one: SampledDecision): string[] {
  return [
    local(one.at, 'exact'),
    one.id,
    number(one.score, digits(one.score, one.threshold, 3)),
    actions[one.action as Action]?.word ?? one.action,
    one.model.slice(0, 12),
  ];
}

/** Decisions as they arrive: a sample that can be held and sifted. Before any arrives, the latest ones. */
export function Live() {
  const now = useStore(tick);
  const [arrived, setArrived] = useState(NOTHING);
  const [held, setHeld] = useState<Arrived>();
  useEffect(() => {
    if (now && now.sample.length > 0) {
      setArrived((before) => arrive(before, now.sample, columns));
    }
  }, [now]);
  const change = (sieve: Sieve): void => {
    setArrived((before) => sift(before, sieve, columns));
    setHeld((before) => before && sift(before, sieve, columns));
  };
  const seen = held ?? arrived;
  const isLatest = seen.kept.length === 0;
  const latest = useResource<DecisionPage>(isLatest ? '/v1/decisions/search' : null, 0, LATEST);
  const past = (latest.data?.decisions ?? []).flatMap(sampled);
  const rows = isLatest ? past.filter((one) => passes(one, seen.sieve, columns)) : seen.shown;
  const of = isLatest ? past.length : seen.kept.length;
  const waiting = held ? newerThan(arrived, held.kept[0]) : 0;
  return (
    <Card
      title={isLatest ? 'The latest decisions' : 'As they happen'}
      note={isLatest ? 'No decision since this page was opened. These were made before, the newest first.' : pace(now)}
      action={<Button onClick={() => setHeld(held ? undefined : arrived)}>{held ? 'Go on' : 'Hold'}</Button>}
    >
      <SieveForm sieve={seen.sieve} onChange={change} />
      {rows.length > 0 ? (
        <Rows rows={rows} caption={isLatest ? 'The latest decisions' : 'A sample of the decisions as they happen'} />
      ) : (
        <Empty title={of > 0 ? `None of the last ${number(of)} is like that.` : 'Nothing was decided yet.'} />
      )}
      {held && <p class="note"><Tag tone="info">held</Tag> {waiting === 0 ? 'Newer ones are not shown.' : waiting === 1 ? '1 newer one is not shown.' : `${number(waiting)} newer ones are not shown.`}</p>}
    </Card>
  );
}

function pace(now: { made: number; sample: readonly unknown[] } | undefined): string | undefined {
  if (!now) {
    return undefined;
  }
  return now.made > now.sample.length
    ? `A sample: ${number(now.sample.length)} of ${number(now.made)} in the last second.`
    : `${number(now.made)} in the last second.`;
}

/** A decision of the past as the stream would have it; none where nothing was decided. */
function sampled(line: DecisionLine): SampledDecision[] {
  const { id, at, action, score = null, threshold = null, model = '' } = line;
  return action ? [{ id, at, action, score, threshold, model }] : [];
}

function SieveForm(props: { sieve: Sieve; onChange: (sieve: Sieve) => void }) {
  const { sieve, onChange } = props;
  return (
    <div class="filters sieve" role="group" aria-label="Which live decisions are shown">
      <label class="narrow">
        <span>Show</span>
        <select value={sieve.alerts ? 'alerts' : ''} onChange={(event) => onChange({ ...sieve, alerts: event.currentTarget.value !== '' })}>
          <option value="">all</option>
          <option value="alerts">alerts</option>
        </select>
      </label>
      <label class="short">
        <span>Least score</span>
        <input type="number" min="0" max="1" step="any" value={sieve.least} onInput={(event) => onChange({ ...sieve, least: event.currentTarget.value })} />
      </label>
      <label class="wider">
        <span>With the text</span>
        <input value={sieve.text} maxLength={200} placeholder="in any column" onInput={(event) => onChange({ ...sieve, text: event.currentTarget.value })} />
      </label>
    </div>
  );
}

function Rows(props: { rows: readonly SampledDecision[]; caption: string }) {
  return (
    <div class="table-frame live-frame" tabIndex={0} role="region" aria-label={props.caption}>
      <table class="dense">
        <caption class="hidden">{props.caption}, the newest first</caption>
        <thead><tr><th scope="col">When</th><th scope="col">Id</th><th scope="col" class="end">Score</th><th scope="col">Action</th><th scope="col" class="wide-only">Model</th></tr></thead>
        <tbody>
          {props.rows.map((one) => (
            <tr key={one.id}>
              <td><Time at={one.at} form="exact" only="viewer" /></td>
              <td><OneLine text={one.id} href={to('decisions', one.id)} /></td>
              <td class="end"><Score score={one.score} threshold={one.threshold} /></td>
              <td><ActionTag action={one.action} /></td>
              <td class="wide-only"><span class="mono muted">{one.model.slice(0, 12)}</span></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
