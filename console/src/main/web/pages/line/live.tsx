import { useEffect, useState } from 'preact/hooks';
import { number } from '../../lib/format';
import { useStore } from '../../lib/store';
import { line, tick, type SampledDecision, type Tick } from '../../lib/stream';
import { Button, Card, Empty, Tag, Time, To, type Tone } from '../../ui/parts';

const SHOWN = 14;

const TONES: Record<string, Tone> = { alert: 'warn', block: 'bad', 'alerted-before': 'warn', pass: 'plain', explored: 'info' };

/** Decisions as they happen: a sample, which can be held still. */
export function Live() {
  const now = useStore(tick);
  const connection = useStore(line);
  const [held, setHeld] = useState(false);
  const [seen, setSeen] = useState<readonly SampledDecision[]>([]);
  useEffect(() => {
    if (!held && now && now.sample.length > 0) {
      setSeen((before) => [...[...now.sample].reverse(), ...before].slice(0, SHOWN));
    }
  }, [now, held]);
  return (
    <Card
      title="Decisions now"
      note={<>{connection.state === 'live' ? words(now) : 'The last that were heard of.'} The mark is the alert’s threshold.</>}
      action={seen.length > 0 && <Button onClick={() => setHeld(!held)}>{held ? 'Go on' : 'Hold'}</Button>}
    >
      {seen.length === 0 ? (
        <Empty title={connection.state === 'live' ? 'No decision in these seconds.' : 'Not connected.'}>
          Send one with curl, or replay files: they show here.
        </Empty>
      ) : (
        <ul class="ticker">
          {seen.map((decision) => <Sampled key={decision.id + decision.at} decision={decision} />)}
        </ul>
      )}
    </Card>
  );
}

function words(now: Tick | undefined): string {
  if (!now || now.made === 0) {
    return 'A sample, as they happen.';
  }
  return now.sample.length < now.made
    ? `A sample: ${now.sample.length} of ${number(now.made)} in the last second.`
    : `All ${number(now.made)} of the last second.`;
}

function Sampled({ decision }: { decision: SampledDecision }) {
  const score = decision.score ?? 0;
  // The threshold stands in the middle: most scores are far below it, and it is far below 1.
  const reach = Math.min(1, score / (2 * Math.max(1e-9, decision.threshold ?? 0.5)));
  return (
    <li>
      <span class="ticker-id mono"><To page="decisions" rest={[decision.id]}>{decision.id}</To></span>
      <span class="ticker-time"><Time at={decision.at} form="clock" only="viewer" /></span>
      <span class="ticker-score" title={`score ${number(score, 4)}, alert from ${number(decision.threshold, 4)}`}>
        <svg viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={`score ${number(score, 3)}`}>
          <rect x="0" y="2" width="100" height="4" class="ticker-track" />
          <rect x="0" y="2" width={100 * reach} height="4" class="ticker-bar" />
          <rect x="49.4" y="0" width="1.2" height="8" class="ticker-mark" />
        </svg>
      </span>
      <Tag tone={TONES[decision.action] ?? 'plain'}>{decision.action.replace('-', ' ')}</Tag>
    </li>
  );
}
