import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, compact, duration, exact, interval, local, micros, money, number, percent, short, utc } from '../../main/web/lib/format';

test('numbers are written by the locale, and what is none as a dash', () => {
  assert.equal(number(1234567), '1,234,567');
  assert.equal(number(0.7834, 3), '0.783');
  assert.equal(exact(1234567.891234), '1,234,567.891234');
  assert.equal(exact(-0.1), '-0.1');
  assert.equal(compact(1_250_000), '1.3M');
  assert.equal(percent(0.4234), '42.3%');
  for (const none of [null, undefined, NaN, Infinity]) {
    assert.equal(number(none), '–');
    assert.equal(percent(none), '–');
    assert.equal(bytes(none), '–');
    assert.equal(money(none, 'EUR'), '–');
  }
});

test('money has its currency, also one that nobody knows', () => {
  assert.equal(money(-1234.5, 'EUR'), '-€1,235');
  assert.equal(money(12, '<script>'), '12 <script>');
  assert.equal(interval(1, 2, (value) => money(value, 'EUR')), '€1 to €2');
  assert.equal(interval(1, null, String), '–');
});

test('lengths of time are told in their two largest units', () => {
  assert.equal(duration(0), '0 s');
  assert.equal(duration(250), '250 ms');
  assert.equal(duration(61_000), '1 min 1 s');
  assert.equal(duration(3 * 86_400_000 + 4 * 3_600_000 + 5), '3 d 4 h');
  assert.equal(duration(86_400_000 + 60_000), '1 d');
  assert.equal(micros(850.4), '850 µs');
  assert.equal(micros(1940), '1.9 ms');
  assert.equal(micros(2_500_000), '2.5 s');
  assert.equal(micros(undefined), '–');
});

test('sizes are told in the unit that fits', () => {
  assert.equal(bytes(999), '999 byte');
  assert.equal(bytes(1_400_000_000), '1.4 GB');
});

test('times are the viewer’s and the factory’s', () => {
  assert.equal(utc('2018-05-06T23:30:00Z'), 'May 6, 2018, 23:30');
  assert.equal(local('nonsense'), '–');
  assert.equal(utc(undefined), '–');
  assert.equal(short('a'.repeat(64)), 'aaaaaaaaaaaa');
});
