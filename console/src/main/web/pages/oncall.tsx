import type { Page } from '../nav';
import { PageHead } from '../ui/parts';
import { Alarms } from './oncall/alarms';
import { Changes } from './oncall/changes';
import { Brakes } from './oncall/brakes';
import { Jobs } from './oncall/jobs';
import { LedgerHealth } from './oncall/ledger';
import { TheAlarm } from './story/told';
import { Walk } from './story/walk';

function OnCall({ rest }: { rest: string[] }) {
  return (
    <>
      <PageHead title="On call" note="What is wrong, what changed before it, and what you can do." json={['/v1/alarms', '/v1/history', '/v1/jobs']} />
      <Walk rest={rest} chapter="alarm">{(story) => <TheAlarm story={story} />}</Walk>
      <div class="grid">
        <div class="two-thirds stack">
          <Alarms />
          <Jobs />
        </div>
        <div class="third stack">
          <Changes />
        </div>
      </div>
      <div class="grid">
        <div class="half"><Brakes /></div>
        <div class="half"><LedgerHealth /></div>
      </div>
    </>
  );
}

/** What the engineer on call looks at. */
export const onCall: Page = { path: 'oncall', title: 'On call', View: OnCall };
