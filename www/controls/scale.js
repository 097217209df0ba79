// @ts-check
/** How a slider runs over a field's range. Positions go from 0 to `STEPS`. */
/** @typedef {import('../types.js').Field} Field */

export const STEPS = 1000;

/** @param {number} x @param {number} digits */
const significant = (x, digits) => Number(x.toPrecision(digits));

/**
 * Where a value stands.
 * @param {Field} field
 * @param {number} value
 */
export function position(field, value) {
  const { min, max } = field;
  if (field.scale === 'log') return (STEPS * Math.log(value / min)) / Math.log(max / min);
  if (field.scale === 'log_with_zero') {
    // The lowest tenth is zero, the rest goes from 10^least_exponent to the greatest value.
    const least = 10 ** field.least_exponent;
    if (value < least) return 0;
    return STEPS * (0.1 + (0.9 * Math.log(value / least)) / Math.log(max / least));
  }
  return (STEPS * (value - min)) / (max - min);
}

/**
 * The value at a position, with no more digits than a hand can set.
 * @param {Field} field
 * @param {number} at
 */
export function valueAt(field, at) {
  const { min, max } = field;
  const share = at / STEPS;
  if (field.scale === 'log') {
    return Math.min(max, Math.max(min, significant(min * (max / min) ** share, 2)));
  }
  if (field.scale === 'log_with_zero') {
    if (share < 0.1) return 0;
    const least = 10 ** field.least_exponent;
    return Math.min(max, significant(least * (max / least) ** ((share - 0.1) / 0.9), 2));
  }
  const value = min + (max - min) * share;
  return field.type === 'integer' ? Math.round(value) : Number(value.toFixed(max <= 1 ? 3 : 2));
}

/**
 * The next value in a direction: one unit where there are whole units, otherwise the next that the
 * slider can set.
 * @param {Field} field
 * @param {number} value
 * @param {number} way 1 or -1
 */
export function neighbour(field, value, way) {
  if (field.type === 'integer') return Math.min(field.max, Math.max(field.min, value + way));
  let at = position(field, value);
  let next = value;
  while (next === value && at * way < (way > 0 ? STEPS : 0)) {
    at = Math.min(STEPS, Math.max(0, at + 5 * way));
    next = valueAt(field, at);
  }
  return next;
}
