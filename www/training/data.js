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

/** How far back the other column lies by which a column is sorted. */
const STRIDE = 8;

/**
 * Turns a table back into rows that the build (crate/xtask/src/build/data.rs) has written column by column, one base-36
 * digit a cell: the last column first, then each with its rows sorted by what is known of them by then.
 * @param {string} text
 */
function toRows(text) {
  if (!text.startsWith('#columns')) return text;
  const [, header, last, ...sorted] = text.split('\n');
  const digits = (/** @type {string} */ column) => Uint8Array.from(column, (digit) => parseInt(digit, 36));
  const [classes, zeros] = [digits(last), new Uint8Array(last.length)];
  /** @type {Uint8Array[]} */
  const columns = [];
  for (const column of sorted.map(digits)) {
    const [left, above] = [columns.at(-1) ?? zeros, columns[columns.length - STRIDE] ?? zeros];
    // The key in the upper digits and the row in the lower ones.
    const keys = Float64Array.from(classes, (label, row) => (((left[row] >> 2) * 36 + label) * 36 + above[row]) * classes.length + row);
    const values = new Uint8Array(classes.length);
    keys.sort().forEach((key, place) => (values[key % classes.length] = column[place]));
    columns.push(values);
  }
  columns.push(classes);
  const lines = Array.from(classes, (_, row) => columns.map((values) => values[row]).join(','));
  return [header, ...lines].join('\n');
}
