/** Random configs, the same for the same seed. */

/** A generator of numbers from 0 to below 1 (mulberry32). @param {number} seed */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The largest values that are drawn of what makes a step long: a thousand configs are more than a few large ones. */
const LARGEST = { depth: 24, width: 48, batch_size: 128 };

/**
 * A value of every setting, as a patch for the element.
 *
 * @param {any[]} fields of the schema @param {() => number} random
 * @returns {Record<string, string | number | boolean>}
 */
export function randomConfig(fields, random) {
  return Object.fromEntries(fields.map((field) => [field.name, randomValue(field, random)]));
}

/** @param {any} field @param {() => number} random */
function randomValue(field, random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  if (field.type === 'flag') return random() < 0.5;
  // No table of one's own is there.
  if (field.type === 'choice') return pick(field.choices.map(({ name }) => name).filter((name) => name !== 'upload'));
  if (field.words?.length > 0 && random() < 0.1) return pick(field.words);
  const max = Math.min(field.max, LARGEST[field.name] ?? Infinity);
  if (field.type === 'integer') return field.min + Math.floor(random() * (max - field.min + 1));
  const isLogarithmic = field.scale !== 'linear' && field.min >= 0 && max > 0;
  if (!isLogarithmic) return field.min + random() * (max - field.min);
  const least = field.min > 0 ? Math.log10(field.min) : field.least_exponent;
  return Math.min(max, Math.max(field.min, 10 ** (least + random() * (Math.log10(max) - least))));
}
