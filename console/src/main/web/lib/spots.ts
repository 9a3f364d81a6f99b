/** Where a label goes: from there on, so many lines down. */
export interface Spot {
  from: number;
  line: number;
}

/** Between a line and its label. */
export const GAP = 6;

/**
 * Where labels of lines go, in their order, so that none stands on another: right of its line, or left of it where there is no more
 * room, and a line lower where another one is.
 *
 * @param labels where each line is, and how wide its label
 * @param right where the picture ends
 */
export function spots(labels: readonly { at: number; width: number }[], right: number): Spot[] {
  const taken: { from: number; until: number; line: number }[] = [];
  return labels.map(({ at, width }) => {
    const from = at + GAP + width > right ? Math.max(0, at - GAP - width) : at + GAP;
    const until = from + width + GAP;
    let line = 0;
    while (taken.some((one) => one.line === line && one.from < until && from < one.until)) {
      line++;
    }
    taken.push({ from, until, line });
    return { from, line };
  });
}
