import { asProblem, get, Problem } from '../../lib/api';
import { work, words, type VerdictForm, type WorkAlert, type WorkStep, type WorkView } from '../../lib/decisions';
import { number } from '../../lib/format';
import { heldByOthers, names, others, withVerdict } from '../../lib/verdicts';
import { tellEachVerdict, tellVerdict, verdictWords, type Actor, type Verdict } from '../../ui/decided';
import { ask } from '../../ui/dialog';
import { say } from '../../ui/toast';

/** Who works on which alerts. */
export interface Desk {
  view: WorkView;
  actor: Actor;
  /** Reads the alerts again; those that something is left to be done about stay ticked. */
  done: (left: readonly string[]) => void;
}

const CONFLICT = 409;

/** One alert by its id, several by their number. */
export function counted(ids: readonly string[]): string {
  return ids.length === 1 ? (ids[0] ?? '') : `${number(ids.length)} alerts`;
}

function told(failure: unknown): void {
  const problem = asProblem(failure);
  say([problem.what, problem.advice].join(' '), 'bad');
}

/** The alerts that somebody holds, as they are now. */
async function heldNow(): Promise<WorkAlert[]> {
  return (await get<WorkView>('/v1/work?status=claimed')).alerts;
}

/** Claims them for whoever acts. */
export function claim(desk: Desk, ids: readonly string[]): void {
  work('claim', ids, desk.actor.name).then(
    () => {
      say(`Claimed: ${counted(ids)}.`);
      desk.done([]);
    },
    (failure: unknown) => {
      told(failure);
      desk.done(ids);
    },
  );
}

/** Releases them; of what another holds it is asked why. */
export function release(desk: Desk, ids: readonly string[]): void {
  const { name } = desk.actor;
  const holders = others(desk.view.alerts, ids, name);
  if (holders.length > 0) {
    askRelease(desk, ids, holders);
    return;
  }
  work('release', ids, name).then(
    () => {
      say(`Released: ${counted(ids)}.`);
      desk.done([]);
    },
    async (failure: unknown) => {
      desk.done(ids);
      const late = asProblem(failure).status === CONFLICT ? others(await heldNow().catch(() => []), ids, name) : [];
      if (late.length > 0) {
        askRelease(desk, ids, late);
      } else {
        told(failure);
      }
    },
  );
}

function askRelease(desk: Desk, ids: readonly string[], holders: readonly string[]): void {
  ask({
    title: `Release: ${counted(ids)}`,
    text: `Claimed by ${names(holders)}. It is taken from them, and anybody may claim it then; why, and by whom, stays with the alert.`,
    verb: 'Release',
    hint: 'They are ill today',
    run: async (said) => {
      await work('release', ids, said.by, { note: said.reason });
      desk.actor.setName(said.by);
      desk.done([]);
    },
    done: `Released: ${counted(ids)}.`,
  });
}

/** Asks for a note, and does something with it. */
export function askNote(desk: Desk, ids: readonly string[], step: WorkStep, title: string, text: string): void {
  ask({
    title: `${title}: ${counted(ids)}`,
    text,
    verb: title,
    hint: 'What the next one should know',
    run: async (said) => {
      await work(step, ids, said.by, { note: said.reason });
      desk.actor.setName(said.by);
      desk.done([]);
    },
    done: `${title}: done.`,
  });
}

/** Asks what came of it, and closes them; what another holds is released first, for the same reason. */
export function askClose(desk: Desk, ids: readonly string[]): void {
  const { view, actor } = desk;
  let known: readonly WorkAlert[] = view.alerts;
  const holders = others(known, ids, actor.name);
  ask({
    title: `Close: ${counted(ids)}`,
    text:
      'It leaves the queue. What it was is said by a verdict or by the label, not by this.' +
      (holders.length > 0 ? ` Claimed by ${names(holders)}: if that is not you, it is released first, for the reason that you give.` : ''),
    verb: 'Close',
    fields: [{ name: 'code', label: 'What came of it', options: view.codes.map((code): [string, string] => [code, words(code)]) }],
    hint: 'Called back, card blocked',
    run: async (said) => {
      const note = said.reason;
      const held = heldByOthers(known, ids, said.by);
      if (held.length > 0) {
        await work('release', held, said.by, { note });
      }
      await work('close', ids, said.by, { note, ...(said.code ? { code: said.code } : {}) }).catch(async (failure: unknown) => {
        known = await heldNow().catch(() => known);
        desk.done(ids);
        throw meanwhile(asProblem(failure), others(known, ids, said.by));
      });
      actor.setName(said.by);
      desk.done([]);
    },
    done: 'Close: done.',
  });
}

/** Somebody claimed it while the dialog was open: who goes on takes it from them. */
function meanwhile(problem: Problem, holders: readonly string[]): Problem {
  const isTaken = problem.status === CONFLICT && holders.length > 0;
  return isTaken
    ? new Problem(problem.status, problem.title, `${problem.what}\nMaybe leave it to them; if you close it nevertheless, it is released first, for the reason that you give.`)
    : problem;
}

/** Takes back the verdicts on them; those without one are left alone. */
export async function takeBack(desk: Desk, form: VerdictForm, ids: readonly string[]): Promise<void> {
  try {
    const found = await withVerdict(form, desk.view.alerts.filter((one) => ids.includes(one.id)));
    if (found.length === 0) {
      say(`There is no verdict on ${names(ids)} that could be taken back.`, 'warn');
    } else {
      verdict(desk, form, found, null);
    }
  } catch (failure) {
    told(failure);
  }
}

/** Says what they were, or takes that back; of more than one it is asked first. */
export function verdict(desk: Desk, form: VerdictForm, ids: readonly string[], positive: boolean | null): void {
  const verdictOn = (of: readonly string[], by: string): Verdict => ({ form, ids: of, alerts: of, positive, by });
  if (ids.length === 1) {
    void tellVerdict(verdictOn(ids, desk.actor.name)).then((done) => desk.done(done.failed));
    return;
  }
  const verb = positive === null ? 'Take back' : positive ? 'Mark as fraud' : 'Mark as genuine';
  let left = ids;
  ask({
    title: `${verb}: ${counted(ids)}`,
    text: `${names(ids, 30)}. Each can be taken back by itself.`,
    verb,
    plain: true,
    run: async (said) => {
      const { failed, why } = await tellEachVerdict(verdictOn(left, said.by));
      desk.done(failed);
      desk.actor.setName(said.by);
      left = failed;
      if (why) {
        throw new Problem(why.status, why.title, `not ${names(failed)}: ${why.what}\n${why.advice}`);
      }
    },
    done: `${verdictWords(positive)}: ${counted(ids)}.`,
  });
}
