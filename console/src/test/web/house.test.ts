import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const WEB = 'src/main/web';

function sources(): [name: string, text: string][] {
  return readdirSync(WEB, { recursive: true })
    .map(String)
    .filter((name) => /\.(tsx?|css|html|svg)$/.test(name))
    .map((name) => [name, readFileSync(join(WEB, name), 'utf8')]);
}

test('what comes from elsewhere is never taken for markup or code', () => {
  const found = sources().filter(([, text]) => /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/.test(text));
  assert.deepEqual(found.map(([name]) => name), []);
});

test('no other host is ever called', () => {
  const others = sources().flatMap(([name, text]) =>
    [...text.matchAll(/(?:https?|wss?):\/\/[^\s'"`)]+/g)]
      .map((match) => match[0])
      .filter((address) => address !== 'http://www.w3.org/2000/svg')
      .map((address) => `${name}: ${address}`),
  );
  assert.deepEqual(others, []);
});

test('no personal data goes into an address', () => {
  const posted = sources().filter(([name, text]) => name.startsWith('pages') && /[?&](card|customer|entity)=/.test(text));
  assert.deepEqual(posted.map(([name]) => name), []);
});
