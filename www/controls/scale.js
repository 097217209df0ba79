// @ts-check
/** Maps the values of a setting to places on its slider, which go from 0 to `PLACES`, and back. */

/** @typedef {import('../types.js').Field} Field */

export const PLACES = 1000;

/** Two significant digits; a whole number for integers. @param {Field} field @param {number} x */
function rounded(field, x) {
  const value = Number(x.toPrecision(2));
  return field.type === 'integer' ? Math.round(value) : value;
}

/**
 * The place of a value.
 * @param {Field} field
 * @param {number} value
 */
export function placeOf(field, value) {
  const { min, max } = field;
  if (field.scale === 'log') return (PLACES * Math.log(value / min)) / Math.log(max / min);
  if (field.scale === 'log_with_zero') {
    // The lowest tenth is zero; the rest goes from 10^least_exponent to the largest value.
    const least = 10 ** field.least_exponent;
    if (value < least) return 0;
    return PLACES * (0.1 + (0.9 * Math.log(value / least)) / Math.log(max / least));
  }
  return (PLACES * (value - min)) / (max - min);
}

/**
 * The value at a place, rounded to the digits that a slider can set by hand.
 * @param {Field} field
 * @param {number} place
 */
export function valueAt(field, place) {
  const { min, max } = field;
  const share = place / PLACES;
  if (field.scale === 'log') {
    return Math.min(max, Math.max(min, rounded(field, min * (max / min) ** share)));
  }
  if (field.scale === 'log_with_zero') {
    if (share < 0.1) return 0;
    const least = 10 ** field.least_exponent;
    return Math.min(max, rounded(field, least * (max / least) ** ((share - 0.1) / 0.9)));
  }
  const value = min + (max - min) * share;
  return field.type === 'integer' ? Math.round(value) : Number(value.toFixed(max <= 1 ? 3 : 2));
}

/**
 * The next value in a direction: for integers one more or less, otherwise the next that the slider can set.
 * @param {Field} field
 * @param {number} value
 * @param {number} direction 1 or -1
 */
export function nextValue(field, value, direction) {
  if (field.type === 'integer') return Math.min(field.max, Math.max(field.min, value + direction));
  let place = placeOf(field, value);
  let next = value;
  while (next === value && place * direction < (direction > 0 ? PLACES : 0)) {
    place = Math.min(PLACES, Math.max(0, place + 5 * direction));
    next = valueAt(field, place);
  }
  return next;
}
