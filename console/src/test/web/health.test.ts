import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { about, health, isKnown, stationOf, worse, type AlarmState } from '../../main/web/lib/health';

const MONITORS = readFileSync('../docs/monitors.md', 'utf8');
const ALARMS = readFileSync('../docs/alarms.md', 'utf8');
const MONITOR_KINDS = readFileSync('../flywheel/src/main/java/io/cromford/flywheel/monitor/MonitorKind.java', 'utf8');
const ALARM_KINDS = readFileSync('../serving/src/main/java/io/cromford/serving/AlarmKind.java', 'utf8');

/** The monitors in the first column of the table: some rows have two. */
function documentedMonitors(): string[] {
  return [...MONITORS.matchAll(/^\| (`[^|]+) \|/gm)].flatMap((row) => [...(row[1] ?? '').matchAll(/`([a-z-]+)`/g)].map((name) => name[1] ?? ''));
}

/** The keys in the enums: constants with what they begin with. */
function keysOfEnums(): string[] {
  const monitors = [...MONITOR_KINDS.matchAll(/^ {2}([A-Z_]+)\(\s/gm)];
  const alarms = [...ALARM_KINDS.matchAll(/^ {2}[A-Z_]+\(\s*"([a-z/-]+)"/gm)];
  return [...monitors.map((one) => (one[1] ?? '').toLowerCase().replace(/_/g, '-')), ...alarms.map((one) => one[1] ?? '')];
}

function kindOf(key: string): string {
  return key.split('/')[0] ?? '';
}

test('each monitor and each alarm that there is has a station', () => {
  const monitors = documentedMonitors();
  const keys = keysOfEnums();
  assert.ok(monitors.length >= 14 && keys.length >= 25, `${monitors.length} monitors, ${keys.length} kinds were found`);
  assert.deepEqual(monitors.filter((name) => !keys.includes(name)), []);
  assert.deepEqual([...monitors, ...keys].filter((key) => !isKnown(kindOf(key))), []);
});

test('each heading of the page on alarms is of a kind that has a station', () => {
  const headings = [...ALARMS.matchAll(/^## ([a-z-]+)$/gm)].map((heading) => heading[1] ?? '');
  const known = keysOfEnums().map((key) => key.replace('/', '-'));
  assert.ok(headings.length >= 25);
  assert.deepEqual(headings.filter((heading) => !known.includes(heading)), []);
});

test('an alarm colours the station that it is about', () => {
  assert.equal(stationOf('volume/payments', ['frauds']), 'sources');
  assert.equal(stationOf('volume/phone_calls', ['phone calls']), 'outcomes');
  assert.equal(stationOf('late-share/payments'), 'sources');
  assert.equal(stationOf('out-of-range/amount'), 'features');
  assert.equal(stationOf('mean-score/all'), 'model');
  assert.equal(stationOf('segment-alerts/web'), 'decisions');
  assert.equal(stationOf('latency/all'), 'decisions');
  assert.equal(stationOf('snapshots/failed'), 'ledger');
  assert.equal(stationOf('constructor/x'), 'flywheel');
});

function alarm(key: string, state: AlarmState['state'], severity: AlarmState['severity'] = 'warning'): AlarmState {
  return { key, state, severity, summary: 'what is' };
}

test('an alarm that somebody knows of colours too', () => {
  const all = [alarm('shift/amount', 'acknowledged'), alarm('shift/hour', 'silenced')];
  const known = health(about('features', all, []));
  assert.deepEqual([known.tone, known.words], ['warn', '2 alarms, known']);
  assert.match(known.more, /shift\/amount: what is \(somebody looks after it\)\nshift\/hour/);
  const open = health(about('features', [...all, alarm('features/failed', 'open', 'critical')], []));
  assert.deepEqual([open.tone, open.words], ['bad', '3 alarms']);
  assert.equal(health(about('model', all, [])).words, 'well');
});

test('the worse of what is known of a station counts', () => {
  assert.equal(worse({ tone: 'warn', words: 'busy', more: '' }, health([])).words, 'busy');
  assert.equal(worse({ tone: 'warn', words: 'busy', more: '' }, health([alarm('breach/x', 'open', 'critical')])).words, 'alarm');
});
