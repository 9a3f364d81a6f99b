import { interval, money, number, percent, short } from '../../lib/format';
import { followerOf } from '../../lib/learning';
import type { ClosedWeek, Judgement, ModelLine, Models, Ranged, Weeks } from '../../lib/learning';
import { banded, missedIn } from '../../lib/ranged';
import { to } from '../../lib/router';
import type { Stories, Story } from '../../lib/story';
import { Chart } from '../../ui/chart';
import { Card, Empty, Loading, Stat, Time } from '../../ui/parts';
import { DataTable } from '../../ui/table';
import { Told } from '../../ui/told';
import { Version } from '../learning/models';
import { ChangesBefore } from '../oncall/changes';
import { Steps } from './block';

/** Frauds that were missed, week by week, by the models that served and by the first one. */
export function MissedByWeek(props: { story: Story; weeks: Weeks | undefined }) {
  const { story, weeks } = props;
  const closed = [...(weeks?.closed ?? [])].reverse();
  const now = closed.find((one) => one.week === story.week);
  const before = closed.find((one) => one.week === story.week - 1);
  const served = closed.map((week) => missedIn(week, week.recall.learning));
  const frozen = closed.map((week) => missedIn(week, week.recall.frozen));
  return (
    <Card
      title="More frauds were missed"
      note={story.since ? <>From <Time at={story.since} form="day" only="viewer" /> on, in week {story.week}; known a week later at the earliest, when outcomes are there.</> : `In week ${story.week}.`}
    >
      {!weeks ? (
        <Loading what="the weeks" />
      ) : closed.length === 0 ? (
        <Empty title="No week is closed yet." />
      ) : (
        <div class="stack">
          {now && (
            <div class="stats">
              <Stat label={`Frauds missed in week ${now.week}`} value={number(missedIn(now, now.recall.learning).value)} note={<Beside now={missedIn(now, now.recall.learning)} before={before && missedIn(before, before.recall.learning)} write={number} />} />
              <Stat label="Frauds in all" value={number(now.positives)} note={before ? `${number(before.positives)} in the week before` : undefined} />
              <Stat label="Stopped" value={percent(now.recall.learning.value)} note={<Beside now={now.recall.learning} before={before?.recall.learning} write={percent} />} />
            </div>
          )}
          <Chart
            describe={`Frauds missed by week: ${closed.map((week, i) => `week ${week.week} ${number(served[i]?.value)}`).join(', ')}.`}
            height={220}
            x={closed.map((week) => week.week)}
            xLabel="Week"
            xText={(week) => (Number.isInteger(week) ? number(week) : '')}
            yLabel="Frauds missed"
            yText={(y) => number(y)}
            yMin={0}
            series={[
              { label: 'Missed by the models that served', colour: 1, ...banded(served), points: true },
              ...(frozen.some((one) => one.value !== null)
                ? [{ label: 'Would have been missed by the first model', colour: 2 as const, dash: [6, 4], ...banded(frozen), points: true }]
                : []),
            ]}
            marks={marks(story, closed)}
          />
        </div>
      )}
    </Card>
  );
}

/** So much, within which bounds, and how much in the week before. */
function Beside(props: { now: Ranged; before: Ranged | undefined; write: (value: number | null) => string }) {
  const { now, before, write } = props;
  return (
    <>
      {now.low !== undefined && <>95 % within <span class="nowrap">{interval(now.low, now.high, write)}</span>{before && '; '}</>}
      {before && <>{write(before.value)} in the week before</>}
    </>
  );
}

function marks(story: Story, closed: ClosedWeek[]): { x: number; label: string }[] {
  const first = closed[0];
  if (!first) {
    return [];
  }
  const at = (time: string): number => first.week - 0.5 + (Date.parse(time) - Date.parse(first.from)) / (7 * 86_400_000);
  const last = (closed[closed.length - 1]?.week ?? 0) + 0.5;
  return [
    ...(story.since ? [{ x: at(story.since), label: 'more missed' }] : []),
    { x: at(story.alarm.at), label: 'alarm' },
    ...(story.answer ? [{ x: at(story.answer.from), label: 'took over' }] : []),
  ].filter((mark) => mark.x >= first.week && mark.x <= last);
}

