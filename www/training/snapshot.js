// @ts-check
/**
 * Unpacks snapshots, which come from the worker and go to the charts as one array of 32-bit words, in the order that
 * the wasm states: on both sides this is faster than an object of arrays.
 */
import { wasm } from '../shared/wasm.js';

/** @typedef {import('../types.js').Snapshot} Snapshot */
/** @typedef {{ numbers: string[], groups: { name: string, arrays: string[] }[] }} Layout */

const WORDS_PER_NUMBER = 2;
const BYTES_PER_WORD = 4;

/** @type {Layout | undefined} */
let cachedLayout;

/** The names of the numbers and arrays, in order. @returns {Layout} */
function layout() {
  if (cachedLayout) return cachedLayout;
  const [numbers, ...groups] = wasm
    .snapshotFields()
    .split('\n')
    .map((line) => line.split(' '));
  cachedLayout = { numbers, groups: groups.map(([name, ...arrays]) => ({ name, arrays })) };
  return cachedLayout;
}

/**
 * The snapshot in packed words. Its arrays are views of their buffer.
 * @param {import('./messages.js').PackedSnapshot} packed
 * @returns {Snapshot}
 */
export function unpack({ words, classes, first_nonfinite, passage }) {
  const { numbers, groups } = layout();
  const values = new Float64Array(words.buffer, 0, numbers.length);
  /** @type {Record<string, any>} */
  const snapshot = { classes, first_nonfinite, ...(passage && { passage }) };
  // The wasm writes NaN where there is no value.
  numbers.forEach((name, index) => (snapshot[name] = Number.isNaN(values[index]) ? null : values[index]));
  // The lengths of all arrays come first, then their elements.
  let lengthAt = WORDS_PER_NUMBER * numbers.length;
  let begin = groups.reduce((sum, { arrays }) => sum + arrays.length, lengthAt);
  for (const { name, arrays } of groups) {
    /** @type {Record<string, Float32Array>} */
    const group = {};
    for (const array of arrays) {
      group[array] = new Float32Array(words.buffer, BYTES_PER_WORD * begin, words[lengthAt]);
      begin += words[lengthAt];
      lengthAt += 1;
    }
    snapshot[name] = group;
  }
  return /** @type {Snapshot} */ (snapshot);
}
