import assert from 'node:assert/strict';
import { test } from 'node:test';

// Of a viewer in Los Angeles whose browser is German: both are read when the module is.
process.env['TZ'] = 'America/Los_Angeles';
Object.defineProperty(globalThis, 'navigator', { value: { language: 'de-DE' } });
const { bytes, compact, day, duration, isSameDay, isUtc, local, money, number, percent, utc, zone } = await import('../../main/web/lib/format');

const MONDAY = '2018-05-07T00:00:00Z';

test('a day of the factory’s calendar is the same wherever the viewer is', () => {
  assert.equal(zone, 'America/Los_Angeles');
  assert.equal(isUtc, false);
  assert.equal(day(MONDAY), '7. Mai 2018');
  assert.equal(day(MONDAY, 'shortDay'), '7. Mai');
  assert.equal(day('2018-05-07T23:59:59Z'), '7. Mai 2018');
  assert.equal(day('nonsense'), '–');
});

test('a moment is the viewer’s, who may have another day', () => {
  assert.equal(local(MONDAY), '6. Mai 2018, 17:00');
  assert.equal(utc(MONDAY), '7. Mai 2018, 00:00');
  assert.equal(isSameDay(MONDAY), false);
  assert.equal(isSameDay('2018-05-07T12:00:00Z'), true);
});

test('numbers and money are written as the viewer writes them', () => {
  assert.equal(number(1234567), '1.234.567');
  assert.equal(number(0.7834, 3), '0,783');
  assert.equal(compact(1_250_000), '1,3\u00a0Mio.');
  assert.equal(percent(0.4234), '42,3\u00a0%');
  assert.equal(money(-1234.5, 'EUR'), '-1.235\u00a0€');
  assert.equal(money(12.5, 'EUR', 2), '12,50\u00a0€');
  assert.equal(bytes(1_400_000_000), '1,4\u00a0GB');
  assert.equal(duration(1500 * 86_400_000), '1.500 d');
});
