import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complete, csv, insert } from '../../main/web/pages/sql/text';

const TABLES = [
  { name: 'decisions', columns: [{ name: 'score', type: 'DOUBLE' }, { name: 'action', type: 'VARCHAR' }] },
  { name: 'events', columns: [{ name: 'score_of_event', type: 'DOUBLE' }] },
];

function words(text: string): string[] {
  return complete(text, text.length, TABLES).words.map((one) => one.word);
}

test('offers tables behind FROM, and columns of the tables that are named', () => {
  assert.equal(words('SELECT * FROM de')[0], 'decisions');
  const text = 'SELECT sc FROM decisions';
  const at = complete(text, 'SELECT sc'.length, TABLES);
  assert.deepEqual(at.words.map((one) => one.word), ['score']);
  assert.deepEqual(insert(text, at, 'score'), { text: 'SELECT score FROM decisions', at: 'SELECT score'.length });
});

test('offers nothing inside a text, nor what is written already', () => {
  assert.deepEqual(words("SELECT * FROM decisions WHERE action = 'ac"), []);
  assert.ok(!words('SELECT action').includes('action'));
});

test('writes a file that no spreadsheet takes for a formula', () => {
  assert.equal(csv(['a', 'b'], [['x,"y"', null], ['=1+1', -2]]), 'a,b\r\n"x,""y""",\r\n\'=1+1,-2\r\n');
});
