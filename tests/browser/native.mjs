/** What the native core computes, and how it is compared with a page's snapshot, bit by bit. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The native core's snapshot after steps of a config. @param {string} query @param {number} steps */
export async function native(query, steps) {
  const { stdout } = await promisify(execFile)(process.env.NATIVE_SNAPSHOT, [query, String(steps)], {
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(stdout);
}

/** How JSON and Rust spell what is not a number, and what the page says instead. */
const SPELLINGS = new Map([['NaN', 'NaN'], ['inf', 'Infinity'], ['-inf', '-Infinity']]);
const element = (value) => (typeof value === 'string' ? SPELLINGS.get(value) : value);
const scalar = (value) => (typeof value === 'string' ? null : value);

/** @param {any} seen a snapshot of the page, its arrays plain and what is not a number in them a string @param {any} expected */
export function assertSameBits(seen, expected) {
  for (const group of ['layers', 'histograms']) {
    for (const [name, values] of Object.entries(expected[group])) {
      assert.deepEqual(seen[group][name], values.map(element), `${group}.${name}`);
    }
    assert.equal(Object.keys(seen[group]).length, Object.keys(expected[group]).length);
  }
  for (const name of ['train_loss', 'train_accuracy', 'test_loss', 'test_accuracy', 'grad_norm', 'clip_coefficient', 'learning_rate']) {
    assert.equal(seen[name], scalar(expected[name]), name);
  }
  for (const name of ['step', 'epoch', 'first_nonfinite']) assert.deepEqual(seen[name], expected[name], name);
}
