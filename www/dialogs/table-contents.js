// @ts-check
/** What an uploaded table contains: its first rows as read, its columns and their kinds, what was guessed and why. */
import { el } from '../shared/dom.js';
import { Text } from '../shared/words.js';
import { summarizeTable } from '../training/table-file.js';

/** @typedef {import('../types.js').ColumnKind} ColumnKind */
/** @typedef {import('../types.js').Reading} Reading */
/** @typedef {import('../types.js').Said} Said */
/** @typedef {import('../types.js').TableInfo<Said>} TableInfo */
/** @typedef {import('../shared/words.js').Words} Words */

const KINDS = /** @type {const} */ (['number', 'words', 'flag', 'time']);

/** A list of choices. @param {string} id @param {(readonly [string, Text | string])[]} options @param {string} value @param {(value: string) => void} choose @param {Record<string, string | Text>} [attributes] */
function select(id, options, value, choose, attributes = {}) {
  const element = /** @type {HTMLSelectElement} */ (el('select', { id, ...attributes }, options.map(([value, text]) => el('option', { value }, [text]))));
  element.value = value;
  element.addEventListener('change', () => choose(element.value));
  return element;
}

/** @param {string} id @param {Text} text @param {HTMLElement} control */
const field = (id, text, control) => el('div', { class: 'field' }, [el('label', { for: id }, [text]), control]);

/**
 * What a table contains, with controls to read it in another way.
 * @param {Words} words
 * @param {string} name
 * @param {Reading} reading
 * @param {TableInfo} info
 * @param {(change: Reading) => void} read
 */
export function tableContents(words, name, reading, info, read) {
  const header = /** @type {HTMLInputElement} */ (el('input', { id: 'gf-header', type: 'checkbox' }));
  header.checked = info.header;
  // The columns get other names and kinds: guess again what was chosen among them.
  header.addEventListener('change', () => read({ header: header.checked, target: undefined, task: undefined, kinds: undefined, with: undefined, without: undefined }));
  const warnings = info.warnings.map((said) => el('li', {}, [new Text(words, said)]));
  return [
    el('p', { class: 'summary', role: 'status' }, [words.text('table-contents', { name, summary: summarizeTable(info) })]),
    preview(words, info),
    el('div', { class: 'check' }, [header, el('label', { for: 'gf-header' }, [words.text('table-header')])]),
    el('div', { class: 'pair' }, target(words, info, read)),
    el('p', { class: 'hint table-reason' }, [new Text(words, info.reason)]),
    el('div', { class: 'pair' }, notation(words, reading, info, read)),
    ...(warnings.length > 0 ? [el('ul', { class: 'table-warnings', 'aria-label': words.text('table-notes') }, warnings)] : []),
    columns(words, reading, info, read),
  ];
}

/** The first rows, as they are read. @param {Words} words @param {TableInfo} info */
function preview(words, info) {
  const role = info.columns.map((column, at) => (at + 1 === info.target_column ? 'target' : column.used ? 'feature' : 'unused'));
  const head = el('tr', {}, info.columns.map((column, at) => el('th', { scope: 'col', class: role[at] }, [column.name])));
  const rows = info.first.map((row) => el('tr', {}, row.map((cell, at) => el('td', { class: role[at] }, [cell]))));
  const table = el('table', {}, [el('thead', {}, [head]), el('tbody', {}, rows)]);
  return el('div', { class: 'preview', tabindex: '0', role: 'region', 'aria-label': words.text('table-rows') }, [table]);
}

/** What is predicted. @param {Words} words @param {TableInfo} info @param {(change: Reading) => void} read */
function target(words, info, read) {
  const names = info.columns.map((column, at) => /** @type {const} */ ([String(at + 1), column.name]));
  const tasks = /** @type {const} */ (['classes', 'regression']).map((task) => /** @type {const} */ ([task, words.text(`task-${task}`)]));
  return [
    field('gf-target', words.text('table-target'), select('gf-target', names, String(info.target_column), (value) => read({ target: Number(value), task: undefined }))),
    field('gf-task', words.text('table-task'), select('gf-task', tasks, info.task, (value) => read({ task: /** @type {Reading['task']} */ (value) }))),
  ];
}

