import { act, type Problem } from './api';
import { readFactory } from './factory';

/** What somebody saw who does something about it, and how it is read again. */
export interface Seen {
  revision: string;
  reload: () => void;
}

/** Does something that others may be doing too: what changed since it was seen is refused, said, and read again. */
export function actOn(path: string, fields: Record<string, string>, seen: Seen): Promise<unknown> {
  const again = (): void => {
    seen.reload();
    if (seen.reload !== readFactory) {
      readFactory();
    }
  };
  return act(path, fields, { 'if-match': `"${seen.revision}"` }).then(again, (failure: unknown) => {
    if ((failure as Problem).status === 412) {
      again();
    }
    throw failure;
  });
}
