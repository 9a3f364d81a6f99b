import { useEffect, useRef } from 'preact/hooks';

/**
 * Single keys that do something on a page. They are silent while somebody types, chooses or answers
 * a dialog, and with Ctrl, Alt or Meta.
 */
export function useKeys(keys: Record<string, () => void>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const heard = (event: KeyboardEvent): void => {
      const at = event.target as Element | null;
      const isBusy = at?.closest('input:not([type=checkbox]),textarea,select,dialog') || document.querySelector('dialog[open]');
      if (isBusy || event.ctrlKey || event.altKey || event.metaKey || event.repeat) {
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
