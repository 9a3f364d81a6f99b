import { asProblem, get, type Problem } from './api';
import type { DecisionView, VerdictForm, WorkAlert } from './decisions';

/** How telling something of several alerts went: of those that failed, why the first of them did. */
export interface Told {
  done: string[];
  failed: string[];
  why?: Problem;
}

/** Tells it of one after the other. One that is refused holds up no other; where nobody answers the rest is left. */
export async function tellEach(ids: readonly string[], tell: (id: string) => Promise<unknown>): Promise<Told> {
  const told: Told = { done: [], failed: [] };
  for (const id of ids) {
    if (told.why?.isSilence) {
      told.failed.push(id);
      continue;
    }
    try {
      await tell(id);
      told.done.push(id);
    } catch (failure) {
      const why = asProblem(failure);
      told.failed.push(id);
      told.why = told.why === undefined || why.isSilence ? why : told.why;
    }
  }
  return told;
}

/** Whether whoever gives verdicts here has said of a decision what it was, and has not taken it back. */
export function hasVerdict(view: Pick<DecisionView, 'said'>, form: VerdictForm): boolean {
  return view.said.some((said) => said.source === form.source && said.positive !== undefined);
}

/** Those of the alerts on which there is a verdict that can be taken back. */
export async function withVerdict(form: VerdictForm, alerts: readonly WorkAlert[]): Promise<string[]> {
  const found: string[] = [];
  for (const { id, outcome } of alerts) {
    if (outcome && hasVerdict(await get<DecisionView>(`/v1/decisions/${encodeURIComponent(id)}`), form)) {
      found.push(id);
    }
  }
  return found;
}

/** Which of these alerts somebody else than the one named looks after. */
export function heldByOthers(alerts: readonly WorkAlert[], ids: readonly string[], name: string): string[] {
  return held(alerts, ids, name).map((one) => one.id);
}

/** Who else than the one named looks after some of these alerts. */
export function others(alerts: readonly WorkAlert[], ids: readonly string[], name: string): string[] {
  return [...new Set(held(alerts, ids, name).map((one) => one.work.claimed?.by ?? ''))];
}

function held(alerts: readonly WorkAlert[], ids: readonly string[], name: string): WorkAlert[] {
  const of = new Set(ids);
  return alerts.filter((one) => of.has(one.id) && one.work.status !== 'closed' && (one.work.claimed?.by ?? name) !== name);
}

const NAMED = 8;

/** Some things by their names, and how many more there are. */
export function names(all: readonly string[], most = NAMED): string {
  const rest = all.length - most;
  return rest > 0 ? `${all.slice(0, most).join(', ')} and ${rest} more` : all.join(', ');
}
