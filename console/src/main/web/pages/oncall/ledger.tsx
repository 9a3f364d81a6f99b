import { factory, type FactoryView } from '../../lib/factory';
import { bytes, number, percent } from '../../lib/format';
import { useStore } from '../../lib/store';
import { tick } from '../../lib/stream';
import { Card, Loading, Meter, Stat } from '../../ui/parts';

const SOON_DAYS = 14;

/** How the ledger is, and how long its disk lasts. */
export function LedgerHealth() {
  const view = useStore(factory);
  const now = useStore(tick);
  if (!view) {
    return <Card title="Ledger"><Loading /></Card>;
  }
  const { free_bytes: free, disk_bytes: size, bytes_a_day: growth } = view.ledger;
  return (
    <Card title="Ledger" note="All that happened, in one order.">
      <div class="stats">
        <Stat label="Length" value={bytes(now?.ledger_bytes ?? view.ledger.bytes)} />
        <Stat label="Growth a day" value={growth > 0 ? bytes(growth) : '–'} note="over the factory’s last week" />
        <Stat label="Free on its disk" value={bytes(free)} note={size ? `of ${bytes(size)}` : undefined} />
        <Stat label="The disk is full" value={fullIn(view)} tone={isSoon(view) ? 'bad' : 'plain'} note="if it goes on like this" />
      </div>
      <dl class="pairs ledger-health">
        <dt>Verified</dt>
        <dd>not since it started: <code>cromford ledger verify</code> reads each byte again, beside the serving</dd>
        <dt>Last snapshot</dt>
        <dd>{snapshot(view, now?.ledger_bytes ?? view.ledger.bytes)}</dd>
      </dl>
      {free !== undefined && size ? (
        <p class="disk">
          <Meter share={1 - free / size} label={`${percent(1 - free / size, 0)} of the disk is taken`} tone={isSoon(view) ? 'bad' : 'info'} />
          <span class="note">{percent(1 - free / size, 0)} of the disk is taken, by all that lies on it</span>
        </p>
      ) : null}
    </Card>
  );
}

function snapshot(view: FactoryView, length: number): string {
  const at = view.ledger.snapshot_bytes;
  const since = Math.max(0, length - at);
  return at === 0
    ? 'none of this build: after a crash all of the ledger is folded again'
    : since === 0
      ? 'of all that there is'
      : `${bytes(since)} of ledger ago: so much is folded again after a crash`;
}

function isSoon(view: FactoryView): boolean {
  return (view.ledger.days_until_full ?? Infinity) <= SOON_DAYS;
}

function fullIn(view: FactoryView): string {
  const days = view.ledger.days_until_full;
  if (days === undefined) {
    return 'not known';
  }
  return days > 3650 ? 'in over 10 years' : days > 730 ? `in ${number(days / 365)} years` : `in ${number(days, days < 10 ? 1 : 0)} days`;
}