/** The alarm of a story, and what changed before it. */
export function TheAlarm({ story }: { story: Story }) {
  return (
    <div class="grid">
      <div class="half stack">
        <Card title="The alarm" note={<span class="mono break">{story.alarm.key}</span>}>
          <p class="story-lead break"><Told text={sentence(story.alarm.message)} /></p>
          <p class="note">
            Raised <Time at={story.alarm.at} />{story.alarm.raised > 1 && <>, {number(story.alarm.raised)} times</>}.
            {story.kind === 'missed' && ' The frauds of each day that no alert stopped are counted once their outcomes have had time to arrive, and held against the four weeks before.'}
          </p>
        </Card>
        <Card title="What came of it"><Steps story={story} after={['missed', 'alarm']} /></Card>
      </div>
      <div class="half">
        <ChangesBefore at={story.alarm.at} />
      </div>
    </div>
  );
}

function sentence(text: string): string {
  const line = text.split('\n')[0] ?? '';
  const first = line.charAt(0).toUpperCase() + line.slice(1);
  return first.endsWith('.') ? first : first + '.';
}

/** What was tried, while nobody took over. */
export function Tried({ story }: { story: Story }) {
  return <Card title="What was done so far"><Steps story={story} /></Card>;
}

interface Side {
  role: string;
  line: ModelLine;
  judged: Judgement | undefined;
}

/** Who took over beside its predecessor and the first model. */
export function BesideFormer(props: { story: Story; models: Models | undefined }) {
  const { story, models } = props;
  const answer = story.answer;
  if (!answer) {
    return null;
  }
  const step = story.steps.find((one) => one.what === 'passed');
  return (
    <Card
      title={<>Model <code>{short(answer.model)}</code> beside its predecessor</>}
      note={<>It took over from <Version id={answer.former} /> on <Time at={answer.from} />, by {answer.by}. <Since models={models} version={answer.model} from={answer.from} /></>}
    >
      {!models ? (
        <Loading what="the models" />
      ) : (
        <div class="stack">
          {step && <p class="story-lead break"><Told text={step.text} /></p>}
          <DataTable<Side>
            caption="The new champion, its predecessor and the first model"
            rows={sides(story, models)}
            rowKey={(side) => side.role}
            empty="These versions are not listed any more."
            columns={[
              { key: 'role', head: 'Role', cell: (side) => <strong class="nowrap">{side.role}</strong> },
              { key: 'version', head: 'Version', cell: (side) => <span class="nowrap"><Version id={side.line.version} /></span> },
              { key: 'until', head: 'Learnt until', cell: (side) => <span class="nowrap"><Time at={side.line.until} form="day" only="viewer" /></span> },
              { key: 'rows', head: 'From payments', align: 'end', cell: (side) => number(side.line.rows) },
              { key: 'positives', head: 'Frauds among them', align: 'end', cell: (side) => number(side.line.positives) },
              { key: 'served', head: 'Served', cell: (side) => <Served line={side.line} /> },
            ]}
          />
          <Duel story={story} models={models} />
        </div>
      )}
    </Card>
  );
}

/** Until when it served, and who followed: it may serve no more when this is read. */
function Since(props: { models: Models | undefined; version: string; from: string }) {
  const own = props.models?.served.find((time) => time.version === props.version && time.from === props.from);
  const next = own && followerOf(props.models, own);
  if (!own) {
    return null;
  }
  return own.until === undefined ? (
    <>It serves since.</>
  ) : (
    <>It served until <Time at={own.until} />{next && <>, and was followed by <Version id={next.version} /></>}.</>
  );
}

function Served({ line }: { line: ModelLine }) {
  return line.served.length > 0 ? (
    <>{line.served.map((time) => <div key={time.from} class="nowrap"><Time at={time.from} form="shortDay" only="viewer" /> – {time.until ? <Time at={time.until} form="shortDay" only="viewer" /> : 'now'}</div>)}</>
  ) : (
    <span class="muted">never</span>
  );
}

function sides(story: Story, models: Models): Side[] {
  const answer = story.answer;
  const first = models.models.find((line) => line.roles.includes('frozen'));
  const wanted: [string, string][] = [
    [story.kind === 'missed' ? 'New champion' : 'Stepped in', answer?.model ?? ''],
    [story.kind === 'missed' ? 'Predecessor' : 'Taken back', answer?.former ?? ''],
    ['First model, frozen', first?.version ?? ''],
  ];
  return wanted.flatMap(([role, version]) => {
    const line = models.models.find((one) => one.version === version);
    return line ? [{ role, line, judged: models.judgements.find((one) => one.challenger === line.judged) }] : [];
  });
}

