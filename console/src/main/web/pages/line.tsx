import { useFactory, type FactoryView } from '../lib/factory';
import type { Page } from '../nav';
import { Card, PageHead, Read } from '../ui/parts';
import { Live } from './line/live';
import { Needs } from './line/needs';
import { Stations } from './line/stations';
import { WhatHappened } from './story/block';
import { Trend, Weeks } from './line/weeks';

function Line() {
  const known = useFactory();
  const read = <Read resource={known} what="the factory">{(view) => <Known view={view} />}</Read>;
  return (
    <>
      <PageHead title="The line" note={known.data?.purpose} json={['/v1/factory', '/v1/story', '/v1/weeks']} />
      {known.data ? read : <Card title="The factory">{read}</Card>}
    </>
  );
}

function Known({ view }: { view: FactoryView }) {
  return (
    <div class="stack">
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
    </div>
  );
}

/** The factory at a glance: the first page. */
export const line: Page = { path: '', title: 'Line', View: Line };
