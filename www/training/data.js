// @ts-check
/** Data files: fetched once, when they are first needed. */
import { fetchFile } from '../shared/assets.js';
import { toError } from '../shared/errors.js';
import { problem } from '../shared/problems.js';

/** @type {Map<string, Promise<string>>} */
const texts = new Map();

/**
 * The text of a data file.
 * @param {string} name
 * @returns {Promise<string>}
 */
export function fetchText(name) {
  let text = texts.get(name);
  if (!text) {
    text = inflate(`data/${name}.deflate`);
    // The failure may be temporary: the next call tries again.
    text.catch(() => texts.delete(name));
    texts.set(name, text);
  }
  return text;
}

/** The table of a built-in data set, as CSV. @param {string} name */
export const fetchTable = (name) => fetchText(`${name}.csv`);

/** @param {string} name */
async function inflate(name) {
  const response = await fetchFile(name);
  try {
    const bytes = (await response.blob()).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return toRows(await new Response(bytes).text());
  } catch {
    throw toError(problem('LoadError', 'load-damaged', { file: name }));
  }
}

/**
 * Turns a table back into rows that the build has written column by column, one base-36 digit per cell.
 * @param {string} text
 */
function toRows(text) {
  if (!text.startsWith('#columns')) return text;
  const [, header, ...columns] = text.split('\n');
  const lines = Array.from(columns[0], (_, row) => columns.map((column) => parseInt(column[row], 36)).join(','));
  return [header, ...lines].join('\n');
}
