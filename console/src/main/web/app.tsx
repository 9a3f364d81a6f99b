import type { ComponentChildren } from 'preact';
import { useEffect, useErrorBoundary, useState } from 'preact/hooks';
import { factory, readFactory } from './lib/factory';
import { duration, isUtc, local, utc, zone } from './lib/format';
import { singleKeys, switchKeys } from './lib/keys';
import { place, sheetOf, to } from './lib/router';
import { useSheets } from './lib/sheet';
import { useStore } from './lib/store';
import { ahead, line, tick } from './lib/stream';
import { switchTheme, theme } from './lib/theme';
import { token } from './lib/token';
import { pages, type Page } from './nav';
import { freeze, resume, rollBack } from './ui/deeds';
import { Dialogs } from './ui/dialog';
import { Button, Card, Empty, Since, Tag } from './ui/parts';
import { Toasts } from './ui/toast';

/** The frame around every page. */
export function App() {
  const at = useStore(place);
  const page = pages.find((one) => one.path === at.page);
  const name = useStore(factory)?.name ?? 'Cromford';
  const keys = useStore(singleKeys);
  useSheets();
  useEffect(() => {
    document.documentElement.dataset.keys = keys ? 'on' : 'off';
  }, [keys]);
  useEffect(() => {
    document.title = `${page?.title ?? 'Not found'} · ${name}`;
  }, [page, name]);
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>Skip to the page</a>
      <div class="frame">
        <Side page={page} />
        <div class="body">
          <Head />
          <Silence />
          <main id="main" tabIndex={-1}>
            <Guard key={sheetOf(at)}>{page ? <page.View key={page.path} rest={at.rest} /> : <NotFound />}</Guard>
          </main>
          <footer class="page-foot"><Foot /></footer>
        </div>
      </div>
      <Dialogs />
      <Toasts />
    </>
  );
}

function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

/** Around a page: where it cannot be drawn, the frame stays, with what went wrong. */
function Guard(props: { children: ComponentChildren }) {
  const [failure, mend] = useErrorBoundary((error: unknown) => console.warn('The page cannot be drawn.', error));
  const again = (): void => void readFactory().then(mend);
  return failure === undefined ? <>{props.children}</> : <Failed failure={failure} again={again} />;
}

function Failed(props: { failure: unknown; again: () => void }) {
  return (
    <Card>
      <div class="problem" role="alert">
        <h1>This page cannot be shown</h1>
        <p><Tag tone="bad">Failed</Tag> {String(props.failure)}</p>
        <p class="note">Maybe the factory answered with what this page does not know: it may be of another version. The other pages work on.</p>
        <Button onClick={props.again}>Read again</Button>
      </div>
    </Card>
  );
}

function NotFound() {
  return (
    <>
      <h1 class="hidden">Not found</h1>
      <Empty title="There is no such page."><a href={to('')}>Go to the line</a></Empty>
    </>
  );
}

