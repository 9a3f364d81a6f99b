import { act, post } from './api';
import { number } from './format';
import type { Tone } from '../ui/parts';

/** What the factory decided, as its routes say it. */

export type Action = 'pass' | 'alert' | 'alerted-before' | 'block' | 'explored';

export interface NamedValue {
  name: string;
  value: string | number | boolean | null;
}

export interface Known {
  positive: boolean;
  definitive: boolean;
}

/** An observation in a list. */
export interface DecisionLine {
  id: string;
  at: string;
  action?: Action;
  score?: number | null;
  threshold?: number | null;
  model?: string;
  entity: string;
  amount: number | null;
  at_risk: number | null;
  event: NamedValue[];
  outcome?: Known;
}

/** A search through all decisions, as it is under way. */
export interface SearchJob extends Partial<DecisionPage> {
  id: string;
  job: number;
  state: 'running' | 'done' | 'cancelled' | 'failed';
  rows_done: number;
  rows: number;
  expires_at?: string;
}

export interface DecisionPage {
  decisions: DecisionLine[];
  next?: number;
  searched_to?: string;
}

export interface Usual {
  feature: string;
  value: number | null;
  contribution: number | null;
  count: number;
  low: number | null;
  median: number | null;
  high: number | null;
}

export interface DecisionHistory {
  id: string;
  decisions: DecisionLine[];
  usual: Usual[];
  whole: boolean;
}

export interface Word {
  at: string;
  by: string;
  note?: string;
}

export interface WorkState {
  status: 'open' | 'claimed' | 'answered' | 'closed';
  claimed?: Word;
  closed?: Word & { code: string };
  notes: Word[];
  seen: Word[];
}

export interface VerdictForm {
  source: string;
  id: string;
  column: string;
  by?: string;
}

/** Where a record came from. */
export interface Lineage {
  source: string;
  /** Absent for what arrived over HTTP. */
  file?: string;
  /** From 1, the header not counted. */
  row?: number;
  arrived_at: string;
  position: number;
  /** Where it lay before, if it was not taken in at once. */
  quarantine?: { number: number; line: number; mended_at?: string; by?: string; reason?: string };
}

export interface Said {
  source: string;
  kind: 'label' | 'provisional' | 'other';
  positive?: boolean;
  at: string;
  in_force: boolean;
  columns: NamedValue[];
  lineage: Lineage;
}

/** One decision, opened. */
export interface DecisionView {
  id: string;
  action: Action;
  score: number;
  threshold: number | null;
  model: string;
  reasons: { feature: string; contribution: number }[];
  position: number;
  arrived_at: string;
  feature_view: string;
  event: NamedValue[];
  features: NamedValue[];
  policy_version: string;
  entity: string;
  amount: number | null;
  at_risk: number | null;
  currency: string;
  /** The column that the amount is of; absent where it is the same for each. */
  amount_column?: string;
  said: Said[];
  work?: WorkState;
  verdict?: VerdictForm;
  lineage: Lineage;
}

export type WorkAlert = DecisionLine & { work: WorkState };

export interface WorkView {
  at: string;
  currency: string;
  budget: { alerts_per_day: number; alerted_today: number; worked_today: number; left_today: number; lapsed: number };
  counts: Record<WorkState['status'], number>;
  codes: string[];
  verdict?: VerdictForm;
  alerts: WorkAlert[];
}

/** An action in words, with its tone. */
export const actions: Record<Action, { word: string; tone: Tone; text: string }> = {
  pass: { word: 'pass', tone: 'plain', text: 'The score is below the threshold' },
  alert: { word: 'alert', tone: 'bad', text: 'A person should look' },
  'alerted-before': { word: 'alerted before', tone: 'warn', text: 'Its card has today’s alert already' },
  block: { word: 'block', tone: 'bad', text: 'Its card has a known fraud' },
  explored: { word: 'explored', tone: 'info', text: 'Let through at random, to learn what becomes of such' },
};

/** A reason code as words. */
export function words(code: string): string {
  return code.replace(/-/g, ' ');
}

/** A place in a file: `line 10 (row 9)`. Of what was taken in at once the line is not known: a cell may span several. */
export function placeIn(row: number, line: number): string {
  return line > 0 ? `line ${number(line)} (row ${number(row)})` : `row ${number(row)} (header not counted)`;
}

/** Says what became of an observation; null takes back what was said. It goes in as an outcome. */
export async function giveVerdict(form: VerdictForm, id: string, positive: boolean | null, by: string): Promise<void> {
  const record: Record<string, unknown> = { [form.id]: id, [form.column]: positive };
  if (form.by) {
    record[form.by] = by || null;
  }
  await post(`/v1/outcomes?source=${encodeURIComponent(form.source)}`, record);
}

export type WorkStep = 'claim' | 'release' | 'close' | 'reopen' | 'note' | 'seen';

/** Does something about alerts: all of them or none. */
export async function work(step: WorkStep, ids: readonly string[], by: string, more: { code?: string; note?: string } = {}): Promise<void> {
  const fields: Record<string, string | readonly string[]> = { ids, by };
  if (more.code) {
    fields.code = more.code;
  }
  if (more.note) {
    fields.note = more.note;
  }
  await act(`work/${step}`, fields);
}
