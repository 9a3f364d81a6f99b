import { useState } from 'preact/hooks';
import { useResource } from '../../lib/api';
import { factory } from '../../lib/factory';
import { local, moment, short, utc, isUtc } from '../../lib/format';
import { useStore } from '../../lib/store';
import { tick } from '../../lib/stream';
import { Card, Empty, Loading, Read, Tag, To, type Tone } from '../../ui/parts';

interface Entry {
  at: string;
  what: string;
  model?: string;
  text: string;
}

const EVERY_MILLIS = 5000;
const SPANS: [hours: number, words: string][] = [[24, '24 hours'], [24 * 7, '7 days'], [24 * 60, '60 days']];
const MOST = 500;

const TONES: Record<string, Tone> = {
  alarm: 'bad', breach: 'bad', worse: 'bad', frozen: 'warn', withdrawn: 'warn', skipped: 'warn', override: 'warn', proposed: 'warn',
  promoted: 'info', canary: 'info', shadow: 'info', resolved: 'good', settled: 'good', resumed: 'good', passed: 'good',
};

/** What was done to the factory lately, by itself and by persons: most alarms have their cause here. */
export function Changes() {
  const [hours, setHours] = useState(24);
  const view = useStore(factory);
  const now = moment(useStore(tick)?.at ?? view?.at);
  // By the minute, so that the address that is read does not change with each message.
  const since = now && new Date(Math.floor((now.getTime() - hours * 3_600_000) / 60_000) * 60_000).toISOString();
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
            <ol class="changes">
              {read.entries.map((entry, index) => <Change key={entry.at + index} entry={entry} />)}
            </ol>
          )
        }
      </Read>
    </Card>
  );
}

function Entries({ since, hours }: { since: string; hours: number }) {
  const history = useResource<{ entries: Entry[] }>(`/v1/history?since=${encodeURIComponent(since)}&limit=${MOST}`, EVERY_MILLIS, undefined, true);
  return (
    <Read resource={history} what="changes">
      {(read) =>
        read.entries.length === 0 ? (
          <Empty title={`Nothing changed in the last ${SPANS.find(([of]) => of === hours)?.[1] ?? 'hours'}.`}>Look further back above.</Empty>
        ) : (
          <ol class="changes">
            {read.entries.map((entry, index) => <Change key={entry.at + index} entry={entry} />)}
          </ol>
        )
      }
    </Read>
  );
}

function Change({ entry }: { entry: Entry }) {
  return (
    <li>
      <div class="change-head">
        <Tag tone={TONES[entry.what] ?? 'plain'}>{entry.what}</Tag>
        <time dateTime={entry.at} title={`${utc(entry.at, 'exact')} UTC`} class="note nowrap">
          {local(entry.at, 'moment')}{isUtc ? ' UTC' : ''}
        </time>
      </div>
      <p class="break">
        {entry.model && <To page="learning" class="mono">{short(entry.model)}</To>} {entry.text}
      </p>
    </li>
  );
}
