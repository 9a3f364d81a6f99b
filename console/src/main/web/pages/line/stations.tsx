import type { ComponentChildren } from 'preact';
import type { FactoryView, SourceView } from '../../lib/factory';
import { bytes, compact, duration, micros, NONE, number, percent, short } from '../../lib/format';
import { about, health, isDrift, worse, type AlarmState, type Health, type Station } from '../../lib/health';
import { useStore } from '../../lib/store';
import { rate, RATE_TICKS, rates } from '../../lib/pace';
import { line, pace, tick, type Tick } from '../../lib/stream';
import { Chart } from '../../ui/chart';
import { Card, Tag, Time, To } from '../../ui/parts';

const QUEUE_LIMIT = 1024;

function perSecond(value: number | null): string {
  return value === null ? NONE : `${value > 0 && value < 10 ? number(value, 1) : compact(value)}/s`;
}

/** The last week that there is, counted from go-live: the overview holds a part of them alone. */
function weeksSoFar(view: FactoryView): string {
  const last = Math.max(0, ...view.weeks.map((week) => week.week), ...view.open_weeks.map((week) => week.week));
  return last === 0 ? 'none yet' : `${number(last)} so far`;
}

/** The factory as stations, from the source to the decision and back. */
export function Stations({ view }: { view: FactoryView }) {
  const ticks = useStore(pace);
  const now = useStore(tick);
  const heard = useStore(line).state;
  const events = rate(ticks, 'observations', heard);
  const decisions = rate(ticks, 'decisions', heard);
  const outcomes = rate(ticks, 'outcomes', heard);
  const written = rate(ticks, 'ledger_bytes', heard);
  const queued = now?.queued ?? view.queued;
  const observed = view.sources.filter((source) => source.kind === 'observation');
  const truths = view.sources.filter((source) => source.kind !== 'observation');
  return (
    <Card title="From event to decision, and back" note="What flows a second now; what each station holds; what is unusual of it." wide>
      <div class="line">
        <Station at="sources" title="Sources" flow={perSecond(events)} health={healthOf('sources', view, ofSources(observed))}>
          {observed.map((source) => <SourceLines key={source.name} source={source} />)}
        </Station>
        <Arrow at="a1" moves={flows(events)} label="events" />
        <Station at="ledger" title="Ledger" flow={written === null ? NONE : `${bytes(written)}/s`} health={healthOf('ledger', view, ofLedger(view, queued))}>
          <Fact name="holds">{bytes(now?.ledger_bytes ?? view.ledger_bytes)}</Fact>
          <Fact name="queue">{queued} of {number(QUEUE_LIMIT)}</Fact>
          <Fact name="disk">{diskWords(view)}</Fact>
        </Station>
        <Arrow at="a2" moves={flows(events)} label="order" />
        <Station at="features" title="Features" flow={perSecond(events)} health={healthOf('features', view)}>
          <Fact name="rows">{compact(now?.observations ?? view.observations)}</Fact>
          <Fact name="drift">{driftWords(view.alarms)}</Fact>
        </Station>
        <Arrow at="a3" moves={flows(decisions)} label="rows" />
        <Station at="model" title="Model" flow={<span class="mono">{short(now?.champion ?? view.champion)}</span>} health={healthOf('model', view, ofModel(view))}>
          {view.service ? (
            <>
              <Fact name="since"><Time at={view.service.since} form="day" only="viewer" /></Fact>
              <Fact name="by">{view.service.by}</Fact>
            </>
          ) : (
            <Fact name="serves">not before go-live</Fact>
          )}
          {view.candidate && (
            <Fact name={view.candidate.stage}><span class="mono">{short(view.candidate.model)}</span></Fact>
          )}
        </Station>
        <Arrow at="a4" moves={flows(decisions)} label="scores" />
        <Station at="decisions" title="Decisions" flow={perSecond(decisions)} health={healthOf('decisions', view, ofDecisions(view))} page="decisions">
          <Fact name="made">{compact(now?.decisions ?? view.decisions)}</Fact>
          <Fact name="alerts">{compact(now?.alerts ?? view.alerts)}</Fact>
          <Fact name="latency"><Latency value={view.latency_micros} /></Fact>
          <Fact name="aim">{number(view.alerts_per_day)} a day</Fact>
        </Station>
        <Arrow at="a5" down moves={flows(outcomes)} label="in time" />
        <Station at="outcomes" title="Outcomes" flow={perSecond(outcomes)} health={healthOf('outcomes', view, ofOutcomes(view))}>
          {truths.map((source) => (
            <Fact key={source.name} name={source.name}>{compact(source.accepted)}</Fact>
          ))}
          <Fact name="come after">{delay(truths)}</Fact>
        </Station>
        <Arrow at="a6" back moves={flows(outcomes)} label="truth" />
        <Station at="flywheel" title="Flywheel" flow={view.frozen ? 'frozen' : 'turning'} health={healthOf('flywheel', view, ofFlywheel(view))} page="learning">
          <Fact name="next">{view.next_training ? <Time at={view.next_training} form="day" only="viewer" /> : 'nothing planned'}</Fact>
          <Fact name="weeks">{weeksSoFar(view)}</Fact>
        </Station>
        <Arrow at="a7" up moves={Boolean(view.candidate) && heard === 'live'} label="a better model" />
        <div class="pace">
          <Pace ticks={ticks} now={decisions} />
        </div>
      </div>
    </Card>
  );
}

function flows(value: number | null): boolean {
  return value !== null && value > 0;
}

