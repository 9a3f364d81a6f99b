import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complete, csv, guarded, insert } from '../../main/web/pages/sql/text';

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
  const text = { name: 'a', type: 'VARCHAR' };
  assert.equal(csv([text, { name: 'b', type: 'INTEGER' }], [['x,"y"', null], ['=1+1', -2]]), 'a,b\r\n"x,""y""",\r\n\'=1+1,-2\r\n');
  for (const start of ['=', '+', '-', '@', '\t', '\r']) {
    assert.ok(guarded(start + 'cmd', 'VARCHAR'), start);
    assert.ok(csv([text], [[start + 'cmd']]).includes("'" + start + 'cmd'), start);
  }
  assert.match(csv([{ name: '=a', type: 'VARCHAR' }], []), /^'=a/);
});

test('writes numbers as they are, also those that came as text', () => {
  const columns = ['DECIMAL(10,2)', 'HUGEINT', 'BIGINT', 'DOUBLE', 'UBIGINT', 'USMALLINT'].map((type) => ({ name: type, type }));
  assert.equal(
    csv(columns, [['-1.50', '-170141183460469231731687303715884105728', -9007199254740991, -1234567.25, '7', 1]]).split('\r\n')[1],
    '-1.50,-170141183460469231731687303715884105728,-9007199254740991,-1234567.25,7,1',
  );
  assert.ok(guarded('-1', 'POINT_2D'));
});
