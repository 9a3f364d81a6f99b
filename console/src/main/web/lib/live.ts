import type { SampledDecision } from './stream';

/** What of the decisions that arrive is shown. */
export interface Sieve {
  /** Alerts alone. */
  alerts: boolean;
  /** The least score, as typed; empty for any. */
  least: string;
  /** What stands in one of the columns, in any case. */
  text: string;
}

/** Everything. */
export const ALL: Sieve = { alerts: false, least: '', text: '' };

/** So many are kept, for who takes another sieve. */
const KEPT = 500;

const SHOWN = 30;

/** What arrived since the page was opened, the newest first. */
export interface Arrived {
  sieve: Sieve;
  /** The last of all. */
  kept: readonly SampledDecision[];
  /** The last of those that pass the sieve, also where they are not among the kept any more. */
  shown: readonly SampledDecision[];
}

export const NOTHING: Arrived = { sieve: ALL, kept: [], shown: [] };

/** Whether a decision is to be shown. */
export function passes(one: SampledDecision, sieve: Sieve, columns: (one: SampledDecision) => string[]): boolean {
  const text = sieve.text.trim().toLowerCase();
  return (
    (!sieve.alerts || one.action === 'alert') &&
    (sieve.least === '' || (one.score !== null && one.score >= Number(sieve.least))) &&
    (text === '' || columns(one).some((column) => column.toLowerCase().includes(text)))
  );
}

/** Takes what arrived. */
export function arrive(before: Arrived, fresh: readonly SampledDecision[], columns: (one: SampledDecision) => string[]): Arrived {
  const through = fresh.filter((one) => passes(one, before.sieve, columns));
  return {
    sieve: before.sieve,
    kept: newest(fresh, before.kept, KEPT),
    shown: newest(through, before.shown, SHOWN),
  };
}

/** Takes another sieve, and holds what is kept against it. */
export function sift(before: Arrived, sieve: Sieve, columns: (one: SampledDecision) => string[]): Arrived {
  const shown = before.kept.filter((one) => passes(one, sieve, columns)).slice(0, SHOWN);
  return { sieve, kept: before.kept, shown };
}

/** How many of the kept are newer than one; all of them where it is none. */
export function newerThan(arrived: Arrived, newest: SampledDecision | undefined): number {
  const at = arrived.kept.findIndex((one) => one.id === newest?.id);
  return at < 0 ? arrived.kept.length : at;
}

function newest(fresh: readonly SampledDecision[], before: readonly SampledDecision[], most: number): SampledDecision[] {
  const ids = new Set(fresh.map((one) => one.id));
  return [...[...fresh].reverse(), ...before.filter((one) => !ids.has(one.id))].slice(0, most);
}
