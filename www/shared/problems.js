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

/** An error as plain data. @param {unknown} error @returns {Problem} */
export function toProblem(error) {
  const { name, message, field, value, allowed, said } = /** @type {Problem} */ (error);
  return { name: name ?? 'Error', message: message ?? String(error), field, value, allowed, said };
}
