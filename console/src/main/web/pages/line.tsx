import { factory, type FactoryView } from '../lib/factory';
import { useStore } from '../lib/store';
import type { Page } from '../nav';
import { Card, Loading, PageHead } from '../ui/parts';
import { Live } from './line/live';
import { Needs } from './line/needs';
import { Stations } from './line/stations';
import { WhatHappened } from './story/block';
import { Trend, Weeks } from './line/weeks';

function Line() {
  const view = useStore(factory);
  return (
    <>
      <PageHead title="The line" note={view?.purpose} json={['/v1/factory']} />
      {view ? <Known view={view} /> : <Card title="The factory"><Loading what="the factory" /></Card>}
    </>
  );
}

function Known({ view }: { view: FactoryView }) {
  return (
    <>
      <Needs view={view} />
      <WhatHappened />
      <Stations view={view} />
      <div class="grid">
        <div class="two-thirds stack">
          <Weeks view={view} />
          <Trend view={view} />
        </div>
        <div class="third stack">
          <Live />
        </div>
      </div>
    </>
  );
}

/** The factory at a glance: the first page. */
export const line: Page = { path: '', title: 'Line', View: Line };
