/** How numbers, money and times are written: by the viewer's locale, in the viewer's zone. */

const locale: string | undefined = typeof navigator === 'undefined' ? 'en' : navigator.language;

/** What is written where there is no value. */
export const NONE = '–';

type Numeric = number | null | undefined;

function isNumber(value: Numeric): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

const formats = new Map<string, Intl.NumberFormat>();

function format(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  let found = formats.get(key);
  if (!found) {
    found = new Intl.NumberFormat(locale, options);
    formats.set(key, found);
  }
  return found;
}

/** So many tell any two scores apart. */
const MOST_DIGITS = 17;

/** 1,234,567 or, with digits, 0.783. */
export function number(value: Numeric, digits = 0): string {
  return isNumber(value)
    ? format({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)
    : NONE;
}

/** All its digits, by the locale: 1,234.56789. */
export function exact(value: Numeric): string {
  return isNumber(value) ? format({ maximumSignificantDigits: 17 }).format(value) : NONE;
}

/** How many digits behind the point tell a value from another; the least where they are the same. */
export function digits(value: Numeric, other: Numeric, least = 4): number {
  if (!isNumber(value) || !isNumber(other) || value === other) {
    return least;
  }
  let count = least;
  while (count < MOST_DIGITS && value.toFixed(count) === other.toFixed(count)) {
    count++;
  }
  return count;
}

/** 1.2M: for where there is little room. */
export function compact(value: Numeric): string {
  return isNumber(value)
    ? format({ notation: 'compact', maximumFractionDigits: Math.abs(value) < 1000 ? 0 : 1 }).format(value)
    : NONE;
}

/** A share as a percentage: 0.423 is 42.3 %. */
export function percent(value: Numeric, digits = 1): string {
  return isNumber(value)
    ? format({ style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)
    : NONE;
}

/** An amount in a currency by its ISO code; a plain number if the code is none. */
export function money(value: Numeric, currency: string, digits = 0): string {
  if (!isNumber(value)) {
    return NONE;
  }
  if (!/^[A-Z]{3}$/.test(currency)) {
    return number(value, digits) + (currency ? ' ' + currency : '');
  }
  return format({
    style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: digits, maximumFractionDigits: digits,
  }).format(value);
}

/** [low, high], both written the same way; nothing where one is not known. */
export function interval(low: Numeric, high: Numeric, write: (value: number) => string): string {
  return isNumber(low) && isNumber(high) ? `${write(low)} to ${write(high)}` : NONE;
}

/** 1.4 GB. */
export function bytes(value: Numeric): string {
  if (!isNumber(value)) {
    return NONE;
  }
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  let size = value;
  let unit = 0;
  while (Math.abs(size) >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return format({
    style: 'unit', unit: units[unit] ?? 'byte', unitDisplay: 'short', maximumFractionDigits: unit === 0 || size >= 100 ? 0 : 1,
  }).format(size);
}

/** A length of time in its two largest units: 3 d 4 h, 12 s. */
export function duration(millis: Numeric): string {
  if (!isNumber(millis)) {
    return NONE;
  }
  const units: [string, number][] = [['d', 86_400_000], ['h', 3_600_000], ['min', 60_000], ['s', 1000]];
  const parts: string[] = [];
  let rest = Math.max(0, millis);
  for (const [name, size] of units) {
    const count = Math.floor(rest / size);
    if (count > 0 && parts.length < 2) {
      parts.push(`${number(count)} ${name}`);
    } else if (parts.length > 0) {
      break;
    }
    rest -= count * size;
  }
  return parts.length > 0 ? parts.join(' ') : isNumber(millis) && millis > 0 ? `${number(millis)} ms` : '0 s';
}

/** A short length of time, given in microseconds: 850 µs, 1.9 ms. */
export function micros(value: Numeric): string {
  if (!isNumber(value)) {
    return NONE;
  }
  return value < 1000 ? `${number(value)} µs` : value < 1_000_000 ? `${number(value / 1000, 1)} ms` : `${number(value / 1_000_000, 1)} s`;
}

/** The viewer's zone: Europe/Berlin. */
export const zone: string = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** Whether the viewer's clock is the factory's. */
export const isUtc: boolean = zone === 'UTC' || zone === 'Etc/UTC' || zone === 'GMT';

const DAYS = {
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  shortDay: { day: 'numeric', month: 'short' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

const MOMENTS = {
  moment: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  exact: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  minute: { hour: '2-digit', minute: '2-digit' },
  clock: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

const FIELDS = { ...DAYS, ...MOMENTS };

/** How a day of the factory's calendar is written. */
export type DayForm = keyof typeof DAYS;

/** How a moment is written, by any clock. */
export type MomentForm = keyof typeof MOMENTS;

export type TimeForm = DayForm | MomentForm;

const times = new Map<string, Intl.DateTimeFormat>();

function time(form: TimeForm, timeZone: string): Intl.DateTimeFormat {
  const key = form + timeZone;
  let found = times.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, { ...FIELDS[form], timeZone, hourCycle: 'h23' });
    times.set(key, found);
  }
  return found;
}

type Moment = string | number | Date | null | undefined;

/** A moment as a date; null if it is none. */
export function moment(at: Moment): Date | null {
  if (at === null || at === undefined || at === '') {
    return null;
  }
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** A moment in the viewer's zone; for a day there is `day`. */
export function local(at: Moment, form: MomentForm = 'moment'): string {
  const date = moment(at);
  return date ? time(form, zone).format(date) : NONE;
}

/** The day of the factory's calendar in which a moment lies: days and weeks begin at 00:00 UTC, wherever the viewer is. */
export function day(at: Moment, form: DayForm = 'day'): string {
  return utc(at, form);
}

/** Whether the viewer's calendar shows the same day as the factory's. */
export function isSameDay(at: Moment): boolean {
  const date = moment(at);
  return date === null || time('day', zone).format(date) === time('day', 'UTC').format(date);
}

/** Whether a form is one of days. */
export function isDay(form: TimeForm): form is DayForm {
  return form in DAYS;
}

/** In the factory's zone. */
export function utc(at: Moment, form: TimeForm = 'moment'): string {
  const date = moment(at);
  return date ? time(form, 'UTC').format(date) : NONE;
}

/** A version or hash, as far as a person reads it. */
export function short(version: string | null | undefined): string {
  return version ? version.slice(0, 12) : NONE;
}
