// @ts-check
/** Checks what scripts pass to the element, as the settings of a config are checked. */
import { toError } from './errors.js';
import { given, message, problem } from './problems.js';

/** @typedef {import('./words.js').Value} Value */

/** The most steps that one call may ask for. */
export const MOST_STEPS = 1e9;

/** A value in words, whatever it is. @param {unknown} value */
export function inWords(value) {
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

/** A number, of which the wasm would make anything else that it gets. @param {string} method @param {string} field @param {unknown} value @param {Value} allowed */
export function checkNumber(method, field, value, allowed) {
  if (typeof value === 'number') return;
  const { message: text, ...rest } = refusedArgument(method, field, value, allowed);
  throw Object.assign(new RangeError(text), rest, { name: 'RangeError' });
}

/** True, false or left out. @param {string} method @param {string} field @param {unknown} value */
export function checkFlag(method, field, value) {
  if (value !== undefined && typeof value !== 'boolean') throw refusedArgument(method, field, value, message('allowed-switch'));
}

/** Whether it is one with names and values: no list, map, date or element. @param {unknown} value @returns {value is Record<string, unknown>} */
export function isObject(value) {
  try {
    return Object.prototype.toString.call(value) === '[object Object]';
  } catch {
    return false;
  }
}

/**
 * A copy of an object as JSON has it, in which nothing is left out: what JSON does not know (NaN, a symbol, a function, a
 * property that cannot be read) is told in words, so that whoever reads it refuses it by name.
 * @param {Record<string, unknown>} value @returns {Record<string, any>}
 */
export function toPlain(value) {
  return Object.fromEntries(Object.keys(value).map((name) => [name, readPlain(value, name)]));
}

/** @param {Record<string, unknown>} object @param {string} name */
function readPlain(object, name) {
  let value;
  try {
    value = object[name];
    return value === undefined ? undefined : JSON.parse(JSON.stringify(value, (_, part) => plainPart(part)));
  } catch (error) {
    return inWords(value ?? error);
  }
}

/** @param {unknown} value */
function plainPart(value) {
  // Half of a pair of surrogates is no text.
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\ufffd');
  const isKnown = ['boolean', 'object', 'undefined'].includes(typeof value) || Number.isFinite(value);
  return isKnown ? value : inWords(value);
}

/** A copy of an object with names that are known. @param {string} method @param {string} field @param {unknown} value @param {string[]} names */
export function checkOptions(method, field, value, names) {
  const allowed = { names: names.join(', ') };
  const options = isObject(value) ? attempt(() => toPlain(value)) : undefined;
  if (!options) throw refusedArgument(method, field, value, message('allowed-object-with', allowed));
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined) throw refusedArgument(method, `${field}.${given(unknown)}`, options[unknown], message('allowed-only', allowed));
  return options;
}

/** What a function returns; undefined where it throws. @template T @param {() => T} act */
export function attempt(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}
