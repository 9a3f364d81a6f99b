import type { ComponentChildren } from 'preact';
import type { FactoryView, SourceView } from '../../lib/factory';
import { bytes, compact, duration, number, percent, short } from '../../lib/format';
import { useStore } from '../../lib/store';
import { pace, tick, type Tick } from '../../lib/stream';
import { Chart } from '../../ui/chart';
import { Card, Tag, Time, To, type Tone } from '../../ui/parts';

const QUEUE_LIMIT = 1024;
const RATE_TICKS = 10;

/** What is counted a second. */
type Counter = 'observations' | 'outcomes' | 'decisions' | 'ledger_bytes';

/** How much a counter grew a second over the last messages; 0 after a restart. */
function rate(ticks: readonly Tick[], counter: Counter): number {
  const last = ticks[ticks.length - 1];
  const first = ticks[Math.max(0, ticks.length - 1 - RATE_TICKS)];
  const seconds = Math.min(RATE_TICKS, ticks.length - 1);
  return last && first && seconds > 0 ? Math.max(0, last[counter] - first[counter]) / seconds : 0;
}

function perSecond(value: number): string {
  return `${value > 0 && value < 10 ? number(value, 1) : compact(value)}/s`;
}

/** The factory as stations, from the source to the decision and back. */
export function Stations({ view }: { view: FactoryView }) {
  const ticks = useStore(pace);
  const now = useStore(tick);
  const events = rate(ticks, 'observations');
  const decisions = rate(ticks, 'decisions');
  const outcomes = rate(ticks, 'outcomes');
  const queued = now?.queued ?? view.queued;
  const observed = view.sources.filter((source) => source.kind === 'observation');
  const truths = view.sources.filter((source) => source.kind !== 'observation');
  return (
    <Card title="From event to decision, and back" note="What flows a second now; what each station holds; what is unusual of it." wide>
      <div class="line">
        <Station at="sources" title="Sources" flow={perSecond(events)} health={sourcesHealth(observed)}>
          {observed.map((source) => <SourceLines key={source.name} source={source} />)}
        </Station>
        <Arrow at="a1" moves={events > 0} label="events" />
        <Station at="ledger" title="Ledger" flow={`${bytes(rate(ticks, 'ledger_bytes'))}/s`} health={ledgerHealth(view, queued)}>
          <Fact name="holds">{bytes(now?.ledger_bytes ?? view.ledger_bytes)}</Fact>
          <Fact name="queue">{queued} of {number(QUEUE_LIMIT)}</Fact>
          <Fact name="disk">{diskWords(view)}</Fact>
        </Station>
        <Arrow at="a2" moves={events > 0} label="in order" />
        <Station at="features" title="Features" flow={perSecond(events)} health={featuresHealth(view)}>
          <Fact name="rows">{compact(now?.observations ?? view.observations)}</Fact>
          <Fact name="drift">{driftWords(view)}</Fact>
        </Station>
        <Arrow at="a3" moves={decisions > 0} label="rows" />
        <Station at="model" title="Model" flow={<span class="mono">{short(now?.champion ?? view.champion)}</span>} health={modelHealth(view)}>
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
        <Arrow at="a4" moves={decisions > 0} label="scores" />
        <Station at="decisions" title="Decisions" flow={perSecond(decisions)} health={decisionsHealth(view)} page="decisions">
          <Fact name="made">{compact(now?.decisions ?? view.decisions)}</Fact>
          <Fact name="alerts">{compact(now?.alerts ?? view.alerts)}</Fact>
          <Fact name="aim">{number(view.alerts_per_day)} a day</Fact>
        </Station>
        <Arrow at="a5" down moves={outcomes > 0} label="in time" />
        <Station at="outcomes" title="Outcomes" flow={perSecond(outcomes)} health={outcomesHealth(view)}>
          {truths.map((source) => (
            <Fact key={source.name} name={source.name}>{compact(source.accepted)}</Fact>
          ))}
          <Fact name="come after">{delay(truths)}</Fact>
        </Station>
        <Arrow at="a6" back moves={outcomes > 0} label="truth" />
        <Station at="flywheel" title="Flywheel" flow={view.frozen ? 'frozen' : 'turning'} health={flywheelHealth(view)} page="learning">
          <Fact name="next">{view.next_training ? <Time at={view.next_training} form="day" only="viewer" /> : 'nothing planned'}</Fact>
          <Fact name="weeks">{view.weeks.length + view.open_weeks.length} so far</Fact>
        </Station>
        <Arrow at="a7" up moves={Boolean(view.candidate)} label="a better model" />
        <div class="pace">
          <Pace ticks={ticks} />
        </div>
      </div>
    </Card>
  );
}

