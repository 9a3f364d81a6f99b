import { useEffect, useRef } from 'preact/hooks';
import { Store } from './store';

const KEY = 'cromford.keys';

function kept(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}

/** Whether single keys do something: who speaks to the browser, or touches keys by chance, turns them off. */
export const singleKeys = new Store<boolean>(kept());

/** On or off, from now on. */
export function switchKeys(): void {
  const next = !singleKeys.value;
  try {
    localStorage.setItem(KEY, next ? 'on' : 'off');
  } catch {
    // It holds until the page is closed.
  }
  singleKeys.set(next);
}

/**
 * Single keys that do something on a page. They are silent while somebody types, chooses or answers
 * a dialog, with Ctrl, Alt or Meta, and where they are turned off.
 */
export function useKeys(keys: Record<string, () => void>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const heard = (event: KeyboardEvent): void => {
      const at = event.target as Element | null;
      const isBusy = at?.closest('input:not([type=checkbox]),textarea,select,dialog') || document.querySelector('dialog[open]');
      if (!singleKeys.value || isBusy || event.ctrlKey || event.altKey || event.metaKey || event.repeat) {
        return;
      }
      const deed = latest.current[event.key];
      if (deed) {
        event.preventDefault();
        deed();
      }
    };
    window.addEventListener('keydown', heard);
    return () => window.removeEventListener('keydown', heard);
  }, []);
}
