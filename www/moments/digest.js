// @ts-check
/** A short digest of a run's state, by which two people see that theirs is the same. */

/** @typedef {import('../types.js').Snapshot} Snapshot */

/** What every snapshot has of its own step; the rest may be of the last evaluation, or depends on the charts that are shown. */
const ARRAYS = ['dw_rms', 'dw_mean', 'dw_std', 'dw_max', 'delta_rms', 'a_rms', 'a_mean', 'a_std', 'w_rms', 'update_rms', 'distance_rms'];
const NUMBERS = /** @type {const} */ (['step', 'train_loss', 'train_accuracy', 'grad_norm']);
/** No letters that look like digits. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 10;

/**
 * Ten letters over the bits of the statistics of all layers, which depend on every weight. Same config, same bits: it is the
 * same on all machines.
 * @param {Snapshot} snapshot
 */
export function stateDigest(snapshot) {
  const { layers, first_nonfinite: overflow } = snapshot;
  const numbers = [...NUMBERS.map((name) => snapshot[name] ?? NaN), overflow?.step ?? -1, overflow?.layer ?? -1];
  const elements = ARRAYS.flatMap((name) => Array.from(layers[name]));
  const view = new DataView(new ArrayBuffer(8 * numbers.length + 4 * elements.length));
  numbers.forEach((x, at) => view.setFloat64(8 * at, x));
  elements.forEach((x, at) => view.setFloat32(8 * numbers.length + 4 * at, x));
  // The bits of a NaN are a machine's own.
  numbers.forEach((x, at) => Number.isNaN(x) && view.setBigUint64(8 * at, 0n));
  elements.forEach((x, at) => Number.isNaN(x) && view.setUint32(8 * numbers.length + 4 * at, 0x7fc00000));
  return letters(mix(view));
}

/** Two hashes of 32 bits (those of MurmurHash3's finalizer, each over the words with a multiplier of its own). @param {DataView} view */
function mix(view) {
  let [a, b] = [0x9e3779b9, 0x85ebca6b];
  for (let at = 0; at < view.byteLength; at += 4) {
    const word = view.getUint32(at);
    a = Math.imul(a ^ word, 0x9e3779b1);
    a ^= a >>> 15;
    b = Math.imul(b ^ word, 0x5f356495);
    b ^= b >>> 13;
  }
  return [finish(a ^ b), finish(b + a)];
}

/** @param {number} x */
function finish(x) {
  const y = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  const z = Math.imul(y ^ (y >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}

/** @param {number[]} hashes */
function letters(hashes) {
  const half = LENGTH / 2;
  return hashes.map((hash) => Array.from({ length: half }, (_, at) => LETTERS[(hash >>> (5 * at)) & 31]).join('')).join('');
}
