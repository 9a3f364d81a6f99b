import type { AlarmState } from './health';
import { asProblem, get, Problem, type Resource } from './api';
import { place } from './router';
import { Still } from './still';
import { Store, useStore } from './store';
import { line, type Line, type Status } from './stream';

/** The answer to `GET /v1/factory`. */
export interface FactoryView extends Status {
  name: string;
  purpose: string;
  currency: string;
  alerts_per_day: number;
  /** Who serves, since when and why; absent before go-live. */
  service?: { model: string; since: string; by: string; reason: string };
  /** Who is on its way to serve. */
  candidate?: { model: string; stage: 'shadow' | 'canary'; until: string };
  /** Since when nothing is trained or promoted, if that is so. */
  frozen?: { since: string; by: string; reason: string };
  next_training?: string;
  /** How long a batch of today took from its submission to the disk, on the mean; absent where none was measured. */
  latency_micros?: number;
  /** What somebody who wants that otherwise is held to: each changes with what it is of. */
  revisions: { service: string; brake: string; policies: string };
  sources: SourceView[];
  ledger: { bytes: number; bytes_a_day: number; snapshot_bytes: number; free_bytes?: number; disk_bytes?: number; days_until_full?: number };
  open_weeks: OpenWeekView[];
  weeks: WeekView[];
  /** What a person is needed for, the most pressing first. */
  needs: Need[];
  alarms: AlarmState[];
}

export interface SourceView {
  name: string;
  kind: 'observation' | 'label' | 'provisional' | 'other';
  accepted: number;
  quarantined: number;
  duplicates: number;
  waiting: number;
  today: { accepted: number; late: number; quarantined: number; outcomes: number; delay_hours: number | null };
}

export interface Precision {
  value: number | null;
  low: number | null;
  high: number | null;
}

/** Bounds that hold whatever is still open turns out to be. */
export interface Bounds {
  at_least: number | null;
  at_most: number | null;
}

/** 95 % intervals by what is known so far. */
export interface WeekIntervals {
  alerts: { low: number | null; high: number | null };
  saved: { low: number | null; high: number | null };
}

/** A week that is not mature. */
export interface OpenWeekView {
  week: number;
  from: string;
  until: string;
  decisions: number;
  definitive: number;
  provisional: number;
  silent: number;
  open: number;
  positives: number;
  alerts: number;
  answered: number;
  right: number;
  precision: Precision;
  recall: Bounds;
  saved: Bounds;
  /** Absent until they are worked out. */
  intervals?: WeekIntervals;
}

/** A week whose outcomes are mature. */
export interface WeekView {
  week: number;
  from: string;
  until: string;
  champion: string;
  decisions: number;
  positives: number;
  alerts: number;
  right: number;
  precision: Precision;
  recall: number | null;
  saved: number | null;
  frozen_saved: number | null;
  average_precision: number | null;
  frozen_average_precision: number | null;
  /** Absent until they are worked out, and of earlier weeks. */
  intervals?: WeekIntervals;
}

/** Something that a person should do or look at. */
export interface Need {
  kind: 'service' | 'alarm' | 'proposal' | 'policy' | 'outcomes' | 'brake' | 'quarantine' | 'disk';
  severity: 'critical' | 'warning' | 'info';
  text: string;
  since?: string;
  /** The alarm's, or the model's. */
  key?: string;
}

/** The factory as it was read last; undefined before. */
export const factory = new Store<FactoryView | undefined>(undefined);

/** How the reading of it stands: why the last one failed, and when one did not, by this machine's clock. */
export const reading = new Store<{ problem?: Problem; readAt: number }>({ readAt: 0 });

/** The factory as it was read last, and whether that still holds: it is of before while nobody is heard. */
export function useFactory(): Resource<FactoryView> {
  const data = useStore(factory);
  const { problem, readAt } = useStore(reading);
  const heard = useStore(line);
  return { data, problem: problem ?? silence(heard), readAt, reload: () => void readFactory() };
}

/** Why what was read is of before although the last reading did not fail. */
function silence(heard: Line): Problem | undefined {
  return heard.state === 'lost' && !heard.refusal
    ? new Problem(0, 'No answer', 'the factory does not answer.\nMaybe it was stopped; this page goes on trying.')
    : undefined;
}

const EVERY_MILLIS = 5000;

/** Where another page is looked at, it is there for the frame alone. */
const ELSEWHERE_MILLIS = 20_000;
const SHOWN_ON: readonly string[] = ['', 'data'];

const still = new Still();
let again = 0;
let asked = new AbortController();

/**
 * Reads the overview now, and from then on every few seconds while the page is seen and something happens.
 *
 * @returns when it was read, or could not be
 */
export function readFactory(): Promise<void> {
  window.clearTimeout(again);
  asked.abort();
  const own = new AbortController();
  asked = own;
  still.read();
  return get<FactoryView>('/v1/factory', own.signal).then(
    (view) => {
      reading.set({ readAt: Date.now() });
      factory.set(view);
      later(performance.now());
    },
    (failure: unknown) => {
      if (!own.signal.aborted) {
        reading.set({ ...reading.value, problem: asProblem(failure) });
        again = window.setTimeout(() => void readFactory(), 2 * EVERY_MILLIS);
      }
    },
  );
}

/** Reads it now, and at once when the factory is heard again. */
export function followFactory(): void {
  let before = line.value.state;
  line.watch((now) => {
    if (now.state === 'live' && before !== 'live' && reading.value.problem) {
      void readFactory();
    }
    before = now.state;
  });
  void readFactory();
}

function later(readAt: number): void {
  again = window.setTimeout(() => {
    const every = SHOWN_ON.includes(place.value.page) ? EVERY_MILLIS : ELSEWHERE_MILLIS;
    if (document.hidden || still.isSame || performance.now() - readAt < every) {
      later(readAt);
    } else {
      void readFactory();
    }
  }, EVERY_MILLIS);
}
