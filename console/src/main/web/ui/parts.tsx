import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Problem, Resource } from '../lib/api';
import { hasPage, to } from '../lib/router';
import { day, duration, isDay, isSameDay, isUtc, local, moment, NONE, utc, type MomentForm, type TimeForm } from '../lib/format';

/** What a thing is like; each tone has a sign of its own beside its colour. */
export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'plain';

const SIGNS: Record<Tone, string> = { good: '✓', warn: '!', bad: '✕', info: 'i', plain: '·' };

/** A part of a page with a title. */
export function Card(props: {
  title?: ComponentChildren;
  note?: ComponentChildren;
  action?: ComponentChildren;
  wide?: boolean;
  id?: string;
  children: ComponentChildren;
}) {
  return (
    <section class={'card' + (props.wide ? ' wide' : '')} id={props.id}>
      {(props.title || props.action) && (
        <header class="card-head">
          <div>
            {props.title && <h2>{props.title}</h2>}
            {props.note && <p class="note">{props.note}</p>}
          </div>
          {props.action && <div class="card-action">{props.action}</div>}
        </header>
      )}
      {props.children}
    </section>
  );
}

/** One figure: what it is, how much, and what to know about it. */
export function Stat(props: { label: string; value: ComponentChildren; note?: ComponentChildren; tone?: Tone }) {
  return (
    <div class={'stat ' + (props.tone ?? 'plain')}>
      <div class="stat-label">{props.label}</div>
      <div class="stat-value">{props.value}</div>
      {props.note && <div class="stat-note">{props.note}</div>}
    </div>
  );
}

/** A word in a frame, with a sign, so that its colour is never alone. */
export function Tag(props: { tone?: Tone; children: ComponentChildren; title?: string }) {
  const tone = props.tone ?? 'plain';
  return (
    <span class={'tag ' + tone} title={props.title}>
      <span class="sign" aria-hidden="true">{SIGNS[tone]}</span>
      {props.children}
    </span>
  );
}

/** A moment in the viewer's zone, with the factory's (UTC) beside it; a day is one of the factory's calendar. */
export function Time(props: { at: string | number | null | undefined; form?: TimeForm; only?: 'viewer' }) {
  const date = moment(props.at);
  if (!date) {
    return <span class="muted">{NONE}</span>;
  }
  const form = props.form ?? 'moment';
  if (isDay(form)) {
    return <time dateTime={date.toISOString().slice(0, 10)} title={`${utc(date, 'exact')} UTC`} class="time">{day(date, form)}</time>;
  }
  return (
    <time dateTime={date.toISOString()} title={`${utc(date, 'exact')} UTC`} class="time">
      {local(date, form)}
      {props.only !== 'viewer' && (
        <span class="zone"> {isUtc ? 'UTC' : `${utc(date, beside(form, date))} UTC`}</span>
      )}
    </time>
  );
}

/** What of the factory's time is not said by the viewer's. */
function beside(form: MomentForm, date: Date): MomentForm {
  if (form !== 'moment' && form !== 'exact') {
    return form;
  }
  return isSameDay(date) ? (form === 'exact' ? 'clock' : 'minute') : form;
}

/** The seconds since a moment of this machine's clock, counting. */
export function Since(props: { millis: number }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1000);
    return () => window.clearInterval(timer);
  }, []);
  return <>{duration(Math.max(0, Math.round((now - props.millis) / 1000) * 1000))}</>;
}

/** Nothing is there, and that is well. */
export function Empty(props: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{props.title}</p>
      {props.children && <p class="note">{props.children}</p>}
    </div>
  );
}

/** What is read is on its way. */
export function Loading(props: { what?: string }) {
  return (
    <div class="loading" role="status">
      <span class="bar" />
      <span class="bar" />
      <span class="bar" />
      <span class="hidden">Loading {props.what ?? ''}</span>
    </div>
  );
}

/** What went wrong, and what a person may do. */
export function ProblemNote(props: { problem: Problem; retry?: () => void }) {
  return (
    <div class="problem" role="alert">
      <p>
        <Tag tone="bad">{props.problem.isSilence ? 'No answer' : props.problem.title}</Tag> {props.problem.what}
      </p>
      {props.problem.advice && <p class="note">{props.problem.advice}</p>}
      {props.retry && <button type="button" onClick={props.retry}>Try again</button>}
    </div>
  );
}

/** Shows what was read: while it is on its way, if it failed, and, greyed, if it is of before. */
export function Read<T>(props: { resource: Resource<T>; what?: string; children: (data: T) => ComponentChildren }) {
  const { data, problem, readAt, reload } = props.resource;
  if (data === undefined) {
    return problem ? <ProblemNote problem={problem} retry={reload} /> : <Loading what={props.what ?? ''} />;
  }
  return (
    <div class={problem ? 'stale' : undefined}>
      {problem && (
        <p class="stale-note" role="status">
          <Tag tone="warn">As of {local(readAt, 'clock')}</Tag> {problem.what}
        </p>
      )}
      {props.children(data)}
    </div>
  );
}

/** The route that a part shows, for curl. */
export function JsonLink(props: { path: string }) {
  return (
    <a class="json" href={props.path} target="_blank" rel="noreferrer" title={`curl ${location.origin}${props.path}`}>
      {props.path.split('?')[0]} as JSON
    </a>
  );
}

/** A button that is a link of this page, or does something. */
export function Button(props: {
  onClick: () => void;
  children: ComponentChildren;
  kind?: 'plain' | 'primary' | 'danger' | 'quiet' | 'small';
  disabled?: boolean;
  title?: string;
  label?: string;
}) {
  return (
    <button
      type="button"
      class={'button ' + (props.kind ?? 'plain')}
      onClick={props.onClick}
      disabled={props.disabled}
      title={props.title}
      aria-label={props.label}
    >
      {props.children}
    </button>
  );
}

/** A share as a bar, with its value in words for who does not see it. */
export function Meter(props: { share: number; label: string; tone?: Tone }) {
  const share = Math.min(1, Math.max(0, Number.isFinite(props.share) ? props.share : 0));
  return (
    <div class={'meter ' + (props.tone ?? 'info')} role="img" aria-label={props.label} title={props.label}>
      <span style={{ width: `${share * 100}%` }} />
    </div>
  );
}

/** The head of a page: its title, a sentence, and the routes that it shows. */
export function PageHead(props: { title: string; note?: ComponentChildren; json?: string[] }) {
  return (
    <div class="page-head">
      <h1>{props.title}</h1>
      {props.note && <p class="note">{props.note}</p>}
      {props.json && (
        <span class="page-json">
          {props.json.map((path) => <JsonLink key={path} path={path} />)}
        </span>
      )}
    </div>
  );
}

/** A link to a page, plain text where that page is not there. */
export function To(props: { page: string; rest?: string[]; children: ComponentChildren; class?: string }) {
  return hasPage(props.page) ? (
    <a href={to(props.page, ...(props.rest ?? []))} class={props.class}>{props.children}</a>
  ) : (
    <span class={props.class}>{props.children}</span>
  );
}
