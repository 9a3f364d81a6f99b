/** What may be compared. */
export type Comparable = string | number | boolean | null | undefined;

/** Compares words as people do, and numbers as numbers. */
export function compare(a: Comparable, b: Comparable): number {
  if (typeof a === 'string' && typeof b === 'string') {
    return a.localeCompare(b, undefined, { numeric: true });
  }
  return Number(a) - Number(b);
}
