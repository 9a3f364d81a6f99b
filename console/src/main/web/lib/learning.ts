/** The answers to `/v1/weeks`, `/v1/models`, `/v1/missed` and `/v1/what-if`, and words for them. */

export interface Ranged {
  value: number | null;
  low?: number;
  high?: number;
}

export interface Compared {
  learning: Ranged;
  frozen: Ranged;
  difference: Ranged;
}

export interface Estimate {
  calibrated_weeks: number;
  average_precision: number | null;
  precision: number | null;
  recall: number | null;
  positives: number | null;
}

/** Whether an estimate was held against anything that became true. */
export function isCalibrated(estimate: Pick<Estimate, 'calibrated_weeks'>): boolean {
  return estimate.calibrated_weeks > 0;
}

/** Against how many weeks an estimate was held. */
export function ground(estimate: Pick<Estimate, 'calibrated_weeks'>): string {
  const weeks = estimate.calibrated_weeks;
  return isCalibrated(estimate) ? `held against ${weeks} mature ${weeks === 1 ? 'week' : 'weeks'}` : 'held against no week yet';
}

export interface ClosedWeek {
  week: number;
  from: string;
  until: string;
  champions: string[];
  decisions: number;
  outcomes: number;
  late_outcomes: number;
  positives: number;
  alerts: number;
  right_alerts: number;
  frozen_alerts?: number;
  card_precision: number | null;
  average_precision: Compared;
  precision: Compared;
  recall: Compared;
  saved: Compared;
  estimate?: Estimate;
}

export interface OpenWeek {
  week: number;
  from: string;
  until: string;
  matures_at: string;
  decisions: number;
  definitive: number;
  provisional: number;
  silent: number;
  open: number;
  positives: number;
  alerts: number;
  answered_alerts: number;
  right_alerts: number;
  precision: Ranged;
  stopped: number;
  recall: { at_least: number | null; at_most: number | null };
  saved: { at_least: number | null; at_most: number | null };
  estimate?: Estimate;
}

export interface Weeks {
  at: string;
  currency: string;
  maturity_seconds: number;
  pending: number;
  earlier: number;
  worth?: { weeks: number; average_precision: Compared };
  /** The latest first. */
  closed: ClosedWeek[];
  open: OpenWeek[];
}

export interface Served {
  version: string;
  from: string;
  until?: string;
  reason: string;
  by: string;
}

export interface OnSegment {
  segment: string;
  positives: number;
  gain?: number;
  gain_low?: number;
  detectable?: number;
}

export interface Judgement {
  at: string;
  challenger: string;
  champion: string;
  challenger_average_precision: number | null;
  champion_average_precision: number | null;
  gain_low: number | null;
  positives: number;
  passed: boolean;
  reason: string;
  segments: OnSegment[];
}

export interface ModelLine {
  version: string;
  roles: string[];
  purpose: string;
  learner: string;
  parameters: Record<string, string>;
  from: string;
  until: string;
  rows: number;
  positives: number;
  folds: number;
  judged: string;
  view: string;
  metrics: Record<string, number | null>;
  served: Served[];
  /** Absent where it scores nothing now. */
  live?: Live;
}

/** How a version scores live traffic. */
export interface Live {
  scores: number;
  threshold?: number;
  alerts_today: number;
  /** 0 if none was measured since the factory's start. */
  score_micros: number;
}

export interface Models {
  revision: string;
  at: string;
  champion: string;
  candidate?: { version: string; judged: string; stage: string; until: string; reason: string };
  proposed?: { version: string; judged: string; at: string; reason: string; by: string; outside: string[] };
  brake?: { since: string; reason: string; by: string };
  models: ModelLine[];
  earlier: number;
  served: Served[];
  judgements: Judgement[];
}

export interface ScoreBin {
  from: number;
  until: number;
  rows: number;
  positives: number;
  mean_score: number;
  share: number;
  low: number;
  high: number;
}

export interface Side {
  average_precision: number | null;
  precision_recall: [number | null, number, number][];
  scores: ScoreBin[];
}

