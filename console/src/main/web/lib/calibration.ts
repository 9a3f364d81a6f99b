import type { ScoreBin } from './learning';

/** Bins of a score at the places of an axis that others share: null where it has none. */
export interface Placed {
  share: (number | null)[];
  low: (number | null)[];
  high: (number | null)[];
}

/** Where a line at 45 degrees begins and ends, and all mean scores between, in order. */
export function places(...sides: readonly (readonly ScoreBin[])[]): number[] {
  return [...new Set([0, ...sides.flatMap((bins) => bins.map((bin) => bin.mean_score)), 1])].sort((a, b) => a - b);
}

/** A side's share of positives over its mean score, so that whoever means what it says lies on the line. */
export function placed(bins: readonly ScoreBin[], at: readonly number[]): Placed {
  const found = at.map((x) => bins.find((bin) => bin.mean_score === x));
  return {
    share: found.map((bin) => bin?.share ?? null),
    low: found.map((bin) => bin?.low ?? null),
    high: found.map((bin) => bin?.high ?? null),
  };
}
