import type { ClosedWeek, Ranged } from './learning';

/** The frauds of a week that were missed, by the share that was stopped: whole ones, and the other way round its bounds. */
export function missedIn(week: Pick<ClosedWeek, 'positives'>, recall: Ranged): Ranged {
  const of = (share: number): number => Math.round(week.positives * (1 - share));
  return recall.value === null
    ? { value: null }
    : { value: of(recall.value), ...(recall.low === undefined || recall.high === undefined ? {} : { low: of(recall.high), high: of(recall.low) }) };
}

/** A line of a chart with its band; without one where no interval is known at all. */
export function banded(of: readonly Ranged[]): { values: (number | null)[]; low?: (number | null)[]; high?: (number | null)[] } {
  const values = of.map((one) => one.value);
  return of.some((one) => one.low !== undefined)
    ? { values, low: of.map((one) => one.low ?? null), high: of.map((one) => one.high ?? null) }
    : { values };
}
