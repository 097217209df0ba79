// @ts-check
/** Data files: fetched once, when they are first needed. */
import { fetchFile } from '../shared/assets.js';
import { toError } from '../shared/errors.js';
import { problem } from '../shared/problems.js';

/** @typedef {import('../types.js').Cells} Cells */

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

/** @type {Map<string, Promise<Cells>>} */
const tables = new Map();

/** The table of a built-in data set. @param {string} name @returns {Promise<Cells>} */
export function fetchTable(name) {
  let table = tables.get(name);
  if (!table) {
    table = fetchText(`${name}.csv`).then((text) => readCells(text) ?? refuse(`data/${name}.csv.deflate`));
    table.catch(() => tables.delete(name));
    tables.set(name, table);
  }
  return table;
}

/** @param {string} file @returns {never} */
function refuse(file) {
  throw toError(problem('LoadError', 'load-damaged', { file }));
}

/** @param {string} name */
async function inflate(name) {
  const response = await fetchFile(name);
  try {
    const bytes = (await response.blob()).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return await new Response(bytes).text();
  } catch {
    return refuse(name);
  }
}

/**
 * The cells of a table with a header whose last column is the class. Classes are numbered by size if they are numbers, or
 * else in order of appearance, as the core does. Undefined if a cell is not a number.
 * @param {string} text
 * @returns {Cells | undefined}
 */
function readCells(text) {
  const columns = text.startsWith('#columns') ? readSorted(text) : readRows(text);
  const labels = Array.from(columns.pop() ?? [], String);
  const classes = [...new Set(labels)];
  if (!classes.some((name) => Number.isNaN(Number(name)))) classes.sort((a, b) => Number(a) - Number(b));
  const places = new Map(classes.map((name, place) => [name, place]));
  const width = columns.length + 1;
  const values = Float64Array.from(labels, (label) => places.get(label) ?? NaN);
  const cells = new Float64Array(width * labels.length);
  columns.concat([values]).forEach((column, at) => {
    for (let row = 0; row < labels.length; row += 1) cells[row * width + at] = Number(column[row]);
  });
  return cells.some(Number.isNaN) ? undefined : { columns: width, values: cells, classes };
}

/** The columns of a CSV. @param {string} text @returns {ArrayLike<string | number>[]} */
function readRows(text) {
  const [header, ...rows] = text.trim().split(/\r?\n/).map((line) => line.split(','));
  return header.map((_, at) => rows.map((row) => row[at]));
}

/** How far back the other column lies by which a column is sorted. */
const STRIDE = 8;

/**
 * The columns of a table that the build (crate/xtask/src/build/data.rs) has written one by one, with one base-36 digit a
 * cell: the last column first, then each with its rows sorted by what is known of them by then.
 * @param {string} text @returns {ArrayLike<string | number>[]}
 */
function readSorted(text) {
  const [, , last, ...sorted] = text.split('\n');
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
  return [...columns, classes];
}
