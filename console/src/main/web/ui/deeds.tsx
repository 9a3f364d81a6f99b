import { act } from '../lib/api';
import { readFactory } from '../lib/factory';
import { ask } from './dialog';

/** What can be done from any page. */

/** Asks why, and stops what the flywheel does by itself. */
export function freeze(): void {
  ask({
    title: 'Freeze the flywheel',
    text: 'Nothing is trained or promoted by itself until somebody resumes it, also after a restart. Decisions go on, and a champion is still taken back on a breach.',
    verb: 'Freeze',
    danger: true,
    hint: 'Outcomes of last week look wrong',
    run: (said) => act('flywheel/freeze', { reason: said.reason, by: said.by }).then(readFactory),
    done: 'The flywheel is frozen.',
  });
}

/** Asks why, and lets the flywheel go on. */
export function resume(): void {
  ask({
    title: 'Resume the flywheel',
    text: 'Training and promotion go on from the next boundary.',
    verb: 'Resume',
    hint: 'The outcomes were corrected',
    run: (said) => act('flywheel/resume', { reason: said.reason, by: said.by }).then(readFactory),
    done: 'The flywheel goes on.',
  });
}

/** Asks why, and lets the former champion serve again. */
export function rollBack(): void {
  ask({
    title: 'Roll back the model',
    text: 'The model that served before takes over from the next decision on. The one that serves now leaves.',
    verb: 'Roll back',
    danger: true,
    hint: 'Genuine customers are stopped since the last promotion',
    run: (said) => act('models/rollback', { reason: said.reason, by: said.by }).then(readFactory),
    done: 'The former model serves again.',
  });
}