/** Both on the same payments, which neither was fitted on. */
function Duel({ story, models }: { story: Story; models: Models }) {
  const judged = models.models.find((line) => line.version === story.answer?.model)?.judged;
  const duel = models.judgements.find((one) => one.challenger === judged);
  if (!duel) {
    return null;
  }
  const best = Math.max(duel.challenger_average_precision ?? 0, duel.champion_average_precision ?? 0, 0.001);
  return (
    <div>
      <h3>Average precision on the same {number(duel.positives)} frauds and the payments around them, which neither had seen</h3>
      <ul class="bars duel">
        {([['New champion', duel.challenger_average_precision], ['Predecessor', duel.champion_average_precision]] as const).map(([name, value]) => (
          <li key={name}>
            <span>{name}</span>
            <span class="bar-track"><span style={{ width: `${(100 * (value ?? 0)) / best}%` }} /></span>
            <span class="end">{number(value, 3)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What was saved since somebody took over. */
export function WhatItSaved(props: { story: Story; stories: Stories; weeks: Weeks | undefined }) {
  const { story, stories, weeks } = props;
  const { saved, answer } = story;
  const write = (value: number): string => money(value, stories.currency);
  return (
    <Card
      title="What it saved"
      note={<>Frauds stopped less the cost of looking into alerts, of decisions whose outcomes are mature. The yardstick is the first model, frozen, which goes on scoring beside. Each interval is a 95 % one, over entities drawn again.</>}
    >
      {!saved ? (
        <Empty title={story.matures_at ? 'Nothing of it is mature yet.' : 'It cannot be summed up any more.'}>
          {story.matures_at ? <>The first of it is known from <Time at={story.matures_at} form="day" /> on.</> : 'The decisions of a year ago are not kept at hand; the weeks on page Learning are.'}
        </Empty>
      ) : (
        <div class="stack">
          <div class="stats">
            <Stat label="More than the first model would have" value={money(saved.difference.value, stories.currency)} note={range(saved.difference, write)} />
            <Stat label="Saved by the models that served" value={money(saved.learning.value, stories.currency)} note={range(saved.learning, write)} />
            <Stat label="The first model would have saved" value={money(saved.frozen.value, stories.currency)} note={range(saved.frozen, write)} />
            <Stat label="Decisions that count" value={number(saved.decisions)} note={<>from <Time at={saved.from} form="day" only="viewer" /> until <Time at={saved.until} form="day" only="viewer" /></>} />
          </div>
          {answer && answer.later > 0 && (
            <p class="note">
              {answer.later === 1 ? 'One more model' : `${answer.later} more models`} took over since; what they saved is in it.{' '}<a class="version" href={to('learning')}>Who served, and why</a>
            </p>
          )}
          {weeks && <SavedByWeek story={story} weeks={weeks} />}
        </div>
      )}
    </Card>
  );
}

function range(of: Ranged, write: (value: number) => string): string {
  return of.low === undefined ? 'no interval' : interval(of.low, of.high, write);
}

function SavedByWeek(props: { story: Story; weeks: Weeks }) {
  const closed = [...props.weeks.closed].reverse();
  const currency = props.weeks.currency;
  const last = closed[closed.length - 1];
  return (
    <div>
      <h3>Money saved by week{closed.some((week) => week.saved.learning.low !== undefined) && ', with 95 % intervals'}</h3>
      <Chart
        describe={`Money saved by week: in week ${last?.week}, the last that is mature, ${money(last?.saved.learning.value, currency)} by the models that served, ${money(last?.saved.frozen.value, currency)} by the first model.`}
        height={220}
        x={closed.map((week) => week.week)}
        xLabel="Week"
        xText={(week) => (Number.isInteger(week) ? number(week) : '')}
        yLabel="Saved a week"
        yText={(y) => money(y, currency)}
        {...(closed.every((week) => [week.saved.learning, week.saved.frozen].every((one) => (one.low ?? one.value ?? 0) >= 0)) ? { yMin: 0 } : {})}
        series={[
          { label: 'The models that served', colour: 1, ...banded(closed.map((week) => week.saved.learning)), points: true },
          { label: 'The first model, frozen', colour: 2, dash: [6, 4], ...banded(closed.map((week) => week.saved.frozen)), points: true },
        ]}
        marks={marks(props.story, closed)}
      />
    </div>
  );
}
