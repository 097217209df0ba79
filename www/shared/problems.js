// @ts-check
/** Errors as plain data, which can be posted to another thread. What they say is an id with arguments: words are elsewhere. */

/** @typedef {import('../types.js').Problem} Problem */
/** @typedef {import('../words/messages.js').Messages} Messages */

/**
 * A message by its id, for whoever has words.
 * @template {keyof Messages} Id @param {Id} id @param {Messages[Id]} args @returns {import('./words.js').Said}
 */
export const message = (id, ...args) => ({ id, arguments: args[0] ?? {} });

/**
 * A problem that is found here.
 * @template {keyof Messages} Id @param {string} name @param {Id} id @param {Messages[Id]} args @returns {Problem}
 */
export function problem(name, id, ...args) {
  return { name, message: id, said: message(id, ...args) };
}

/** The most characters of what was given that are repeated. */
const LONGEST = 80;
/** Characters that nobody sees, or that change the order in which others are read. */
const UNSEEN = /[\p{Cc}\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * A text that was given, so that one can see in a sentence what it is: short, and in quotes if it is empty, begins or ends
 * with a space, or has characters that nobody sees. `given` of `crate/words` does the same.
 * @param {string} text
 */
export function given(text) {
  const characters = Array.from(text);
  const short = characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : text;
  const shown = short.replace(UNSEEN, (unseen) => `\\u{${unseen.charCodeAt(0).toString(16)}}`);
  return text === '' || text.trim() !== text || shown !== short ? `"${shown}"` : shown;
}

/** An error as plain data. @param {unknown} error @returns {Problem} */
export function toProblem(error) {
  const { name, message, field, value, allowed, said } = /** @type {Problem} */ (error);
  return { name: name ?? 'Error', message: message ?? String(error), field, value, allowed, said };
}
