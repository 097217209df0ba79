// @ts-check
/** Checks what scripts pass to the element, as the settings of a config are checked. */
import { toError } from './errors.js';
import { given, message, problem } from './problems.js';

/** @typedef {import('./words.js').Value} Value */

/** The most steps that one call may ask for. */
export const MOST_STEPS = 1e9;

/** A value in words, whatever it is. @param {unknown} value */
function inWords(value) {
  try {
    return String(value);
  } catch {
    return typeof value;
  }
}

/**
 * The error for an argument that is refused: a problem, with the name of the argument as its field.
 * @param {string} method @param {string} field @param {unknown} value @param {Value} allowed
 */
export function refusedArgument(method, field, value, allowed) {
  const text = inWords(value);
  return toError({ ...problem('ArgumentError', 'refused-argument', { method, field, value: given(text), allowed }), field, value: text });
}

/** A whole number of steps. @param {string} method @param {string} field @param {unknown} value @param {{ least: number, orInfinity?: boolean }} range */
export function checkSteps(method, field, value, { least, orInfinity = false }) {
  if (orInfinity && value === Infinity) return Infinity;
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= MOST_STEPS) return Number(value);
  throw refusedArgument(method, field, value, message(orInfinity ? 'allowed-steps-or-infinity' : 'allowed-steps', { min: least, max: MOST_STEPS }));
}

/** A text. @param {string} method @param {string} field @param {unknown} value */
export function checkText(method, field, value) {
  if (typeof value === 'string') return value;
  throw refusedArgument(method, field, value, message('allowed-text'));
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object with names that are known. @param {string} method @param {string} field @param {unknown} value @param {string[]} names */
export function checkOptions(method, field, value, names) {
  if (!isObject(value)) throw refusedArgument(method, field, value, message('allowed-object-with', { names: names.join(', ') }));
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) throw refusedArgument(method, `${field}.${unknown}`, value[unknown], message('allowed-only', { names: names.join(', ') }));
}
