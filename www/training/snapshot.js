// @ts-check
/**
 * Snapshots on their way between worker, page and charts: all numbers in one array of words, in the
 * order that the wasm states. It takes less time than an object of arrays, on both sides.
 */
import { wasm } from '../shared/wasm.js';

/** @typedef {import('../types.js').Snapshot} Snapshot */
/** @typedef {{ words: Uint32Array<ArrayBuffer>, classes: string[], first_nonfinite: import('../types.js').NonFinite | null }} Packed */
/** @typedef {{ numbers: string[], groups: { name: string, arrays: string[] }[] }} Fields */

/** Words of a number. */
const PER_NUMBER = 2;
/** Bytes of a word. */
const BYTES = 4;

/** @type {Fields | undefined} */
let known;

/** @returns {Fields} */
function fields() {
  if (known) return known;
  const [numbers, ...groups] = wasm
    .snapshotFields()
    .split('\n')
    .map((line) => line.split(' '));
  known = { numbers, groups: groups.map(([name, ...arrays]) => ({ name, arrays })) };
  return known;
}

/**
 * The snapshot in the words. Its arrays are views of their buffer.
 * @param {Packed} packed
 * @returns {Snapshot}
 */
export function unpack({ words, classes, first_nonfinite }) {
  const { numbers, groups } = fields();
  const values = new Float64Array(words.buffer, 0, numbers.length);
  /** @type {Record<string, any>} */
  const snapshot = { classes, first_nonfinite };
  // Where there is nothing to tell, the wasm says NaN.
  numbers.forEach((name, at) => (snapshot[name] = Number.isNaN(values[at]) ? null : values[at]));
  let at = PER_NUMBER * numbers.length;
  let begin = groups.reduce((sum, { arrays }) => sum + arrays.length, at);
  for (const { name, arrays } of groups) {
    /** @type {Record<string, Float32Array>} */
    const group = {};
    for (const array of arrays) {
      group[array] = new Float32Array(words.buffer, BYTES * begin, words[at]);
      begin += words[at];
      at += 1;
    }
    snapshot[name] = group;
  }
  return /** @type {Snapshot} */ (snapshot);
}

/**
 * The words of a snapshot.
 * @param {Snapshot} snapshot
 */
export function pack(snapshot) {
  const { numbers, groups } = fields();
  const from = /** @type {Record<string, any>} */ (snapshot);
  /** @type {Float32Array[]} */
  const all = groups.flatMap(({ name, arrays }) => arrays.map((array) => from[name][array]));
  let at = PER_NUMBER * numbers.length;
  const words = new Uint32Array(all.reduce((sum, { length }) => sum + length, at + all.length));
  new Float64Array(words.buffer, 0, numbers.length).set(numbers.map((name) => from[name] ?? NaN));
  words.set(all.map(({ length }) => length), at);
  at += all.length;
  const elements = new Float32Array(words.buffer);
  for (const array of all) {
    elements.set(array, at);
    at += array.length;
  }
  return words;
}
