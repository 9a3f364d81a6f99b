import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rate, rates } from '../../main/web/lib/pace';
import type { Tick } from '../../main/web/lib/stream';

/** Messages after so many decisions in all. */
function ticks(...decisions: number[]): Tick[] {
  return decisions.map((count) => ({ decisions: count }) as Tick);
}

// Twenty a second, which are told of every other second.
const BURSTS = ticks(...Array.from({ length: 30 }, (_, second) => 40 * Math.floor(second / 2)));

test('what is called now is the last of what is drawn', () => {
  const drawn = rates(BURSTS, 'decisions');
  assert.equal(drawn.length, 29);
  assert.equal(rate(BURSTS, 'decisions', 'live'), 20);
  assert.equal(drawn[28], 20);
  assert.ok(Math.max(...drawn.slice(10)) <= 24);
});

test('nothing flows while nobody is heard', () => {
  assert.equal(rate(BURSTS, 'decisions', 'lost'), null);
  assert.equal(rate(BURSTS, 'decisions', 'connecting'), null);
  assert.equal(rate(ticks(5), 'decisions', 'live'), null);
  assert.equal(rate([], 'decisions', 'live'), null);
});

test('a factory that was started again has no rate below zero', () => {
  assert.equal(rate(ticks(100, 0), 'decisions', 'live'), 0);
  assert.equal(rate(ticks(0, 7), 'decisions', 'live'), 7);
});
