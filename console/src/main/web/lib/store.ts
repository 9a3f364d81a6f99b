import { useEffect, useState } from 'preact/hooks';

/** A value that parts of the page look at, and that tells them when it changes. */
export class Store<T> {
  private readonly watchers = new Set<(value: T) => void>();

  constructor(private now: T) {}

  get value(): T {
    return this.now;
  }

  set(next: T): void {
    if (!Object.is(next, this.now)) {
      this.now = next;
      this.watchers.forEach((watcher) => watcher(next));
    }
  }

  watch(watcher: (value: T) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }
}

/** The value of a store; whoever uses it is drawn again when it changes. */
export function useStore<T>(store: Store<T>): T {
  const [value, setValue] = useState(store.value);
  useEffect(() => {
    setValue(() => store.value);
    return store.watch((next) => setValue(() => next));
  }, [store]);
  return value;
}
