// @ts-check
/** An uploaded table: its file, and what the core finds in it. */
import { inEnglish, toError } from '../shared/errors.js';
import { message, problem } from '../shared/problems.js';
import { loadTools, tools } from '../shared/tools.js';

/** @typedef {import('../types.js').Reading} Reading */
/** @typedef {import('../types.js').Said} Said */
/** @template [Text=string] @typedef {import('../types.js').TableInfo<Text>} TableInfo */

/** The largest table that the core reads, in bytes of UTF-8. */
const MAX_BYTES = 8e6;

/** A table and how it is read, as the one text that the core takes. @param {string} csv @param {Reading} reading */
function joinTable(csv, reading) {
  return `${JSON.stringify(reading)}\n${csv}`;
}

/** What a table holds, in sentences that can be said in any language. Needs the tools to be loaded. @param {string} csv @param {Reading} reading @returns {TableInfo<Said>} */
export function describeTable(csv, reading) {
  try {
    return JSON.parse(tools.describeTable(joinTable(csv, reading)));
  } catch (error) {
    throw inEnglish(error);
  }
}

/** The same in a language. @param {TableInfo<Said>} info @param {import('../shared/words.js').Words} words @returns {TableInfo} */
export function tellTable(info, words) {
  const tell = (/** @type {Said | null} */ said) => said && words.retell(said);
  return {
    ...info,
    refused: tell(info.refused),
    reason: words.retell(info.reason),
    warnings: info.warnings.map((said) => words.retell(said)),
    columns: info.columns.map((column) => ({ ...column, left_out: tell(column.left_out) })),
  };
}

/** What a link says of a table: the digest of its file, and how it is read. @param {string} digest @param {Reading} reading */
export const formatReference = (digest, reading) => `${digest} ${JSON.stringify(reading)}`;

/** What a link says of a table, if it does. @param {string | null} reference @returns {{ digest: string, reading: Reading } | undefined} */
export function parseReference(reference) {
  const [digest, ...json] = (reference ?? '').split(' ');
  try {
    const reading = JSON.parse(json.join(' '));
    return reading && typeof reading === 'object' ? { digest, reading } : undefined;
  } catch {
    return undefined;
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

/** A table in a few words: 150 rows, 4 features, 3 classes. @param {TableInfo<unknown>} info */
export function summarizeTable(info) {
  const task = info.task === 'classes' && !info.classes ? 'unknown' : info.task;
  return message('table-summary', { rows: info.used_rows, features: info.features, task, classes: info.classes?.length ?? 0 });
}

/** The text of a file. Needs the tools to be loaded. @param {File} file */
export async function readText(file) {
  // UTF-16 takes twice the bytes.
  if (file.size > 2 * MAX_BYTES) {
    throw toError(problem('DataError', 'table-too-large', { name: file.name, bytes: file.size }));
  }
  return tools.decodeTable(new Uint8Array(await file.arrayBuffer()));
}

export { loadTools };
