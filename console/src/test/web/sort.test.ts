import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare } from '../../main/web/lib/sort';

test('words are in the order of people, numbers in that of numbers', () => {
  assert.deepEqual(['card 10', 'Card 9', 'card 1'].sort(compare), ['card 1', 'Card 9', 'card 10']);
  assert.deepEqual([10, 9, -1].sort(compare), [-1, 9, 10]);
});
