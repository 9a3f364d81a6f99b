import { factory } from '../../lib/factory';
import { short } from '../../lib/format';
import { useStore } from '../../lib/store';
import { freeze, resume, rollBack } from '../../ui/deeds';
import { Button, Card, Loading, Tag, Time } from '../../ui/parts';

/** What a person can stop or take back. */
export function Brakes() {
  const view = useStore(factory);
  if (!view) {
    return <Card title="Brakes"><Loading /></Card>;
  }
  const frozen = view.frozen;
  return (
    <Card title="Brakes" note="Each asks for a reason, and is a record of the ledger.">
      <dl class="brakes">
        <div>
          <dt>Flywheel</dt>
          <dd>
            {frozen ? (
              <>
                <Tag tone="warn">frozen</Tag>{' '}
                <span class="break">since <Time at={frozen.since} /> by {frozen.by}: {frozen.reason}</span>
              </>
            ) : (
              <><Tag tone="good">turning</Tag> it trains and promotes by itself</>
            )}
          </dd>
          <dd>{frozen ? <Button kind="primary" onClick={resume}>Resume …</Button> : <Button onClick={freeze}>Freeze …</Button>}</dd>
        </div>
        <div>
          <dt>Model</dt>
          <dd>
            {view.service ? (
              <span class="break">
                <span class="mono">{short(view.service.model)}</span> since <Time at={view.service.since} /> by {view.service.by}: {view.service.reason}
              </span>
            ) : (
              'none serves yet'
            )}
          </dd>
          <dd><Button onClick={rollBack} disabled={!view.service}>Roll back …</Button></dd>
        </div>
      </dl>
    </Card>
  );
}
