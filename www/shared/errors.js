// @ts-check

/**
 * An error as plain data, which can be posted to another thread.
 * @param {unknown} error
 * @returns {import('../types.js').Problem}
 */
export function toProblem(error) {
  const { name, message, field, value, allowed } = /** @type {import('../types.js').Problem} */ (error);
  return { name: name ?? 'Error', message: message ?? String(error), field, value, allowed };
}

/**
 * An error with the name and fields of a problem.
 * @param {import('../types.js').Problem} problem
 */
export const toError = (problem) => Object.assign(new Error(problem.message), problem);
