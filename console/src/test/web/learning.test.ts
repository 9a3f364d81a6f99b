import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followerOf, ground, isCalibrated, type Served } from '../../main/web/lib/learning';
import { banded, missedIn } from '../../main/web/lib/ranged';

test('the bounds of what is missed are those of what is stopped, the other way round', () => {
  assert.deepEqual(missedIn({ positives: 200 }, { value: 0.6, low: 0.5, high: 0.75 }), { value: 80, low: 50, high: 100 });
  assert.deepEqual(missedIn({ positives: 200 }, { value: 0.6 }), { value: 80 });
  assert.deepEqual(missedIn({ positives: 0 }, { value: null }), { value: null });
});

test('a line has a band where an interval is known', () => {
  assert.deepEqual(banded([{ value: 1, low: 0, high: 2 }, { value: 3 }]), { values: [1, 3], low: [0, null], high: [2, null] });
  assert.deepEqual(banded([{ value: 1 }]), { values: [1] });
});

test('an estimate says against how much truth it was held', () => {
  assert.equal(ground({ calibrated_weeks: 0 }), 'held against no week yet');
  assert.equal(ground({ calibrated_weeks: 3 }), 'held against 3 mature weeks');
  assert.ok(!isCalibrated({ calibrated_weeks: 0 }));
});

test('a model is followed by who served next, also where it served twice', () => {
  const time = (version: string, from: string): Served => ({ version, from, reason: '', by: '' });
  const served = [time('a', '3'), time('b', '2'), time('a', '1')];
  assert.equal(followerOf({ served }, time('a', '1'))?.version, 'b');
  assert.equal(followerOf({ served }, time('b', '2'))?.from, '3');
  assert.equal(followerOf({ served }, time('a', '3')), undefined);
  assert.equal(followerOf({ served }, time('c', '1')), undefined);
});
