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
  columns.push(labels.map((label) => places.get(label) ?? NaN));
  const [width, rows] = [columns.length, labels.length];
  const values = new Float64Array(width * rows);
  for (let at = 0; at < width; at += 1) {
    const column = columns[at];
    for (let row = 0; row < rows; row += 1) values[row * width + at] = Number(column[row]);
  }
  return values.some(Number.isNaN) ? undefined : { columns: width, values, classes };
}

/** The columns of a CSV. @param {string} text @returns {ArrayLike<string | number>[]} */
function readRows(text) {
  const [header, ...rows] = text.trim().split(/\r?\n/).map((line) => line.split(','));
  return header.map((_, at) => rows.map((row) => row[at]));
}

/** How far back the other column lies by which a column is sorted. */
const STRIDE = 8;
/** What a digit can be. */
const BASE = 36;

/**
 * The columns of a table that the build (crate/xtask/src/build/data.rs) has written one by one, with one base-36 digit a
 * cell: the last column first, then each with its rows sorted by what is known of them by then. It is read while the page
 * starts: loops are several times faster here than what sorts and maps.
 * @param {string} text @returns {ArrayLike<string | number>[]}
 */
function readSorted(text) {
  const [, , last, ...sorted] = text.split('\n');
  const count = last.length;
  const [classes, zeros] = [digits(last), new Uint8Array(count)];
  /** @type {Uint8Array[]} */
  const columns = [];
  const keys = new Uint16Array(count);
  for (const column of sorted) {
    const [left, above] = [columns.at(-1) ?? zeros, columns[columns.length - STRIDE] ?? zeros];
    // Where the rows of each key begin: those of smaller keys come before.
    const begins = new Uint16Array((BASE / 4) * BASE * BASE + 1);
    for (let row = 0; row < count; row += 1) {
      keys[row] = ((left[row] >> 2) * BASE + classes[row]) * BASE + above[row];
      begins[keys[row] + 1] += 1;
    }
    for (let key = 1; key < begins.length; key += 1) begins[key] += begins[key - 1];
    const [cells, values] = [digits(column), new Uint8Array(count)];
    for (let row = 0; row < count; row += 1) values[row] = cells[begins[keys[row]]++];
    columns.push(values);
  }
  return [...columns, classes];
}

/** @param {string} text Digits and small letters. */
function digits(text) {
  const values = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    values[at] = code < 58 ? code - 48 : code - 87;
  }
  return values;
}
