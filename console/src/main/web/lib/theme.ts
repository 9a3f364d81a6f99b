import { Store } from './store';

/** Light or dark: as the system has it, until the viewer says otherwise. */
export type Theme = 'light' | 'dark';

const KEY = 'cromford.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

function chosen(): Theme | undefined {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : undefined;
  } catch {
    return undefined;
  }
}

function current(): Theme {
  return chosen() ?? (system.matches ? 'dark' : 'light');
}

export const theme = new Store<Theme>(current());

function show(next: Theme): void {
  document.documentElement.dataset.theme = next;
  theme.set(next);
}

/** Whether the page is being put on paper, which is white: what is drawn is drawn again for it. */
export const paper = new Store(false);

function print(is: boolean): void {
  document.documentElement.dataset.theme = is ? 'light' : theme.value;
  paper.set(is);
}

/** Follows the system from now on. */
export function startTheme(): void {
  show(current());
  system.addEventListener('change', () => show(current()));
  window.addEventListener('beforeprint', () => print(true));
  window.addEventListener('afterprint', () => print(false));
}

/** The other one, from now on. */
export function switchTheme(): void {
  const next = theme.value === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // It holds until the page is closed.
  }
  show(next);
}

/** The value of a colour of the style sheet: `--accent`. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
