import type { Page } from '../nav';
import { Card, Loading } from '../ui/parts';

function OnCall() {
  return (
    <>
      <h1>On call</h1>
      <Card title="Alarms"><Loading what="alarms" /></Card>
    </>
  );
}

/** What the engineer on call looks at. */
export const onCall: Page = { path: 'oncall', title: 'On call', View: OnCall };
