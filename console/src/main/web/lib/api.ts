import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Still } from './still';
import { forgetToken, token } from './token';

/** A refusal as RFC 9457 has it, or a factory that does not answer (status 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly code = '',
  ) {
    super(detail || title);
  }

  /** What is wrong. */
  get what(): string {
    return this.detail.split('\n')[0] || this.title;
  }

  /** What a person may do; empty if nothing is advised. */
  get advice(): string {
    return this.detail.split('\n').slice(1).join(' ');
  }

  /** Whether nobody answered. */
  get isSilence(): boolean {
    return this.status === 0;
  }
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body = (await response.json()) as { title?: unknown; detail?: unknown; code?: unknown };
    return new Problem(
      response.status, String(body.title ?? response.statusText), String(body.detail ?? ''), String(body.code ?? ''));
  } catch {
    return new Problem(response.status, response.statusText || `status ${response.status}`, '');
  }
}

async function send<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response;
  let text = '';
  try {
    response = await fetch(path, { cache: 'no-store', credentials: 'omit', redirect: 'error', ...init });
    text = response.ok ? await response.text() : '';
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') {
      throw failure;
    }
    throw new Problem(0, 'No answer', 'the factory does not answer.\nMaybe it was stopped; this page goes on trying.');
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Problem(
      response.status, 'No JSON', `what answered at ${path.split('?')[0]} is no JSON.\nMaybe something between this browser and the factory answered.`);
  }
}

/** Reads a route. */
export function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return send<T>(path, signal ? { signal } : {});
}

/** Asks with a body, such as a search: what is in it stands in no address. */
export function post<T>(path: string, body: unknown, signal?: AbortSignal, headers: Record<string, string> = {}): Promise<T> {
  return send<T>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });
}

/**
 * Tells the factory what to do, as its owner.
 *
 * @param path below `/admin/`
 * @param headers more headers, such as `If-Match`
 */
export async function act<T>(path: string, fields: Record<string, unknown>, headers: Record<string, string> = {}): Promise<T> {
  try {
    return await post<T>('/admin/' + path, fields, undefined, { authorization: 'Bearer ' + token.value, ...headers });
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 401) {
      forgetToken();
      throw new Problem(
        401, 'Not the owner', 'the token is not, or no longer, that of this factory.\nMaybe it was started again: open the address that it printed.');
    }
    throw failure;
  }
}

/** What a page reads, and how that stands. */
export interface Resource<T> {
  /** What was read last; undefined before. */
  data: T | undefined;
  /** Why the last reading failed; undefined if it did not. */
  problem: Problem | undefined;
  /** When it was read last, by this machine's clock; 0 before. */
  readAt: number;
  /** Reads it again now. */
  reload: () => void;
}

/** Turns what was thrown into a problem. */
export function asProblem(failure: unknown): Problem {
  return failure instanceof Problem ? failure : new Problem(-1, 'This page failed', String(failure));
}

/** What is read more often than that is on its way, which the ledger does not tell. */
const SLOW_MILLIS = 4000;

/**
 * Reads a route, and again every so often while the page is seen and something happens. What was read stays while nobody
 * answers.
 *
 * @param path null to read nothing
 * @param every milliseconds; 0 to read once
 * @param body if there is one, it is a POST
 * @param keep whether what another path gave is shown until this one answers: for a path that moves with time
 */
export function useResource<T>(path: string | null, every = 0, body?: unknown, keep = false): Resource<T> {
  const [state, setState] = useState<{ key: string; data?: T; problem?: Problem; readAt: number }>({ key: '', readAt: 0 });
  const [turn, setTurn] = useState(0);
  const text = body === undefined ? '' : JSON.stringify(body);
  const key = path + ' ' + text;
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  const failures = useRef(0);
  useEffect(() => {
    if (path === null) {
      return undefined;
    }
    const abort = new AbortController();
    let timer = 0;
    const still = new Still();
    const again = (millis: number): void => {
      if (!abort.signal.aborted) {
        timer = window.setTimeout(read, millis);
      }
    };
    const read = (): void => {
      if (every > 0 && failures.current === 0 && (document.hidden || (every >= SLOW_MILLIS && still.isSame))) {
        again(every);
        return;
      }
      still.read();
      (text ? post<T>(path, JSON.parse(text), abort.signal) : get<T>(path, abort.signal)).then(
        (data) => {
          failures.current = 0;
          setState({ key, data, readAt: Date.now() });
          if (every > 0) {
            again(every);
          }
        },
        (failure: unknown) => {
          if (abort.signal.aborted) {
            return;
          }
          const problem = asProblem(failure);
          failures.current++;
          setState((before) => (keep || before.key === key ? { ...before, problem } : { key, problem, readAt: 0 }));
          if (every > 0 || problem.isSilence) {
            again(Math.min(10_000, 1000 * 2 ** Math.min(failures.current, 4)));
          }
        },
      );
    };
    read();
    return () => {
      abort.abort();
      window.clearTimeout(timer);
    };
  }, [path, text, every, keep, turn]);
  const own = keep || state.key === key;
  return { data: own ? state.data : undefined, problem: own ? state.problem : undefined, readAt: own ? state.readAt : 0, reload };
}
