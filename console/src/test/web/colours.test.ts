import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const LOOK = readFileSync('../training/src/main/resources/io/cromford/training/report/look.css', 'utf8');
const SERIES = [1, 2, 3, 4, 5, 6];
const LEAST_DISTANCE = 15;
const LEAST_CONTRAST = 3;

type Triple = [number, number, number];

/** Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB; https://doi.org/10.1109/TVCG.2009.113. */
const EYES: Record<string, [Triple, Triple, Triple]> = {
  'most people': [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
};

function themeOf(name: 'light' | 'dark'): string {
  const dark = LOOK.indexOf(":root[data-theme='dark'] {");
  return name === 'light' ? LOOK.slice(0, dark) : LOOK.slice(dark, LOOK.indexOf('\n}', dark));
}

/** Linear RGB of a colour of a theme. */
function colour(theme: 'light' | 'dark', name: string): Triple {
  const hex = new RegExp(`--${name}: #([0-9a-f]{6});`).exec(themeOf(theme))?.[1];
  assert.ok(hex, `${theme} has --${name}`);
  return [0, 2, 4].map((at) => linear(parseInt(hex.slice(at, at + 2), 16) / 255)) as Triple;
}

function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function dot(row: Triple, of: Triple): number {
  return row[0] * of[0] + row[1] * of[1] + row[2] * of[2];
}

function seen(eye: [Triple, Triple, Triple], of: Triple): Triple {
  return eye.map((row) => Math.min(1, Math.max(0, dot(row, of)))) as Triple;
}

/** CIE Lab, D65. */
function lab(of: Triple): Triple {
  const bend = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = bend(dot([0.4124564, 0.3575761, 0.1804375], of) / 0.95047);
  const y = bend(luminance(of));
  const z = bend(dot([0.0193339, 0.119192, 0.9503041], of) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function luminance(of: Triple): number {
  return dot([0.2126729, 0.7151522, 0.072175], of);
}

/** ΔE 1976. */
function distance(one: Triple, other: Triple): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

function contrast(one: Triple, other: Triple): number {
  const [bright, dim] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

for (const theme of ['light', 'dark'] as const) {
  test(`series of the ${theme} theme differ for every eye`, () => {
    const alike = Object.entries(EYES).flatMap(([eye, matrix]) => {
      const labs = SERIES.map((slot) => lab(seen(matrix, colour(theme, `series-${slot}`))));
      return SERIES.flatMap((one) => SERIES.filter((other) => other > one).map((other) => ({
        eye, one, other, distance: distance(labs[one - 1] as Triple, labs[other - 1] as Triple),
      }))).filter((pair) => pair.distance < LEAST_DISTANCE);
    });
    assert.deepEqual(alike, []);
  });

  test(`series of the ${theme} theme are seen on what they stand on`, () => {
    const faint = SERIES.flatMap((slot) => ['page', 'surface', 'raised'].map((ground) => ({
      slot, ground, contrast: contrast(colour(theme, `series-${slot}`), colour(theme, ground)),
    }))).filter((one) => one.contrast < LEAST_CONTRAST);
    assert.deepEqual(faint, []);
  });
}

test('what is known of colours holds: black on white, and red beside green', () => {
  assert.ok(Math.abs(contrast([0, 0, 0], [1, 1, 1]) - 21) < 0.01);
  const [red, green]: [Triple, Triple] = [[0.4, 0.05, 0.05], [0.12, 0.2, 0.02]];
  const normal = distance(lab(red), lab(green));
  const deuteranope = distance(lab(seen(EYES['deuteranopia']!, red)), lab(seen(EYES['deuteranopia']!, green)));
  assert.ok(normal > 3 * deuteranope, `${normal} and ${deuteranope}`);
});
