import { Store, useStore } from '../lib/store';
import type { Tone } from './parts';

interface Toast {
  id: number;
  tone: Tone;
  text: string;
}

const toasts = new Store<readonly Toast[]>([]);
const SHOWN_MILLIS = 8000;
const MOST = 4;
let last = 0;

/** Says in passing what was done. */
export function say(text: string, tone: Tone = 'good'): void {
  const toast = { id: ++last, tone, text };
  toasts.set([...toasts.value.slice(1 - MOST), toast]);
  window.setTimeout(() => drop(toast.id), SHOWN_MILLIS);
}

function drop(id: number): void {
  toasts.set(toasts.value.filter((toast) => toast.id !== id));
}

/** Where it is said. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {useStore(toasts).map((toast) => (
        <div key={toast.id} class={'toast ' + toast.tone}>
          <span>{toast.text}</span>
          <button type="button" class="close" aria-label="Dismiss" onClick={() => drop(toast.id)}>×</button>
        </div>
      ))}
    </div>
  );
}
