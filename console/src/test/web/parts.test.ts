import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../main/web/lib/api';
import { placeOf, sheetOf, to } from '../../main/web/lib/router';
import { Store } from '../../main/web/lib/store';
import { tokenOf } from '../../main/web/lib/token';

test('an address names a page and what follows it', () => {
  assert.deepEqual(placeOf(''), { page: '', rest: [] });
  assert.deepEqual(placeOf('#/'), { page: '', rest: [] });
  assert.deepEqual(placeOf('#/decisions/a%2Fb'), { page: 'decisions', rest: ['a/b'] });
  assert.deepEqual(placeOf('#/decisions/%zz'), { page: 'decisions', rest: ['%zz'] });
  assert.equal(to('decisions', 'a/b <x>'), '#/decisions/a%2Fb%20%3Cx%3E');
  assert.deepEqual(placeOf(to('learning', 'é')), { page: 'learning', rest: ['é'] });
});

test('another decision is another sheet, another part of a page is not', () => {
  const sheet = (hash: string): string => sheetOf(placeOf(hash));
  assert.notEqual(sheet('#/decisions'), sheet('#/decisions/42'));
  assert.notEqual(sheet('#/model/a'), sheet('#/model/b'));
  assert.equal(sheet('#/model/a'), sheet('#/model/a/story/1'));
  assert.equal(sheet('#/data'), sheet('#/data/amount'));
  assert.equal(sheet('#/learning'), sheet('#/learning/story/1/saved'));
});

test('only a token is taken for one', () => {
  assert.equal(tokenOf('#token=' + 'ab'.repeat(32)), 'ab'.repeat(32));
  for (const other of ['', '#/', '#token=', '#token=<script>', '#token=abc', '#/token=' + 'ab'.repeat(32)]) {
    assert.equal(tokenOf(other), '');
  }
});

test('a problem says what is wrong, and what to do', () => {
  const problem = new Problem(409, 'State conflict', 'the flywheel is frozen.\nMaybe resume it first.');
  assert.equal(problem.what, 'the flywheel is frozen.');
  assert.equal(problem.advice, 'Maybe resume it first.');
  assert.equal(new Problem(500, 'Internal', '').what, 'Internal');
  assert.ok(new Problem(0, 'No answer', '').isSilence);
});

test('a store tells of changes alone', () => {
  const store = new Store(1);
  const seen: number[] = [];
  const stop = store.watch((value) => seen.push(value));
  store.set(1);
  store.set(2);
  stop();
  store.set(3);
  assert.deepEqual(seen, [2]);
});
