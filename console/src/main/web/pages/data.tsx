import { useResource } from '../lib/api';
import { factory } from '../lib/factory';
import { useStore } from '../lib/store';
import type { Page } from '../nav';
import { PageHead } from '../ui/parts';
import { FeatureTable, Query, type Features } from './data/features';
import { QuarantineCard } from './data/quarantine';
import { Sources, type Monitors } from './data/sources';

const EVERY_MILLIS = 20_000;

function Data({ rest }: { rest: string[] }) {
  const view = useStore(factory);
  const monitors = useResource<Monitors>('/v1/monitors', EVERY_MILLIS);
  const features = useResource<Features>('/v1/features', EVERY_MILLIS);
  return (
    <>
      <PageHead title="Data" note="What comes in, what is refused, and what is made of it." json={['/v1/factory', '/v1/monitors', '/v1/quarantine', '/v1/features']} />
      <Sources sources={view?.sources} monitors={monitors.data} />
      <QuarantineCard sources={view?.sources ?? []} />
      <FeatureTable features={features} open={rest[0]} />
      <Query features={features} />
    </>
  );
}

/** Sources, quarantine and features. */
export const data: Page = { path: 'data', title: 'Data', View: Data };
