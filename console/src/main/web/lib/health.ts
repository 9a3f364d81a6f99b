/** How the stations of the line are: which alarm is about which of them, and what that says. */

/** A station of the line. */
export type Station = 'sources' | 'ledger' | 'features' | 'model' | 'decisions' | 'outcomes' | 'flywheel';

/** An alarm that is not over, as `GET /v1/factory` has it. */
export interface AlarmState {
  key: string;
  state: 'open' | 'acknowledged' | 'silenced';
  severity: 'critical' | 'warning';
  summary: string;
}

/** How a station is: its tone, that in a few words, and what stands behind them. */
export interface Health {
  tone: 'good' | 'warn' | 'bad' | 'plain';
  words: string;
  /** One line for each alarm; empty if there is none. */
  more: string;
}

/** What an alarm of a kind is about: what its key begins with, before the first slash. */
const STATIONS: Readonly<Record<string, Station>> = {
  // Monitors
  'missing-share': 'features',
  'out-of-range': 'features',
  shift: 'features',
  volume: 'sources',
  'late-share': 'sources',
  'quarantine-share': 'sources',
  'outcome-delay': 'outcomes',
  'score-shift': 'model',
  'mean-score': 'model',
  'segment-score': 'model',
  'alert-rate': 'decisions',
  'segment-share': 'decisions',
  'segment-alerts': 'decisions',
  latency: 'decisions',
  // Others
  outcomes: 'outcomes',
  training: 'flywheel',
  envelope: 'flywheel',
  alarm: 'flywheel',
  features: 'features',
  'missed-frauds': 'model',
  breach: 'model',
  snapshots: 'ledger',
};

/** Whether it is known what alarms of a kind are about. */
export function isKnown(kind: string): boolean {
  return Object.hasOwn(STATIONS, kind);
}

/**
 * The station that an alarm is about; an alarm of an unknown kind stands where those without a kind do.
 *
 * @param truths the sources that bring outcomes: what is said of them is said of the outcomes
 */
export function stationOf(key: string, truths: readonly string[] = []): Station {
  const [kind = '', subject = ''] = key.split('/');
  const station = isKnown(kind) ? STATIONS[kind] : undefined;
  if (station === 'sources' && truths.some((name) => subjectOf(name) === subject)) {
    return 'outcomes';
  }
  return station ?? 'flywheel';
}

/** A name as keys have it. */
function subjectOf(name: string): string {
  return name.slice(0, 80).replace(/[^A-Za-z0-9._-]/g, '_');
}

/** Whether an alarm says that a feature's values do not lie as they did. */
export function isDrift(key: string): boolean {
  return ['missing-share', 'out-of-range', 'shift'].includes(key.split('/')[0] ?? '');
}

/** The alarms about a station, acknowledged and silenced ones included. */
export function about(station: Station, alarms: readonly AlarmState[], truths: readonly string[]): AlarmState[] {
  return alarms.filter((alarm) => stationOf(alarm.key, truths) === station);
}

/** All is well, as far as is known. */
const WELL: Health = { tone: 'good', words: 'well', more: '' };

/** How a station is by the alarms about it. */
export function health(alarms: readonly AlarmState[]): Health {
  if (alarms.length === 0) {
    return WELL;
  }
  const count = alarms.length === 1 ? 'alarm' : `${alarms.length} alarms`;
  return {
    tone: alarms.some((alarm) => alarm.severity === 'critical') ? 'bad' : 'warn',
    words: alarms.every((alarm) => alarm.state !== 'open') ? `${count}, known` : count,
    more: alarms.map((alarm) => `${alarm.key}: ${alarm.summary}${WORDS[alarm.state]}`).join('\n'),
  };
}

const WORDS: Record<AlarmState['state'], string> = {
  open: '', acknowledged: ' (somebody looks after it)', silenced: ' (silenced)',
};

const TONES: readonly Health['tone'][] = ['good', 'plain', 'warn', 'bad'];

/** The worse of both; the first where they are alike. */
export function worse(one: Health | undefined, other: Health): Health {
  if (!one) {
    return other;
  }
  const worst = TONES.indexOf(other.tone) > TONES.indexOf(one.tone) ? other : one;
  return { ...worst, more: [one.more, other.more].filter(Boolean).join('\n') };
}
