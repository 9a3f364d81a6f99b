import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { meaningOf, moments } from '../../main/web/lib/changes';
import { headingOf, isLink, section } from '../../main/web/lib/runbook';

const RUNBOOK = readFileSync('../docs/alarms.md', 'utf8');
const HISTORY = readFileSync('../serving/src/main/java/io/cromford/serving/FactoryHistory.java', 'utf8');

test('each heading of the runbook has words to show', () => {
  const headings = [...RUNBOOK.matchAll(/^## (.+)$/gm)].map((match) => match[1] ?? '');
  assert.ok(headings.includes('missed-frauds') && headings.includes('volume'));
  assert.deepEqual(headings.filter((heading) => section(RUNBOOK, heading).length === 0), []);
  const parts = section(RUNBOOK, headingOf('docs/alarms.md#missed-frauds'));
  assert.match(parts[0]!.text, /^More positives are missed than were\. Challengers are fitted/);
  assert.ok(parts.every((part) => !part.text.includes('## ')));
});

test('another page is a link where it is one, and never something that runs', () => {
  assert.equal(headingOf('https://wiki/alarms#breach'), '');
  assert.ok(isLink('https://wiki/alarms#breach'));
  assert.ok(!isLink('javascript:alert(1)#breach'));
  assert.deepEqual(section(RUNBOOK, ''), []);
  assert.deepEqual(section(RUNBOOK, '<script>'), []);
});

test('each kind of change that the factory tells has its meaning', () => {
  const kinds = [...HISTORY.matchAll(/(?:new Entry\(\s*at,\s*|[?:] )"([a-z-]+)"/g)].map((match) => match[1] ?? '');
  assert.ok(kinds.length > 20 && kinds.includes('watched') && kinds.includes('held'), kinds.join());
  assert.deepEqual(kinds.filter((kind) => meaningOf(kind) === ''), []);
});

test('moments in what the factory says are found', () => {
  assert.deepEqual(moments('from 2018-05-06T00:03:49Z until 2018-07-01T00:00:00.012Z.'), ['from ', '2018-05-06T00:03:49Z', ' until ', '2018-07-01T00:00:00.012Z', '.']);
  assert.deepEqual(moments('on 2018-05-27 58 frauds'), ['on 2018-05-27 58 frauds']);
});
