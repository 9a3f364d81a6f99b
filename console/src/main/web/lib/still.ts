import { line, tick } from './stream';

const LONGEST_MILLIS = 60_000;

/** How much the factory has written; undefined where that is not known. */
function written(): number | undefined {
  return line.value.state === 'live' ? tick.value?.ledger_bytes : undefined;
}

/**
 * Whether there is anything to be read again: what the factory says is a fold over its ledger, so
 * while that does not grow it says the same. It is read twice at one length, as an answer may be
 * from a moment before, and once a minute whatever is.
 */
export class Still {
  private bytes = -1;
  private reads = 0;
  private readAt = 0;

  /** It is read now. */
  read(): void {
    const now = written() ?? -1;
    this.reads = now === this.bytes ? this.reads + 1 : 1;
    this.bytes = now;
    this.readAt = performance.now();
  }

  /** Whether it would be the same. */
  get isSame(): boolean {
    return this.reads > 1 && written() === this.bytes && performance.now() - this.readAt < LONGEST_MILLIS;
  }
}
