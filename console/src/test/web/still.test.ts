import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Still } from '../../main/web/lib/still';
import { line, tick, type Tick } from '../../main/web/lib/stream';

function wrote(bytes: number): void {
  tick.set({ ledger_bytes: bytes } as Tick);
}

test('nothing is read again while nothing is written, but twice first', () => {
  const still = new Still();
  wrote(100);
  line.set({ state: 'live', heardAt: 0, refusal: '' });
  still.read();
  assert.equal(still.isSame, false);
  still.read();
  assert.equal(still.isSame, true);
  wrote(101);
  assert.equal(still.isSame, false);
  still.read();
  assert.equal(still.isSame, false);
  still.read();
  assert.equal(still.isSame, true);
});

test('where the factory is not heard it is asked', () => {
  const still = new Still();
  line.set({ state: 'lost', heardAt: 0, refusal: '' });
  still.read();
  still.read();
  assert.equal(still.isSame, false);
});

test('it is read once a minute whatever is', (t) => {
  const still = new Still();
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  wrote(100);
  line.set({ state: 'live', heardAt: 0, refusal: '' });
  still.read();
  still.read();
  now = 59_000;
  assert.equal(still.isSame, true);
  now = 60_000;
  assert.equal(still.isSame, false);
});
