import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../main/web/lib/api';
import type { WorkAlert } from '../../main/web/lib/decisions';
import { digits } from '../../main/web/lib/format';
import { ALL, arrive, newerThan, NOTHING, passes, sift } from '../../main/web/lib/live';
import type { SampledDecision } from '../../main/web/lib/stream';
import { hasVerdict, names, others, tellEach } from '../../main/web/lib/verdicts';

const REFUSED = new Problem(404, 'Not found', 'there is no such alert.');
const SILENT = new Problem(0, 'No answer', 'the factory does not answer.');

test('a verdict that is refused holds up no other, and silence ends it', async () => {
  const tell = (refused: Record<string, Problem>) => async (id: string) => {
    if (refused[id]) {
      throw refused[id];
    }
  };
  assert.deepEqual(await tellEach(['a', 'b', 'c'], tell({ b: REFUSED })), { done: ['a', 'c'], failed: ['b'], why: REFUSED });
  assert.deepEqual(await tellEach(['a', 'b', 'c', 'd'], tell({ a: REFUSED, c: SILENT })), { done: ['b'], failed: ['a', 'c', 'd'], why: SILENT });
  assert.deepEqual(await tellEach(['a'], tell({})), { done: ['a'], failed: [] });
});

test('only a verdict that was given and not taken back can be taken back', () => {
  const form = { source: 'verdicts', id: 'tx_id', column: 'confirmed' };
  const said = (source: string, positive?: boolean) =>
    ({ said: [{ source, kind: 'provisional', at: '', in_force: true, columns: [], lineage: { source, arrived_at: '', position: 1 }, ...(positive === undefined ? {} : { positive }) }] }) as const;
  const view = (one: ReturnType<typeof said>) => one as unknown as Parameters<typeof hasVerdict>[0];
  assert.equal(hasVerdict(view(said('verdicts', false)), form), true);
  assert.equal(hasVerdict(view(said('verdicts')), form), false);
  assert.equal(hasVerdict(view(said('chargebacks', true)), form), false);
});

test('who else looks after an alert is known, once each', () => {
  const alert = (id: string, by?: string): WorkAlert =>
    ({ id, work: { status: by ? 'claimed' : 'open', notes: [], seen: [], ...(by ? { claimed: { at: '', by } } : {}) } }) as unknown as WorkAlert;
  const all = [alert('1', 'kim'), alert('2', 'lee'), alert('3'), alert('4', 'kim')];
  assert.deepEqual(others(all, ['1', '2', '3', '4'], 'lee'), ['kim']);
  assert.deepEqual(others(all, ['2', '3'], 'lee'), []);
  assert.deepEqual(others(all, ['2'], ''), ['lee']);
  assert.equal(names(['a', 'b', 'c'], 2), 'a, b and 1 more');
});

test('a score and its threshold are told apart, and no more than that', () => {
  assert.equal(digits(0.7, 0.2), 4);
  assert.equal(digits(0.99999991, 0.99999987), 8);
  assert.equal(digits(1, 0.9999999999), 10);
  assert.equal(digits(1, 1), 4);
  assert.equal(digits(1, null, 3), 3);
});

function decision(id: string, action = 'pass', score: number | null = 0.1): SampledDecision {
  return { id, at: '2018-05-06T00:00:00Z', action, score, threshold: 0.5, model: 'abc' };
}

const columns = (one: SampledDecision): string[] => [one.id, one.action];

test('live decisions are sifted by action, score and text', () => {
  const alert = decision('<B>7', 'alert', 0.9);
  assert.ok(passes(alert, { alerts: true, least: '0.9', text: ' <b> ' }, columns));
  assert.ok(!passes(decision('7', 'alerted-before', 0.9), { ...ALL, alerts: true }, columns));
  assert.ok(!passes(decision('7', 'pass', 0.89), { ...ALL, least: '0.9' }, columns));
  assert.ok(!passes(decision('7', 'pass', null), { ...ALL, least: '0' }, columns));
  assert.ok(!passes(alert, { ...ALL, text: 'abc' }, columns));
});

test('what passed the sieve stays shown, however much comes after it', () => {
  let arrived = arrive(NOTHING, [decision('1', 'alert')], columns);
  arrived = sift(arrived, { ...ALL, alerts: true }, columns);
  for (let i = 2; i < 1000; i++) {
    arrived = arrive(arrived, [decision(String(i))], columns);
  }
  assert.deepEqual(arrived.shown.map((one) => one.id), ['1']);
  assert.equal(arrived.kept.length, 500);
  assert.equal(newerThan(arrived, decision('998')), 1);
  arrived = sift(arrived, ALL, columns);
  assert.deepEqual([arrived.shown.length, arrived.shown[0]?.id], [30, '999']);
});
