import { day } from '../../lib/format';

const MILLIS = 1;

/** The days of a week, its last one included; it ends where the next begins. */
export function datesOf(week: { from: string; until: string }): string {
  return `${day(week.from, 'shortDay')} to ${day(Date.parse(week.until) - MILLIS)}`;
}

/**
 * What the last week with decisions is called: it may be over since long.
 *
 * @param at the factory's time
 */
export function titleOf(week: { week: number; from: string; until: string }, at: string): string {
  return Date.parse(at) < Date.parse(week.until)
    ? `This week (week ${week.week}, from ${day(week.from, 'shortDay')})`
    : `The last week with decisions (week ${week.week}, ${datesOf(week)})`;
}