function Pace({ ticks }: { ticks: readonly Tick[] }) {
  const made = ticks.slice(1).map((one, index) => Math.max(0, one.decisions - (ticks[index]?.decisions ?? 0)));
  const last = made[made.length - 1] ?? 0;
  return (
    <>
      <h3>
        Decisions a second, last two minutes
        {made.length > 1 && <span class="pace-now"> now {number(last)}, most {number(Math.max(...made))}</span>}
      </h3>
      {made.length < 2 ? (
        <p class="note">listening …</p>
      ) : (
        <Chart
          spark
          height={72}
          describe={`Decisions a second over the last ${made.length} seconds; now ${number(last)}, at most ${number(Math.max(...made))}.`}
          x={made.map((_, index) => index - made.length)}
          series={[{ label: 'decisions', values: made, fill: true }]}
          yMin={0}
        />
      )}
    </>
  );
}

/** How a station is: its tone, and that in words. */
interface Health {
  tone: Tone;
  words: string;
}

const WELL: Health = { tone: 'good', words: 'well' };

function alarmed(view: FactoryView, ...kinds: string[]): Health | undefined {
  const need = view.needs.find((one) => one.kind === 'alarm' && kinds.some((kind) => one.key?.startsWith(kind)));
  return need && { tone: need.severity === 'critical' ? 'bad' : 'warn', words: 'alarm' };
}

function sourcesHealth(sources: SourceView[]): Health {
  const quarantined = sources.reduce((sum, source) => sum + source.today.quarantined, 0);
  return quarantined > 0 ? { tone: 'warn', words: `${compact(quarantined)} quarantined today` } : WELL;
}

function ledgerHealth(view: FactoryView, queued: number): Health {
  if (view.needs.some((need) => need.kind === 'disk')) {
    return { tone: 'bad', words: 'disk fills up' };
  }
  return queued > QUEUE_LIMIT / 2 ? { tone: 'warn', words: 'busy' } : WELL;
}

function featuresHealth(view: FactoryView): Health {
  return alarmed(view, 'features', 'shift', 'missing', 'range') ?? WELL;
}

function driftWords(view: FactoryView): string {
  const drifting = view.needs.filter((need) => /^(shift|missing|range)/.test(need.key ?? '')).length;
  return drifting === 0 ? 'as usual' : drifting === 1 ? 'one alarm' : `${drifting} alarms`;
}

function modelHealth(view: FactoryView): Health {
  if (!view.ready) {
    return { tone: 'bad', words: 'not ready' };
  }
  return alarmed(view, 'breach', 'missed-frauds') ?? WELL;
}

function decisionsHealth(view: FactoryView): Health {
  return view.ready ? alarmed(view, 'score', 'alerts', 'volume') ?? WELL : { tone: 'bad', words: 'not answered' };
}

function outcomesHealth(view: FactoryView): Health {
  if (view.needs.some((need) => need.kind === 'outcomes')) {
    return { tone: 'warn', words: 'days incomplete' };
  }
  return alarmed(view, 'outcomes') ?? WELL;
}

function flywheelHealth(view: FactoryView): Health {
  if (view.frozen) {
    return { tone: 'warn', words: 'frozen' };
  }
  if (view.needs.some((need) => need.kind === 'proposal')) {
    return { tone: 'warn', words: 'waits for a person' };
  }
  return alarmed(view, 'training', 'envelope') ?? WELL;
}

function diskWords(view: FactoryView): string {
  const days = view.ledger.days_until_full;
  if (days === undefined) {
    return view.ledger.free_bytes === undefined ? 'unknown' : `${bytes(view.ledger.free_bytes)} free`;
  }
  return days > 3650 ? 'lasts for years' : days > 730 ? `lasts ${number(days / 365)} years` : `full in ${number(days)} days`;
}

/** How long after its event an outcome of today came, on the mean. */
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
      <Fact name="late today">{accepted > 0 ? percent(late / accepted) : 'none came'}</Fact>
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
        <Tag tone={props.health.tone}>{props.health.words}</Tag>
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
