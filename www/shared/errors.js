// @ts-check
/** Problems in words: scripts get them in English, readers in their language. */
import { ENGLISH } from './words.js';

/** @typedef {import('../types.js').Problem} Problem */
/** @typedef {import('./words.js').Words} Words */

/** What a problem says in a language, and what it says is allowed. One without an id keeps the browser's words. @param {Problem} problem @param {Words} words */
export function tell({ message, allowed, said }, words) {
  if (!said) return { message, ...(allowed === undefined ? {} : { allowed }) };
  const known = said.arguments.allowed;
  return { message: words.retell(said), ...(known === undefined ? {} : { allowed: words.value(known) }) };
}

/** An error with the name and fields of a problem, in English. @param {Problem} problem */
export function toError(problem) {
  const told = { ...problem, ...tell(problem, ENGLISH) };
  return Object.assign(new Error(told.message), told);
}

/** Puts an error that was thrown by wasm, where messages are ids, into English. @param {unknown} error */
export function inEnglish(error) {
  const { said } = /** @type {Problem} */ (error);
  return said && error instanceof Error ? Object.assign(error, tell(/** @type {Problem} */ (/** @type {unknown} */ (error)), ENGLISH)) : error;
}

/** What a thrown error says in a language. @param {unknown} error @param {Words} words */
export const messageOf = (error, words) => tell(/** @type {Problem} */ (error), words).message;
