import { factory, readFactory } from '../lib/factory';
import { actOn, type Seen } from '../lib/seen';
import { ask } from './dialog';

/** What can be done from any page, held to what the page showed when the button was pressed. */

function seen(what: 'service' | 'brake'): Seen {
  return { revision: factory.value?.revisions[what] ?? '0', reload: readFactory };
}

/** Asks why, and stops what the flywheel does by itself. */
export function freeze(): void {
  const by = seen('brake');
  ask({
    title: 'Freeze the flywheel',
    text: 'Nothing is trained or promoted by itself until somebody resumes it, also after a restart. Decisions go on, and a champion is still taken back on a breach.',
    verb: 'Freeze',
    danger: true,
    hint: 'Outcomes of last week look wrong',
    run: (said) => actOn('flywheel/freeze', { reason: said.reason, by: said.by }, by),
    done: 'The flywheel is frozen.',
  });
}

/** Asks why, and lets the flywheel go on. */
export function resume(): void {
  const by = seen('brake');
  ask({
    title: 'Resume the flywheel',
    text: 'Training and promotion go on from the next boundary.',
    verb: 'Resume',
    hint: 'The outcomes were corrected',
    run: (said) => actOn('flywheel/resume', { reason: said.reason, by: said.by }, by),
    done: 'The flywheel goes on.',
  });
}

/** Asks why, and lets the former champion serve again. */
export function rollBack(): void {
  const by = seen('service');
  ask({
    title: 'Roll back the model',
    text: 'The model that served before takes over from the next decision on. The one that serves now leaves.',
    verb: 'Roll back',
    danger: true,
    hint: 'Genuine customers are stopped since the last promotion',
    run: (said) => actOn('models/rollback', { reason: said.reason, by: said.by }, by),
    done: 'The former model serves again.',
  });
}
