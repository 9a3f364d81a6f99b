import { get } from './api';
import { place } from './router';
import { Still } from './still';
import { Store } from './store';
import { tick, type Status } from './stream';

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
  /** What somebody who wants that otherwise is held to: each changes with what it is of. */
  revisions: { service: string; brake: string; policies: string };
  sources: SourceView[];
  ledger: { bytes: number; bytes_a_day: number; snapshot_bytes: number; free_bytes?: number; disk_bytes?: number; days_until_full?: number };
  open_weeks: OpenWeekView[];
  weeks: WeekView[];
  /** What a person is needed for, the most pressing first. */
  needs: Need[];
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

const EVERY_MILLIS = 5000;

/** Where another page is looked at, it is there for the frame alone. */
const ELSEWHERE_MILLIS = 20_000;
const SHOWN_ON: readonly string[] = ['', 'data'];

const still = new Still();
let again = 0;

/** Reads the overview now, and from then on every few seconds while the page is seen and something happens. */
export function readFactory(): void {
  window.clearTimeout(again);
  still.read();
  get<FactoryView>('/v1/factory').then(
    (view) => {
      factory.set(view);
      later(performance.now());
    },
    () => {
      again = window.setTimeout(readFactory, 2 * EVERY_MILLIS);
    },
  );
}

function later(readAt: number): void {
  again = window.setTimeout(() => {
    const every = SHOWN_ON.includes(place.value.page) ? EVERY_MILLIS : ELSEWHERE_MILLIS;
    if (document.hidden || still.isSame || performance.now() - readAt < every) {
      later(readAt);
    } else {
      readFactory();
    }
  }, EVERY_MILLIS);
}

/** What time it is for the factory, by what was heard last. */
export function factoryTime(): string | undefined {
  return tick.value?.at ?? factory.value?.at;
}
