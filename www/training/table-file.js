// @ts-check
/** An uploaded table: its file, and what the core finds in it. */
import { inEnglish, toError } from '../shared/errors.js';
import { message, problem } from '../shared/problems.js';
import { loadTools, tools } from '../shared/tools.js';

/** @typedef {import('../types.js').Reading} Reading */
/** @typedef {import('../types.js').TableInfo} TableInfo */

/** The largest table that the core reads, in bytes of UTF-8. */
const MAX_BYTES = 8e6;

/** A table and how it is read, as the one text that the core takes. @param {string} csv @param {Reading} reading */
function joinTable(csv, reading) {
  return `${JSON.stringify(reading)}\n${csv}`;
}

/** What a table holds, in a language. Needs the tools to be loaded. @param {string} csv @param {Reading} reading @param {import('../shared/words.js').Words} words @returns {TableInfo} */
export function describeTable(csv, reading, words) {
  try {
    return JSON.parse(tools.describeTable(joinTable(csv, reading), words.table));
  } catch (error) {
    throw inEnglish(error);
  }
}

/** What a network learns from. @param {string} csv @param {Reading} reading @returns {import('../types.js').Cells} */
export function readTable(csv, reading) {
  try {
    return /** @type {import('../types.js').Cells} */ (tools.readTable(joinTable(csv, reading)));
  } catch (error) {
    throw inEnglish(error);
  }
}

/** A table in a few words: 150 rows, 4 features, 3 classes. @param {TableInfo} info */
export function summarizeTable(info) {
  const rows = info.rows - (info.skip ? info.broken_rows : 0);
  const features = info.kinds.filter((kind) => kind === 'feature').length;
  const task = info.task === 'classes' && !info.classes ? 'unknown' : info.task;
  return message('table-summary', { rows, features, task, classes: info.classes?.length ?? 0 });
}

/**
 * The text of a file: UTF-8, UTF-16 with a byte order mark, or Windows-1252, which Excel writes in western Europe.
 * @param {File} file
 */
export async function readText(file) {
  // UTF-16 takes twice the bytes.
  if (file.size > 2 * MAX_BYTES) {
    throw toError(problem('DataError', 'table-too-large', { name: file.name, bytes: file.size }));
  }
  const bytes = await file.arrayBuffer();
  const [first, second] = new Uint8Array(bytes.slice(0, 2));
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

export { loadTools };
