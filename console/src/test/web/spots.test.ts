import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spots } from '../../main/web/lib/spots';

test('labels stand right of their lines, and lower where another one is', () => {
  assert.deepEqual(spots([{ at: 0, width: 40 }, { at: 100, width: 40 }], 300).map((spot) => spot.line), [0, 0]);
  const close = spots([{ at: 10, width: 60 }, { at: 20, width: 30 }, { at: 30, width: 50 }], 300);
  assert.deepEqual(close.map((spot) => spot.line), [0, 1, 2]);
  assert.ok(close.every((spot, i) => spot.from > [10, 20, 30][i]!));
});

test('where there is no more room a label stands left of its line, over none other', () => {
  const placed = spots([{ at: 200, width: 80 }, { at: 290, width: 60 }], 300);
  assert.ok(placed[1]!.from + 60 < 290);
  assert.notEqual(placed[0]!.line, placed[1]!.line);
});