/** What the file alone does not tell: what to do with missing cells, and how to read what can be read in two ways. @param {Words} words @param {Reading} reading @param {TableInfo} info @param {(change: Reading) => void} read */
function notation(words, reading, info, read) {
  const fields = [];
  if (info.missing > 0) {
    const options = [
      /** @type {const} */ (['fill', words.text('table-missing-fill')]),
      /** @type {const} */ (['skip', words.text('table-missing-skip', { rows: info.incomplete_rows, all: info.rows })]),
    ];
    fields.push(field('gf-missing', words.text('table-missing', { cells: info.missing }), select('gf-missing', options, info.skip ? 'skip' : 'fill', (value) => read({ missing: /** @type {Reading['missing']} */ (value), skip: undefined }))));
  }
  // What was chosen is not doubtful any more, but can be chosen again.
  if (info.ambiguous_decimal || info.decimal === ',' || reading.decimal) {
    const options = [/** @type {const} */ (['.', words.text('table-decimal-point')]), /** @type {const} */ ([',', words.text('table-decimal-comma')])];
    fields.push(field('gf-decimal', words.text('table-decimal'), select('gf-decimal', options, info.decimal, (value) => read({ decimal: /** @type {Reading['decimal']} */ (value) }))));
  }
  if (info.ambiguous_dates || reading.dates) {
    const orders = /** @type {const} */ (['choose', 'month_first', 'day_first']);
    const options = orders.map((order) => /** @type {const} */ ([order, words.text(`table-dates-${order}`)]));
    fields.push(field('gf-dates', words.text('table-dates'), select('gf-dates', options, reading.dates ?? 'choose', (value) => read({ dates: value === 'choose' ? undefined : /** @type {Reading['dates']} */ (value) }))));
  }
  return fields;
}

/** The columns, each with its kind, which can be changed. @param {Words} words @param {Reading} reading @param {TableInfo} info @param {(change: Reading) => void} read */
function columns(words, reading, info, read) {
  // A link or a script may have named the column.
  const isOther = (/** @type {string | number} */ column, /** @type {number} */ number) => column !== number && column !== info.columns[number - 1].name;
  /** @param {number} number From 1. @param {string} value */
  const choose = (number, value) => {
    if (value === 'target') {
      read({ target: number, task: undefined });
      return;
    }
    const known = Array.isArray(reading.kinds) ? reading.kinds : Object.entries(reading.kinds ?? {});
    const kinds = known.filter(([column]) => isOther(column, number));
    const without = (reading.without ?? []).filter((column) => isOther(column, number));
    // What was predicted and gets a kind is a feature from now on: guess the target again.
    const change = number === info.target_column ? { target: undefined, task: undefined } : {};
    if (value === 'out') read({ ...change, kinds, without: [...without, number] });
    else read({ ...change, kinds: [...kinds, [number, /** @type {ColumnKind} */ (value)]], without });
  };
  const options = [...KINDS, /** @type {const} */ ('out'), /** @type {const} */ ('target')].map((value) => /** @type {const} */ ([value, words.text(`table-kind-${value}`)]));
  const rows = info.columns.map((column, at) => {
    const [number, id] = [at + 1, `gf-kind-${at + 1}`];
    const isTarget = number === info.target_column;
    const value = isTarget ? 'target' : column.used ? column.kind : 'out';
    const notes = [];
    if (column.left_out && !isTarget) notes.push(new Text(words, column.left_out));
    else if (column.features > 1) notes.push(words.text('table-column-features', { features: column.features }));
    if (column.missing > 0 && (column.used || isTarget)) notes.push(words.text('table-column-missing', { cells: column.missing }));
    const note = el('span', { class: 'column-note', id: `${id}-note` }, notes.flatMap((text, place) => (place > 0 ? [' · ', text] : [text])));
    const control = select(id, options, value, (value) => choose(number, value), { 'aria-describedby': `${id}-note` });
    return el('div', { class: isTarget ? 'column target' : column.used ? 'column' : 'column unused' }, [el('label', { for: id }, [column.name]), control, note]);
  });
  return el('div', { class: 'columns', role: 'group', 'aria-label': words.text('table-columns') }, [el('h3', {}, [words.text('table-columns')]), ...rows]);
}
