// @ts-check
/** Data files: fetched once, when they are first asked for. */
import { file } from '../shared/assets.js';

/** @type {Map<string, Promise<string>>} */
const texts = new Map();

/**
 * The text of a data file.
 * @param {string} name
 * @returns {Promise<string>}
 */
export function inflated(name) {
  let text = texts.get(name);
  if (!text) {
    text = read(`data/${name}.deflate`);
    // A failure may pass; whoever asks next tries again.
    text.catch(() => texts.delete(name));
    texts.set(name, text);
  }
  return text;
}

/** The table of a built-in data set. @param {string} name */
export const table = (name) => inflated(`${name}.csv`);

/** @param {string} name */
async function read(name) {
  const response = await file(name);
  const bytes = (await response.blob()).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return rows(await new Response(bytes).text());
}

/** The build writes a table of whole numbers below 36 column by column, a digit each. @param {string} text */
function rows(text) {
  if (!text.startsWith('#columns')) return text;
  const [, header, ...columns] = text.split('\n');
  const lines = Array.from(columns[0], (_, row) => columns.map((column) => parseInt(column[row], 36)).join(','));
  return [header, ...lines].join('\n');
}
