import { Store } from './store';

/**
 * The owner's token: it comes in the fragment of the address that `run` and `serve` print, which no
 * browser sends anywhere, stays as long as the tab does, and leaves the address bar at once.
 */
const KEY = 'cromford.token';
const NAME = 'cromford.by';

function read(storage: () => Storage, key: string): string {
  try {
    return storage().getItem(key) ?? '';
  } catch {
    return '';
  }
}

function write(storage: () => Storage, key: string, value: string): void {
  try {
    if (value) {
      storage().setItem(key, value);
    } else {
      storage().removeItem(key);
    }
  } catch {
    // A browser without storage: it is asked again.
  }
}

/** The token, empty for who may only look. */
export const token = new Store<string>('');

/** Takes the token out of the address. */
export function takeToken(): void {
  const found = tokenOf(location.hash);
  if (found) {
    write(() => sessionStorage, KEY, found);
    history.replaceState(null, '', location.pathname + '#/');
  }
  token.set(found || read(() => sessionStorage, KEY));
}

/** The token in a fragment: `#token=…`; empty if there is none. */
export function tokenOf(hash: string): string {
  return /^#token=([0-9a-f]{16,})$/.exec(hash)?.[1] ?? '';
}

/** The token is that of an endpoint that is gone. */
export function forgetToken(): void {
  write(() => sessionStorage, KEY, '');
  token.set('');
}

/** Who acts, as said last. */
export function who(): string {
  return read(() => localStorage, NAME);
}

/** Remembers who acts. */
export function remember(name: string): void {
  write(() => localStorage, NAME, name);
}