/** Each point is over the same seconds as what the stations say. */
function Pace({ ticks, now }: { ticks: readonly Tick[]; now: number | null }) {
  const made = rates(ticks, 'decisions');
  const words = `now ${perSecond(now)}, most ${perSecond(Math.max(0, ...made))}`;
  return (
    <>
      <h3>
        Decisions a second, last two minutes
        {made.length > 1 && <span class="pace-now"> {words}</span>}
      </h3>
      {made.length < 2 ? (
        <p class="note">{now === null && ticks.length > 1 ? 'not connected' : 'listening …'}</p>
      ) : (
        <Chart
          spark
          height={72}
          describe={`Decisions a second over the last ${made.length} seconds, each the mean of ${RATE_TICKS}; ${words}.`}
          x={made.map((_, index) => index - made.length)}
          series={[{ label: 'decisions', values: made, fill: true }]}
          yMin={0}
        />
      )}
    </>
  );
}

/** How a station is: what the overview says of it, and its alarms; the worse of both. */
function healthOf(station: Station, view: FactoryView, own?: Health): Health {
  const truths = view.sources.filter((source) => source.kind !== 'observation').map((source) => source.name);
  return worse(own, health(about(station, view.alarms, truths)));
}

function says(tone: Health['tone'], words: string, more = ''): Health {
  return { tone, words, more };
}

function ofSources(sources: SourceView[]): Health | undefined {
  const quarantined = sources.reduce((sum, source) => sum + source.today.quarantined, 0);
  return quarantined > 0 ? says('warn', `${compact(quarantined)} quarantined today`) : undefined;
}

function ofLedger(view: FactoryView, queued: number): Health | undefined {
  const disk = view.needs.find((need) => need.kind === 'disk');
  if (disk) {
    return says('bad', 'disk fills up', disk.text);
  }
  return queued > QUEUE_LIMIT / 2 ? says('warn', 'busy') : undefined;
}

function ofModel(view: FactoryView): Health | undefined {
  return view.ready ? undefined : says('bad', 'not ready', view.message);
}

function ofDecisions(view: FactoryView): Health | undefined {
  return view.ready ? undefined : says('bad', 'not answered', view.message);
}

function ofOutcomes(view: FactoryView): Health | undefined {
  const need = view.needs.find((one) => one.kind === 'outcomes');
  return need && says('warn', 'days incomplete', need.text);
}

function ofFlywheel(view: FactoryView): Health | undefined {
  if (view.frozen) {
    return says('warn', 'frozen', `by ${view.frozen.by}: ${view.frozen.reason}`);
  }
  const need = view.needs.find((one) => one.kind === 'proposal');
  return need && says('warn', 'waits for a person', need.text);
}

/** How many features do not lie as they did. */
function driftWords(alarms: readonly AlarmState[]): string {
  const drifting = alarms.filter((alarm) => isDrift(alarm.key)).length;
  return drifting === 0 ? 'as usual' : drifting === 1 ? 'one alarm' : `${drifting} alarms`;
}

/** How long decisions take today. */
function Latency({ value }: { value: number | undefined }) {
  return typeof value === 'number'
    ? <span title="A batch from its submission to the disk, on the mean of today">{micros(value)}</span>
    : <span title="Not measured: it is while the factory serves live, not in a replay.">{NONE}</span>;
}

function diskWords(view: FactoryView): string {
  const days = view.ledger.days_until_full;
  if (days === undefined) {
    return view.ledger.free_bytes === undefined ? 'unknown' : `${bytes(view.ledger.free_bytes)} free`;
  }
  return days > 3650 ? 'lasts for years' : days > 730 ? `lasts ${number(days / 365)} years` : `full in ${number(days)} days`;
}

/** How long after its event an outcome came, on the mean of today. */
function delay(sources: SourceView[]): string {
  const labels = sources.filter((source) => source.today.outcomes > 0);
  const count = labels.reduce((sum, source) => sum + source.today.outcomes, 0);
  const hours = labels.reduce((sum, source) => sum + source.today.outcomes * (source.today.delay_hours ?? 0), 0);
  return count > 0 ? duration((hours / count) * 3_600_000) : 'none today';
}

function SourceLines({ source }: { source: SourceView }) {
  const { accepted, late } = source.today;
  return (
    <>
      <Fact name={source.name}>{compact(source.accepted)}</Fact>
      <Fact name="late today">{accepted > 0 ? percent(late / accepted) : <span title="None came today.">{NONE}</span>}</Fact>
      {source.quarantined > 0 && <Fact name="quarantined">{compact(source.quarantined)}</Fact>}
    </>
  );
}

function Fact(props: { name: string; children: ComponentChildren }) {
  return (
    <div class="fact">
      <span class="fact-name">{props.name}</span>
      <span class="fact-value">{props.children}</span>
    </div>
  );
}

function Station(props: {
  at: string;
  title: string;
  flow: ComponentChildren;
  health: Health;
  page?: string;
  children: ComponentChildren;
}) {
  return (
    <div class={`station ${props.health.tone} at-${props.at}`}>
      <div class="station-head">
        <h3>{props.page ? <To page={props.page}>{props.title}</To> : props.title}</h3>
        <Tag tone={props.health.tone} title={props.health.more || undefined}>{props.health.words}</Tag>
      </div>
      <div class="station-flow">{props.flow}</div>
      {props.children}
    </div>
  );
}

/** From one station to the next; its dashes move while something flows. */
function Arrow(props: { at: string; moves: boolean; label: string; down?: boolean; up?: boolean; back?: boolean }) {
  const turn = props.down ? 'down' : props.up ? 'up' : props.back ? 'back' : 'on';
  return (
    <div class={`arrow ${turn} at-${props.at}${props.moves ? ' moves' : ''}`} aria-hidden="true">
      <svg viewBox="0 0 40 14" preserveAspectRatio="none"><line x1="0" y1="7" x2="34" y2="7" /></svg>
      <span class="arrow-head" />
      <span class="arrow-label">{props.label}</span>
    </div>
  );
}
