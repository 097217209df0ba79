/** What the tests leave behind when they fail. */
import assert from 'node:assert/strict';
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
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
