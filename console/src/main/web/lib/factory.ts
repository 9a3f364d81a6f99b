import { get } from './api';
import { Store } from './store';
import { tick } from './stream';

/** The answer to `GET /v1/factory`. */
export interface FactoryView {
  name: string;
  purpose: string;
  at: string;
  replaying: boolean;
  ready: boolean;
  message: string;
  champion: string;
  currency: string;
  /** Since when nothing is trained or promoted, if that is so. */
  frozen?: { since: string; by: string; reason: string };
  sources: SourceView[];
  queue: { waiting: number; limit: number };
  ledger: { bytes: number; free_bytes: number | null; first_at?: string };
  open_weeks: OpenWeekView[];
  weeks: WeekView[];
  /** What a person is needed for, the most pressing first. */
  needs: Need[];
}

export interface SourceView {
  name: string;
  kind: 'observation' | 'outcome';
  accepted: number;
  quarantined: number;
  duplicates: number;
  waiting: number;
  late_seconds?: number | null;
}

export interface Interval {
  mean: number | null;
  low: number | null;
  high: number | null;
}

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
  precision: Interval;
  recall: { at_least: number | null; at_most: number | null };
}

export interface WeekView {
  week: number;
  from: string;
  counted: boolean;
  champion: string;
  decisions: number;
  positives: number;
  alerts: number;
  precision: number | null;
  saved: number;
  frozen_saved: number;
  average_precision: number | null;
  frozen_average_precision: number | null;
}

/** Something that a person should do or look at. */
export interface Need {
  kind: 'alarm' | 'proposal' | 'outcomes' | 'job' | 'disk' | 'frozen' | 'not_ready';
  severity: 'critical' | 'warning' | 'info';
  text: string;
  since?: string;
  /** The alarm's, or the model's. */
  key?: string;
}

/** The factory as it was read last; undefined before. */
export const factory = new Store<FactoryView | undefined>(undefined);

const EVERY_MILLIS = 5000;
let again = 0;

/** Reads the overview now, and from then on every few seconds while the page is seen. */
export function readFactory(): void {
  window.clearTimeout(again);
  const next = (millis: number): void => {
    again = window.setTimeout(() => (document.hidden ? next(EVERY_MILLIS) : readFactory()), millis);
  };
  get<FactoryView>('/v1/factory').then(
    (view) => {
      factory.set(view);
      next(EVERY_MILLIS);
    },
    () => next(2 * EVERY_MILLIS),
  );
}

/** What time it is for the factory, by what was heard last. */
export function factoryTime(): string | undefined {
  return tick.value?.at ?? factory.value?.at;
}
