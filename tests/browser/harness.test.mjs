/** What the tests leave behind when they fail. */
import assert from 'node:assert/strict';
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { randomConfig, randomNumbers } from '../soak/configs.mjs';
import { Gauge } from '../soak/gauge.mjs';
import { saveComparedPictures } from './site.mjs';

const { ARTIFACTS } = process.env;
const url = (text) => `data:image/png;base64,${Buffer.from(text).toString('base64')}`;

/** What a failing assertion leaves, by file, and removes it: these are no pictures that anybody wants to see. */
async function left(name, compare) {
  const error = await Promise.resolve().then(compare).catch((error) => error);
  await saveComparedPictures(error, name);
  const files = (await readdir(ARTIFACTS)).filter((file) => file.startsWith(name));
  return Object.fromEntries(
    await Promise.all(
      files.map(async (file) => {
        const path = join(ARTIFACTS, file);
        const content = await readFile(path, 'utf8');
        await rm(path);
        return [file, content];
      }),
    ),
  );
}

test('a failing comparison of pictures leaves those that differ', async () => {
  const charts = await left('harness-charts', () => assert.deepEqual({ loss: url('a'), history: url('b') }, { loss: url('a'), history: url('c') }));
  assert.deepEqual(charts, { 'harness-charts-history-actual.png': 'b', 'harness-charts-history-expected.png': 'c' });
  const one = await left('harness-one', () => assert.equal(url('a'), url('b')));
  assert.deepEqual(one, { 'harness-one-actual.png': 'a', 'harness-one-expected.png': 'b' });
  const same = await left('harness-same', () => assert.notEqual(url('a'), url('a')));
  assert.deepEqual(Object.values(same), ['a', 'a']);
});

test('other failures leave no pictures', async () => {
  for (const [actual, expected] of [['a', 'b'], [1, undefined], [{ loss: 1 }, null], [[1], ['x']]]) {
    assert.deepEqual(await left('harness-other', () => assert.deepEqual(actual, expected)), {});
  }
  assert.deepEqual(await left('harness-other', () => Promise.reject(new Error('no assertion'))), {});
});

test('the soak complains of memory that grows, of workers without an element, and of figures that nobody took', () => {
  const sample = (changes) => ({ 'JS heap': 5e6, wasm: 20e6, workers: 1, elements: 1, longest: 100, ...changes });
  const complaints = (...samples) => Object.assign(new Gauge(undefined, undefined), { samples }).complaints();
  assert.deepEqual(complaints(), ['no figures were taken']);
  // What is loaded until the middle is no growth.
  assert.deepEqual(complaints(sample({ wasm: 1e6 }), sample(), sample({ wasm: 80e6 })), []);
  assert.deepEqual(complaints(sample(), sample(), sample({ 'JS heap': 25e6 })), ['JS heap grew by 20.0 MB from the middle to the end; allowed: 16.0 MB']);
  assert.deepEqual(complaints(sample({ workers: 3, elements: 0 })), ['3 workers are alive for 0 elements']);
});

test('the configs of the soak are the same for the same seed, and within what is allowed', () => {
  const fields = [
    { name: 'depth', type: 'integer', min: 1, max: 100, words: [] },
    { name: 'data', type: 'choice', choices: [{ name: 'xor' }, { name: 'upload' }] },
    { name: 'rate', type: 'real', min: 1e-6, max: 100, scale: 'log', least_exponent: null },
    { name: 'noise', type: 'real', min: 0, max: 1, scale: 'log_with_zero', least_exponent: -4 },
    { name: 'residual', type: 'flag' },
  ];
  const draw = (seed) => {
    const random = randomNumbers(seed);
    return Array.from({ length: 200 }, () => randomConfig(fields, random));
  };
  assert.deepEqual(draw(7), draw(7));
  assert.notDeepEqual(draw(7), draw(8));
  for (const { depth, data, rate, noise } of draw(7)) {
    assert.ok(Number.isInteger(depth) && depth >= 1 && depth <= 100 && data === 'xor' && rate >= 1e-6 && rate <= 100 && noise >= 0 && noise <= 1);
  }
});

test('a slider of whole numbers sets whole numbers, small ones as finely as large ones', async () => {
  const source = await readFile(new URL('../../www/controls/scale.js', import.meta.url), 'utf8');
  const { PLACES, placeOf, valueAt } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
  for (const field of [
    { type: 'integer', min: 1, max: 1e6, scale: 'log', least_exponent: null },
    { type: 'integer', min: 0, max: 1e4, scale: 'log_with_zero', least_exponent: 0 },
  ]) {
    const values = Array.from({ length: PLACES + 1 }, (_, place) => valueAt(field, place));
    assert.ok(values.every((value, i) => Number.isInteger(value) && value >= (values[i - 1] ?? field.min)), `${values}`);
    assert.deepEqual([values[0], values[PLACES]], [field.min, field.max]);
    for (const value of [1, 2, 9, 50, 1000, 7500]) assert.equal(valueAt(field, placeOf(field, value)), value);
  }
});
