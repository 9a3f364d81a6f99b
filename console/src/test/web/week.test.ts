import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datesOf, titleOf } from '../../main/web/pages/line/words';

const WEEK = { week: 3, from: '2018-05-14T00:00:00Z', until: '2018-05-21T00:00:00Z' };

test('a week is this week until it ends by the factory’s clock', () => {
  assert.equal(titleOf(WEEK, '2018-05-14T00:00:00Z'), 'This week (week 3, from May 14)');
  assert.equal(titleOf(WEEK, '2018-05-20T23:59:59.999Z'), 'This week (week 3, from May 14)');
});

test('afterwards it is the last one with decisions', () => {
  assert.equal(titleOf(WEEK, WEEK.until), 'The last week with decisions (week 3, May 14 to May 20, 2018)');
  assert.equal(titleOf(WEEK, '2019-01-01T00:00:00Z'), 'The last week with decisions (week 3, May 14 to May 20, 2018)');
});

test('a week ends with the day before the next one', () => {
  assert.equal(datesOf(WEEK), 'May 14 to May 20, 2018');
});
