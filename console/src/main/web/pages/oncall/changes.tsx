import { useState } from 'preact/hooks';
import { useResource } from '../../lib/api';
import { meaningOf } from '../../lib/changes';
import { factory } from '../../lib/factory';
import { moment, short } from '../../lib/format';
import { useStore } from '../../lib/store';
import { tick, useDone } from '../../lib/stream';
import { Card, Empty, Loading, Read, Tag, Time, To, type Tone } from '../../ui/parts';
import { Told } from '../../ui/told';

interface Entry {
  at: string;
  what: string;
  model?: string;
  text: string;
}

/** Beside the stream, which says when something was done. */
const EVERY_MILLIS = 60_000;
const SPANS: [hours: number, words: string][] = [[24, '24 hours'], [24 * 7, '7 days'], [24 * 60, '60 days']];
const MOST = 500;
const QUARTER_MILLIS = 900_000;

const TONES: Record<string, Tone> = {
  alarm: 'bad', breach: 'bad', worse: 'bad', frozen: 'warn', withdrawn: 'warn', skipped: 'warn', override: 'warn', proposed: 'warn',
  promoted: 'info', canary: 'info', shadow: 'info', resolved: 'good', settled: 'good', resumed: 'good', passed: 'good',
};

/** What was done to the factory lately, by itself and by persons: most alarms have their cause here. */
export function Changes() {
  const [hours, setHours] = useState(24);
  const view = useStore(factory);
  const now = moment(useStore(tick)?.at ?? view?.at);
  // By the quarter of an hour, so that the address that is read does not change with each message.
  const since = now && new Date(Math.floor((now.getTime() - hours * 3_600_000) / QUARTER_MILLIS) * QUARTER_MILLIS).toISOString();
  return (
    <Card
      title="What changed"
      note="By the factory’s clock, the latest first."
      action={
        <select aria-label="How far back" value={String(hours)} onChange={(event) => setHours(Number(event.currentTarget.value))}>
          {SPANS.map(([of, words]) => <option key={of} value={String(of)}>{words}</option>)}
        </select>
      }
    >
      {since ? <Entries since={since} hours={hours} /> : <Loading what="changes" />}
    </Card>
  );
}

const DAYS_BEFORE = 14;

/** What was done to the factory in the two weeks before a moment. */
export function ChangesBefore({ at }: { at: string }) {
  const since = new Date(Date.parse(at) - DAYS_BEFORE * 86_400_000).toISOString();
  const path = `/v1/history?since=${encodeURIComponent(since)}&until=${encodeURIComponent(new Date(Date.parse(at) - 1).toISOString())}&limit=${MOST}`;
  const history = useResource<{ entries: Entry[] }>(path);
  return (
    <Card title="What changed before it" note={`In the ${DAYS_BEFORE} days before the alarm, the latest first.`}>
      <Read resource={history} what="changes">
        {(read) =>
          read.entries.length === 0 ? (
            <Empty title="Nothing changed: the cause lies outside the factory." />
          ) : (
            <List entries={read.entries} />
          )
        }
      </Read>
    </Card>
  );
}

function Entries({ since, hours }: { since: string; hours: number }) {
  const history = useResource<{ entries: Entry[] }>(`/v1/history?since=${encodeURIComponent(since)}&limit=${MOST}`, EVERY_MILLIS, undefined, true);
  useDone(history.reload);
  return (
    <Read resource={history} what="changes">
      {(read) =>
        read.entries.length === 0 ? (
          <Empty title={`Nothing changed in the last ${SPANS.find(([of]) => of === hours)?.[1] ?? 'hours'}.`}>Look further back above.</Empty>
        ) : (
          <List entries={read.entries} />
        )
      }
    </Read>
  );
}

function List({ entries }: { entries: Entry[] }) {
  const kinds = [...new Set(entries.map((entry) => entry.what))].filter((what) => meaningOf(what) !== '');
  return (
    <>
      <ol class="changes" tabIndex={0} aria-label="What changed">
        {entries.map((entry, index) => <Change key={entry.at + index} entry={entry} />)}
      </ol>
      <details class="meanings">
        <summary>What the words mean</summary>
        <dl class="pairs">
          {kinds.map((what) => [<dt key={what}>{what}</dt>, <dd key={what + ' is'}>{meaningOf(what)}</dd>])}
        </dl>
      </details>
    </>
  );
}

function Change({ entry }: { entry: Entry }) {
  return (
    <li>
      <div class="change-head">
        <Tag tone={TONES[entry.what] ?? 'plain'} title={meaningOf(entry.what)}>{entry.what}</Tag>
        <span class="note"><Time at={entry.at} /></span>
      </div>
      <p class="break">
        {entry.model && <To page="model" rest={[entry.model]} class="mono version">{short(entry.model)}</To>} <Told text={entry.text} />
      </p>
    </li>
  );
}