export interface Drawn {
  rows: number;
  positives: number;
  model: Side;
  opponent?: Side & { version: string };
  segments: {
    name: string;
    condition: string;
    rows: number;
    positives: number;
    average_precision: number | null;
    opponent_average_precision: number | null;
  }[];
  importance: { method: string; rows: number; positives: number; features: { name: string; value: number }[] };
}

export interface HistoryEntry {
  at: string;
  what: string;
  version: string;
  text: string;
}

export interface Model extends ModelLine {
  revision: string;
  seed: number;
  libraries: Record<string, string>;
  features: { name: string; type: string }[];
  features_sql: string;
  card: string;
  judgement?: Judgement;
  evaluation?: { of: string; drawn: Drawn };
  dossier: {
    factory: string;
    owner: string;
    purpose: string;
    limits: string[];
    tier: string;
    next_review: string;
    validations: string[];
    promotion: string;
    way: HistoryEntry[];
    persons: HistoryEntry[];
    policies: HistoryEntry[];
  };
}

export interface Pull {
  feature: string;
  value: number | string | boolean | null;
  contribution: number;
}

export interface Wrong {
  id: string;
  at: string;
  amount: number;
  score: number;
  threshold: number;
  action: string;
  model: string;
  towards: Pull[];
  away: Pull[];
  event: Record<string, unknown>;
}

export interface Missed {
  week?: number;
  from?: string;
  until?: string;
  closed?: boolean;
  currency?: string;
  missed: { count: number; cost: number; cases: Wrong[] };
  disturbed: { alerts: number; entities: number; again: number; cases: Wrong[] };
}

export interface WhatIfPoint {
  alerts_per_day: number;
  alerts: number;
  right_alerts: number;
  stopped: number;
  positives: number;
  saved: number;
}

export interface WhatIf {
  at: string;
  currency: string;
  alerts_per_day: number;
  weeks: number[];
  days: number;
  actual: WhatIfPoint;
  points: WhatIfPoint[];
}

const ROLES: Record<string, [text: string, tone: 'good' | 'warn' | 'bad' | 'info' | 'plain', title: string]> = {
  champion: ['Serves', 'good', 'It answers now'],
  shadow: ['In shadow', 'info', 'It scores beside the champion and answers nothing'],
  canary: ['Canary', 'info', 'It answers for a share of the entities'],
  proposed: ['Proposed', 'warn', 'It waits for a person’s word'],
  former: ['Former, warm', 'plain', 'It served before and could serve again at once'],
  frozen: ['Frozen yardstick', 'plain', 'The first model, which goes on scoring: what learning is measured against'],
  'last-resort': ['Last resort', 'plain', 'It serves where nothing better may'],
  'taken-back': ['Taken back', 'bad', 'It served and was taken back on a breach'],
  rejected: ['Rejected', 'bad', 'A person said no'],
  withdrawn: ['Withdrawn', 'warn', 'It was taken off its way'],
  retired: ['Retired', 'plain', 'It served before'],
  passed: ['Passed', 'good', 'It passed the gate'],
  held: ['Held', 'plain', 'It did not pass the gate'],
  fitted: ['Fitted', 'plain', 'Nothing more was done with it'],
};

/** What a role is called, its tone, and what it means. */
export function role(name: string): [text: string, tone: 'good' | 'warn' | 'bad' | 'info' | 'plain', title: string] {
  return ROLES[name] ?? [name, 'plain', ''];
}

/** Who served after a time of service; undefined while nobody did. */
export function followerOf(models: Pick<Models, 'served'> | undefined, time: Pick<Served, 'version' | 'from'>): Served | undefined {
  const served = models?.served ?? [];
  const at = served.findIndex((one) => one.version === time.version && one.from === time.from);
  return at > 0 ? served[at - 1] : undefined;
}

/**
 * The weeks at the end in which nothing was decided, and when they began; undefined if there is none.
 *
 * @param weeks that are closed, in order
 */
export function silence(weeks: readonly { from: string; decisions: number }[]): { weeks: number; since: string } | undefined {
  let first = weeks.length;
  while (first > 0 && weeks[first - 1]?.decisions === 0) {
    first--;
  }
  const from = weeks[first];
  return from && { weeks: weeks.length - first, since: from.from };
}
