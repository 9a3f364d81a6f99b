import { useEffect } from 'preact/hooks';
import { Store } from './store';

/** A decision of the sample. */
export interface SampledDecision {
  id: string;
  at: string;
  action: string;
  score: number | null;
  threshold: number | null;
  model: string;
}

/** How the factory is. */
export interface Status {
  at: string;
  replaying: boolean;
  ready: boolean;
  message: string;
  champion: string;
  observations: number;
  outcomes: number;
  decisions: number;
  alerts: number;
  quarantined: number;
  duplicates: number;
  queued: number;
  ledger_bytes: number;
}

/** What the factory says once a second. */
export interface Tick extends Status {
  /** The clock of the factory's machine. */
  wall: string;
  alarms: number;
  /** What was done to the factory since it was opened: where it changes, so do alarms and history. */
  recorded: number;
  /** How many decisions were made since the last message; the sample is of these. */
  made: number;
  sample: SampledDecision[];
}

/** How the line to the factory stands. */
export interface Line {
  state: 'connecting' | 'live' | 'lost';
  /** When the factory was heard last, or the page was opened, by this machine's clock. */
  heardAt: number;
  /** Why there is no stream although the factory answers; empty if there is one. */
  refusal: string;
}

/** By how many milliseconds this browser's clock is ahead of the one of the factory's machine. */
export const ahead = new Store<number>(0);

export const tick = new Store<Tick | undefined>(undefined);
export const line = new Store<Line>({ state: 'connecting', heardAt: Date.now(), refusal: '' });

/** The pace of the last seconds, as what is drawn live needs it: one entry a message, newest last. */
export const pace = new Store<readonly Tick[]>([]);

const KEPT = 120;
const SILENCE_MILLIS = 5000;
const LEAST_OFF_MILLIS = 120_000;
const LONGEST_WAIT_MILLIS = 15_000;
const HIDDEN_MILLIS = 60_000;

let source: EventSource | undefined;
let retry = 0;
let attempts = 0;
/** When the factory was heard last, by a clock that nobody sets. */
let heardTick = 0;
let watchdog = 0;
let leave = 0;

/** Keeps a stream open while the page is seen, and for a minute after. */
export function startStream(): void {
  document.addEventListener('visibilitychange', () => {
    window.clearTimeout(leave);
    if (document.hidden) {
      leave = window.setTimeout(rest, HIDDEN_MILLIS);
    } else if (!source) {
      listen();
    }
  });
  listen();
}

/** Does something whenever something was done to the factory: an alarm, a promotion, a word of a person. */
export function useDone(act: () => void): void {
  useEffect(() => {
    let before = tick.value?.recorded;
    return tick.watch((next) => {
      const isNew = before !== undefined && next !== undefined && next.recorded !== before;
      before = next?.recorded ?? before;
      if (isNew) {
        act();
      }
    });
  }, [act]);
}

/** Nobody looks: the stream is for others. */
function rest(): void {
  window.clearTimeout(retry);
  window.clearInterval(watchdog);
  source?.close();
  source = undefined;
  line.set({ ...line.value, state: 'connecting', refusal: '' });
}

/** Opens the stream anew. */
function listen(): void {
  window.clearTimeout(retry);
  source?.close();
  const opened = new EventSource('/v1/stream');
  source = opened;
  opened.addEventListener('tick', (event) => heard((event as MessageEvent<string>).data));
  opened.onerror = () => lost(opened);
  window.clearInterval(watchdog);
  watchdog = window.setInterval(() => {
    if (line.value.state === 'live' && performance.now() - heardTick > SILENCE_MILLIS) {
      lost(opened);
    }
  }, 1000);
}

function heard(data: string): void {
  attempts = 0;
  heardTick = performance.now();
  const next = JSON.parse(data) as Tick;
  ahead.set(off(Date.now() - Date.parse(next.wall)));
  tick.set(next);
  // Over a gap there is no pace.
  pace.set(line.value.state === 'live' ? [...pace.value.slice(1 - KEPT), next] : [next]);
  line.set({ state: 'live', heardAt: Date.now(), refusal: '' });
}

/** To the minute, and nothing where a message may just have been late. */
function off(millis: number): number {
  return Math.abs(millis) < LEAST_OFF_MILLIS ? 0 : Math.round(millis / 60_000) * 60_000;
}

function lost(opened: EventSource): void {
  if (opened !== source) {
    return;
  }
  opened.close();
  source = undefined;
  if (line.value.state !== 'lost') {
    line.set({ ...line.value, state: 'lost' });
  }
  attempts++;
  retry = window.setTimeout(listen, Math.min(LONGEST_WAIT_MILLIS, 500 * 2 ** Math.min(attempts, 5)));
  void why();
}

/** A browser does not say why a stream was refused, so the factory is asked. */
async function why(): Promise<void> {
  try {
    const response = await fetch('/health/ready', { cache: 'no-store' });
    const body = (await response.json()) as { message?: string };
    if (line.value.state === 'lost') {
      line.set({
        ...line.value,
        heardAt: Date.now(),
        refusal: response.ok ? 'too many pages are open on this factory' : body.message ?? 'the factory is not ready',
      });
    }
  } catch {
    if (line.value.refusal) {
      line.set({ ...line.value, refusal: '' });
    }
  }
}
