import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placed, places } from '../../main/web/lib/calibration';
import type { ScoreBin } from '../../main/web/lib/learning';

function bin(mean: number, share: number): ScoreBin {
  return { from: 0, until: 1, rows: 1, positives: 1, mean_score: mean, share, low: share / 2, high: share * 2 };
}

test('both sides lie over their own mean scores, and what is ideal is straight', () => {
  const own = [bin(0.02, 0.03), bin(0.9, 0.8)];
  const rival = [bin(0.03, 0.01)];
  const at = places(own, rival);
  assert.deepEqual(at, [0, 0.02, 0.03, 0.9, 1]);
  assert.deepEqual(placed(own, at).share, [null, 0.03, null, 0.8, null]);
  assert.deepEqual(placed(rival, at).share, [null, null, 0.01, null, null]);
  assert.deepEqual(placed(rival, at).high, [null, null, 0.02, null, null]);
});
