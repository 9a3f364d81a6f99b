import type { Line, Tick } from './stream';

/** What is counted a second. */
export type Counter = 'observations' | 'outcomes' | 'decisions' | 'ledger_bytes';

/** Over so many messages a rate is taken: one comes each second. */
export const RATE_TICKS = 10;

/** How much a counter grew a second over the messages before one of them; 0 after a restart. */
function rateAt(ticks: readonly Tick[], at: number, counter: Counter): number {
  const last = ticks[at];
  const seconds = Math.min(RATE_TICKS, at);
  const first = ticks[at - seconds];
  return last && first && seconds > 0 ? Math.max(0, last[counter] - first[counter]) / seconds : 0;
}

/** How much a counter grows a second now; null where that is not known, as while nobody is heard. */
export function rate(ticks: readonly Tick[], counter: Counter, heard: Line['state']): number | null {
  return heard === 'live' && ticks.length > 1 ? rateAt(ticks, ticks.length - 1, counter) : null;
}

/** The rates of a counter, one for each message but the first: the last of them is the rate now. */
export function rates(ticks: readonly Tick[], counter: Counter): number[] {
  return ticks.slice(1).map((_, index) => rateAt(ticks, index + 1, counter));
}
