import { factory } from '../lib/factory';
import { useStore } from '../lib/store';
import type { Page } from '../nav';
import { Card, Loading } from '../ui/parts';

function Line() {
  const view = useStore(factory);
  return (
    <>
      <h1>The line</h1>
      <Card title="Factory">{view ? <p>{view.message}</p> : <Loading what="the factory" />}</Card>
    </>
  );
}

/** The factory at a glance: the first page. */
export const line: Page = { path: '', title: 'Line', View: Line };
