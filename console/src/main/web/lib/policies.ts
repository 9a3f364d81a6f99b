import { money, number } from './format';

/** What can be said otherwise than the factory file does. */
export interface PolicyValues {
  alerts_per_day?: number;
  investigation?: number;
}

/** The answer to `GET /v1/policies`. */
export interface Policies {
  revision: string;
  currency: string;
  now: { version: string; since: string; alerts_per_day: number; investigation: number };
  /** What the factory file says of what persons approved over it. */
  file: PolicyValues;
  /** What taking back the last approval would set; absent if none holds. */
  rollback?: PolicyValues;
  proposal?: { version: string; at: string; by: string; reason: string; words: string; from: PolicyValues; to: PolicyValues };
  /** The latest first. */
  versions: PolicyVersion[];
}

export interface PolicyVersion {
  version: string;
  at: string;
  alerts_per_day: number;
  investigation: number;
  reason: string;
  by?: string;
  proposed_by?: string;
}

/** Values in words: 80 alerts a day. */
export function valuesText(values: PolicyValues, currency: string): string {
  return [
    ...(values.alerts_per_day === undefined ? [] : [`${number(values.alerts_per_day)} alerts a day`]),
    ...(values.investigation === undefined ? [] : [`${money(values.investigation, currency, 2)} for looking at an alert`]),
  ].join(', ');
}