function Side(props: { page: Page | undefined }) {
  const view = useStore(factory);
  return (
    <aside class="side" aria-label="The factory, its pages, and who acts">
      <a class="brand" href={to('')}>
        <Mark />
        <span class="brand-name" title={view?.purpose}>{view?.name ?? 'Cromford'}</span>
      </a>
      <nav aria-label="Pages">
        <ul>
          {pages.filter((page) => !page.hidden).map((page) => (
            <li key={page.path}>
              <a href={to(page.path)} aria-current={page === props.page ? 'page' : undefined}>
                {page.title}
                {page.path === 'oncall' && <Alarms />}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="side-foot"><Foot /></div>
    </aside>
  );
}

/** Who acts, and what else is of all pages: at the side's foot, on a phone below the page. */
function Foot() {
  return (
    <>
      <Owner />
      <p class="note">This machine only; it has no roles yet.</p>
      <Keys />
      <p class="note">
        <a href="/openapi.json" target="_blank" rel="noreferrer">API</a> · <a href="/metrics" target="_blank" rel="noreferrer">metrics</a>
      </p>
    </>
  );
}

function Keys() {
  const on = useStore(singleKeys);
  return (
    <p class="note">
      <Button kind="small" onClick={switchKeys} title="Whether letters such as c for Claim do something by themselves, on the pages that name them">
        Single keys: {on ? 'on' : 'off'}
      </Button>
    </p>
  );
}

function Alarms() {
  const open = useStore(tick)?.alarms ?? 0;
  return open > 0 ? <span class="count" aria-label={`${open} open alarms`}>{open}</span> : null;
}

function Owner() {
  return useStore(token) ? (
    <p class="note">You act as the owner.</p>
  ) : (
    <p class="note" title="Open the address that `cromford run` or `cromford serve` printed; it ends in #token=…">
      <strong>Read only.</strong> To act, open the address that the factory printed at its start, with its <code>#token</code>.
    </p>
  );
}

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M23 11.5a8 8 0 1 0 0 9" fill="none" stroke="currentColor" stroke-width="3.6" stroke-linecap="round" />
      <circle cx="16" cy="16" r="2.6" class="mark-dot" />
    </svg>
  );
}

function Head() {
  const view = useStore(factory);
  const frozen = view?.frozen;
  return (
    <header class="head">
      <Clock />
      <div class="head-acts">
        <span data-connection={useStore(line).state}><Connection /></span>
        {frozen ? (
          <>
            <Tag tone="warn" title={`by ${frozen.by}: ${frozen.reason}`}>Frozen</Tag>
            <Button onClick={resume}>Resume …</Button>
          </>
        ) : (
          <Button onClick={freeze} disabled={!view} title="Stop training and promoting">Freeze …</Button>
        )}
        <Button onClick={rollBack} disabled={!view?.service} title="Let the former model serve again">Roll back …</Button>
        <ThemeSwitch />
      </div>
    </header>
  );
}

/** The factory's clock in the viewer's zone, with the factory's own (UTC) beside it. */
function Clock() {
  const now = useStore(tick);
  const view = useStore(factory);
  const off = useStore(ahead);
  const at = now?.at ?? view?.at;
  const replaying = now?.replaying ?? view?.replaying ?? false;
  return (
    <div class="clock" aria-label="The factory’s clock">
      <span class="clock-now">{at ? local(at, 'moment') : 'no clock yet'}</span>
      <span class="clock-zone">
        {isUtc ? 'UTC' : `${zone.split('/').pop()?.replace('_', ' ')} · ${utc(at, 'moment')} UTC`}
      </span>
      {at && <Tag tone={replaying ? 'info' : 'plain'}>{replaying ? 'replay' : !now || isNow(at, now.wall) ? 'live' : 'runs on from its data'}</Tag>}
      {off !== 0 && (
        <Tag tone="warn" title="What is shown here is by the factory’s clock and its machine’s, not by this browser’s.">
          this browser’s clock is {duration(Math.abs(off))} {off > 0 ? 'ahead' : 'behind'}
        </Tag>
      )}
    </div>
  );
}

/** Whether the factory's clock is the one of its machine; this browser's may be any. */
function isNow(at: string, wall: string): boolean {
  return Math.abs(Date.parse(wall) - Date.parse(at)) < 120_000;
}

function Connection() {
  const now = useStore(line);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setSeen(true), 1500);
    return () => window.clearTimeout(timer);
  }, []);
  if (now.state === 'live') {
    return <Tag tone="good" title="The factory answers">Connected</Tag>;
  }
  return now.state === 'lost' ? <Tag tone="bad">Not connected</Tag> : seen ? <Tag>Connecting</Tag> : null;
}

/** Says since when nobody answers. */
function Silence() {
  const now = useStore(line);
  if (now.state !== 'lost') {
    return null;
  }
  return (
    <div class="silence" role="alert">
      {now.refusal ? (
        <span>Live values are missing: {now.refusal}. This page goes on trying.</span>
      ) : (
        <span>
          The factory has not answered since {local(now.heardAt, 'clock')}. What you see is of then; this page goes on trying{' '}
          <span aria-hidden="true">(<Since millis={now.heardAt} />)</span>.
        </span>
      )}
    </div>
  );
}

function ThemeSwitch() {
  const now = useStore(theme);
  return (
    <Button kind="quiet" onClick={switchTheme} label={now === 'dark' ? 'Switch to light' : 'Switch to dark'}>
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        {now === 'dark' ? (
          <g stroke="currentColor" stroke-width="1.6" stroke-linecap="round" fill="none">
            <circle cx="10" cy="10" r="3.6" />
            <path d="M10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4M14.3 14.3l1.4 1.4M4.3 15.7l1.4-1.4M14.3 5.7l1.4-1.4" />
          </g>
        ) : (
          <path d="M16.5 12.4A7 7 0 0 1 7.6 3.5a7 7 0 1 0 8.9 8.9z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" />
        )}
      </svg>
    </Button>
  );
}
