import { useEffect, useRef } from 'preact/hooks';
import { place, sheetOf } from './router';
import { useStore } from './store';

/** So long a title may be on its way. */
const PATIENCE_MILLIS = 10_000;

/** Begins each other sheet at its top, with the focus on its title, so that who does not see it hears where they are. */
export function useSheets(): void {
  const sheet = sheetOf(useStore(place));
  const before = useRef(sheet);
  useEffect(() => {
    if (before.current === sheet) {
      return undefined;
    }
    before.current = sheet;
    window.scrollTo(0, 0);
    return title() ? undefined : titleToCome();
  }, [sheet]);
}

/** Whether the title was there. */
function title(): boolean {
  const found = document.querySelector<HTMLElement>('main h1');
  if (found) {
    found.tabIndex = -1;
    found.focus({ preventScroll: true });
  }
  return found !== null;
}

/** Waits for it on the page itself; whoever goes on meanwhile is left alone. */
function titleToCome(): () => void {
  const main = document.getElementById('main');
  main?.focus({ preventScroll: true });
  const stop = (): void => {
    observer.disconnect();
    window.clearTimeout(timer);
  };
  const observer = new MutationObserver(() => {
    if (document.activeElement !== main && document.activeElement !== document.body) {
      stop();
    } else if (title()) {
      stop();
    }
  });
  const timer = window.setTimeout(stop, PATIENCE_MILLIS);
  if (main) {
    observer.observe(main, { childList: true, subtree: true });
  }
  return stop;
}
