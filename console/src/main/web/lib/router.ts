import { Store } from './store';

/** Where the viewer is: a page and what follows it in the address, `#/decisions/42`. */
export interface Place {
  page: string;
  rest: string[];
}

/** Reads a fragment. */
export function placeOf(hash: string): Place {
  const [page = '', ...rest] = hash.replace(/^#\/?/, '').split('/').map(decoded);
  return { page, rest };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a page: `to('decisions', id)`. */
export function to(page: string, ...rest: string[]): string {
  return '#/' + [page, ...rest].map(encodeURIComponent).join('/');
}

export const place = new Store<Place>({ page: '', rest: [] });

/** Follows the address. */
export function startRouter(): void {
  const read = (): void => place.set(placeOf(location.hash));
  window.addEventListener('hashchange', read);
  read();
}

/**
 * What tells one sheet from another: the page, and on a page about one thing that thing. What else follows says which
 * part of a sheet is looked at.
 */
export function sheetOf(at: Place): string {
  const isOfOne = at.page === 'decisions' || at.page === 'model';
  return to(at.page, ...(isOfOne ? at.rest.slice(0, 1) : []));
}

/** Goes to a page. */
export function go(page: string, ...rest: string[]): void {
  location.hash = to(page, ...rest);
}

const known = new Set<string>();

/** Which pages there are, so that no link leads nowhere. */
export function knows(paths: readonly string[]): void {
  paths.forEach((path) => known.add(path));
}

/** Whether a page is there. */
export function hasPage(path: string): boolean {
  return known.has(path);
}
