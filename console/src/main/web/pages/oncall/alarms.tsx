import { useResource } from '../../lib/api';
import { number } from '../../lib/format';
import { actOn, type Seen } from '../../lib/seen';
import { useDone } from '../../lib/stream';
import { ask } from '../../ui/dialog';
import { Button, Card, Empty, Read, Tag, Time, type Tone } from '../../ui/parts';
import { Told } from '../../ui/told';
import { Runbook } from './runbook';

interface Word {
  at: string;
  by: string;
  reason: string;
}

interface Alarm {
  key: string;
  state: 'open' | 'acknowledged' | 'silenced' | 'ended';
  severity: 'critical' | 'warning';
  summary: string;
  message: string;
  runbook: string;
  first: string;
  last: string;
  count: number;
  acknowledged?: Word;
  silenced?: Word & { until: string };
  ended?: Word;
}

/** Beside the stream, which says when something was done. */
const EVERY_MILLIS = 60_000;
const SHOWN_ENDED = 20;

/** The alarms that are open, and those that ended lately. */
export function Alarms() {
  const alarms = useResource<{ at: string; revision: string; alarms: Alarm[] }>('/v1/alarms', EVERY_MILLIS);
  useDone(alarms.reload);
  return (
    <Card title="Alarms" id="alarms">
      <Read resource={alarms} what="alarms">
        {(read) => {
          const open = read.alarms.filter((alarm) => alarm.state !== 'ended');
          const ended = read.alarms.filter((alarm) => alarm.state === 'ended');
          return (
            <>
              {open.length === 0 && <Empty title="No alarm is open." />}
              <ul class="alarms">
                {open.map((alarm) => <AlarmItem key={alarm.key} alarm={alarm} seen={{ revision: read.revision, reload: alarms.reload }} />)}
              </ul>
              {ended.length > 0 && (
                <details>
                  <summary>{number(ended.length)} ended lately</summary>
                  <ul class="alarms">
                    {ended.slice(0, SHOWN_ENDED).map((alarm) => (
                      <AlarmItem key={alarm.key + alarm.first} alarm={alarm} seen={{ revision: read.revision, reload: alarms.reload }} />
                    ))}
                  </ul>
                  {ended.length > SHOWN_ENDED && <p class="note">The others are at /v1/alarms.</p>}
                </details>
              )}
            </>
          );
        }}
      </Read>
    </Card>
  );
}

function AlarmItem({ alarm, seen }: { alarm: Alarm; seen: Seen }) {
  const [what, ...advice] = alarm.message.split('\n');
  const isOpen = alarm.state !== 'ended';
  return (
    <li class={'alarm ' + (isOpen ? alarm.severity : 'ended')}>
      <div class="alarm-head">
        <Tag tone={tone(alarm)}>{alarm.state === 'open' ? alarm.severity : alarm.state}</Tag>
        <strong class="break">{alarm.summary}</strong>
        {alarm.key !== alarm.summary && <span class="mono muted break">{alarm.key}</span>}
      </div>
      <p class="break"><Told text={what ?? ''} /></p>
      {advice.length > 0 && <p class="note break">{advice.join(' ')}</p>}
      <p class="note">
        Since <Time at={alarm.first} />{alarm.count > 1 && <>, raised {number(alarm.count)} times, last <Time at={alarm.last} only="viewer" /></>}
      </p>
      <Runbook address={alarm.runbook} />
      <Said verb="Acknowledged" word={alarm.acknowledged} />
      <Said verb="Silenced" word={alarm.silenced} until={alarm.silenced?.until} />
      <Said verb="Ended" word={alarm.ended} />
      {isOpen && (
        <div class="buttons">
          <Button onClick={() => acknowledge(alarm, seen)}>Acknowledge …</Button>
          <Button onClick={() => silence(alarm, seen)}>Silence …</Button>
          <Button onClick={() => resolve(alarm, seen)}>Resolve …</Button>
        </div>
      )}
    </li>
  );
}

function Said(props: { verb: string; word: Word | undefined; until?: string | undefined }) {
  const word = props.word;
  return word ? (
    <p class="note break">
      {props.verb} by {word.by}, <Time at={word.at} only="viewer" />
      {props.until && <> until <Time at={props.until} only="viewer" /></>}: {word.reason}
    </p>
  ) : null;
}

function tone(alarm: Alarm): Tone {
  if (alarm.state === 'ended') {
    return 'good';
  }
  return alarm.state === 'open' ? (alarm.severity === 'critical' ? 'bad' : 'warn') : 'info';
}

function acknowledge(alarm: Alarm, seen: Seen): void {
  ask({
    title: 'Acknowledge the alarm',
    text: <>You look after <span class="mono break">{alarm.key}</span>: nobody is told of it again meanwhile.</>,
    verb: 'Acknowledge',
    hint: 'What you do about it',
    run: (said) => actOn('alarms/ack', { key: alarm.key, reason: said.reason, by: said.by }, seen),
    done: `You look after ${alarm.key}.`,
  });
}

function silence(alarm: Alarm, seen: Seen): void {
  const kind = alarm.key.includes('/') ? alarm.key.slice(0, alarm.key.indexOf('/')) + '/*' : alarm.key;
  ask({
    title: 'Silence the alarm',
    text: 'Nobody is told for a while; it is raised and listed all the same.',
    verb: 'Silence',
    fields: [
      { name: 'key', label: 'Which', options: [[alarm.key, alarm.key], ...(kind === alarm.key ? [] : ([[kind, `${kind} (all of this kind)`]] as [string, string][]))], value: alarm.key },
      {
        name: 'for', label: 'For how long', value: 'PT8H',
        options: [['PT1H', 'an hour'], ['PT8H', '8 hours'], ['PT24H', 'a day'], ['P7D', 'a week'], ['P30D', '30 days'], ['PT0S', 'no longer: say it again']],
      },
    ],
    hint: 'A drill until noon',
    run: (said) =>
      actOn('alarms/silence', { key: said['key'] ?? '', for: said['for'] ?? '', reason: said.reason, by: said.by }, seen),
    done: 'It is silenced.',
  });
}

function resolve(alarm: Alarm, seen: Seen): void {
  ask({
    title: 'Resolve the alarm',
    text: <>You say that <span class="mono break">{alarm.key}</span> is over. If it is not, it is raised again.</>,
    verb: 'Resolve',
    hint: 'What became of it',
    run: (said) => actOn('alarms/resolve', { key: alarm.key, reason: said.reason, by: said.by }, seen),
    done: `${alarm.key} is over.`,
  });
}
