// @ts-check
/** A table of one's own: chosen or dropped, looked at, and handed to the laboratory. */
import { open } from './dialog.js';
import { el } from '../shared/dom.js';
import { load, wasm } from '../shared/wasm.js';

/** @typedef {import('../gradient-flow.js').GradientFlow} GradientFlow */
/** @typedef {import('../types.js').Reading} Reading */
/** @typedef {import('../types.js').TableInfo} TableInfo */

/** What is stated before; the core keeps to it. */
const LIMITS = 'At most 8 MB, 20 000 rows, 500 columns and 20 classes.';
/** No file is read that is certainly too large. */
const MOST_BYTES = 8e6;

/** A table with how it is to be read, as one text. @param {string} csv @param {Reading} reading */
export function joined(csv, reading) {
  return `${JSON.stringify(reading)}\n${csv}`;
}

/** What a table holds. @param {string} csv @param {Reading} reading @returns {TableInfo} */
export function describe(csv, reading) {
  return JSON.parse(wasm.describeTable(joined(csv, reading)));
}

/** In a line: 150 rows, 4 features, 3 classes. @param {TableInfo} info */
export function digest(info) {
  const rows = info.rows - (info.skip ? info.broken_rows : 0);
  const features = info.kinds.filter((kind) => kind === 'feature').length;
  const count = (/** @type {number} */ n, /** @type {string} */ one, /** @type {string} */ many) => `${n} ${n === 1 ? one : many}`;
  const classes = info.classes ? count(info.classes.length, 'class', 'classes') : 'classes to predict';
  const what = info.task === 'regression' ? 'a number to predict' : classes;
  return `${count(rows, 'row', 'rows')}, ${count(features, 'feature', 'features')}, ${what}`;
}

/** A file's text: UTF-8, UTF-16 with its mark, or what Windows writes in the west. @param {File} file */
async function textOf(file) {
  if (file.size > 2 * MOST_BYTES) {
    throw new Error(`${file.name} has ${file.size} bytes. ${LIMITS}`);
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

/**
 * Opens the dialog.
 * @param {GradientFlow} lab
 * @param {File} [dropped]
 */
export async function chooseTable(lab, dropped) {
  await load();
  /** @type {{ name: string, csv: string, reading: Reading } | undefined} */
  let table;
  const input = /** @type {HTMLInputElement} */ (el('input', { id: 'gf-file', type: 'file', autofocus: '', accept: '.csv,.tsv,.txt,text/csv,text/plain' }));
  const place = el('div', { class: 'drop-place' }, [el('label', { for: 'gf-file' }, ['Choose a CSV file, or drop one here']), input]);
  const problem = el('p', { class: 'table-problem', role: 'alert' });
  const found = el('div', { class: 'found', hidden: '' });
  const use = /** @type {HTMLButtonElement} */ (el('button', { type: 'button', class: 'use', disabled: '' }, ['Use this table']));
  const dialog = open(/** @type {ShadowRoot} */ (lab.shadowRoot), 'Your own table', 'own-table', [
    el('p', {}, [el('b', {}, ['It never leaves this browser']), ': it is read, kept and trained on here, and is gone when the page is closed. A link cannot carry it.']),
    place,
    el('p', { class: 'hint' }, [`Columns of numbers to learn from and one column to predict; comma, semicolon or tab between them. ${LIMITS}`]),
    found,
    el('div', { class: 'foot' }, [problem, use]),
  ]);

  /** @param {File | undefined} file */
  const take = async (file) => {
    if (!file) return;
    try {
      table = { name: file.name, csv: await textOf(file), reading: {} };
      look({});
    } catch (error) {
      problem.textContent = /** @type {Error} */ (error).message;
    }
  };

  /** Reads the table anew and shows what it holds. @param {Reading} change */
  const look = (change) => {
    if (!table) return;
    table.reading = { ...table.reading, ...change };
    use.disabled = true;
    try {
      const info = describe(table.csv, table.reading);
      problem.textContent = info.refused ?? '';
      use.disabled = info.refused !== null;
      const focused = /** @type {HTMLElement | null} */ (/** @type {ShadowRoot} */ (lab.shadowRoot).activeElement)?.id;
      found.replaceChildren(...contents(table.name, info, look));
      found.hidden = false;
      if (focused) /** @type {HTMLElement | null} */ (found.querySelector(`#${focused}`))?.focus();
    } catch (error) {
      problem.textContent = /** @type {Error} */ (error).message;
      found.hidden = true;
    }
  };

  input.addEventListener('change', () => take(input.files?.[0]));
  dialog.addEventListener('dragover', (event) => {
    event.preventDefault();
    event.stopPropagation();
    place.classList.add('over');
  });
  dialog.addEventListener('dragleave', () => place.classList.remove('over'));
  dialog.addEventListener('drop', (event) => {
    event.preventDefault();
    event.stopPropagation();
    place.classList.remove('over');
    take(event.dataTransfer?.files[0]);
  });
  use.addEventListener('click', async () => {
    if (!table) return;
    try {
      await lab.useTable(table.csv, { ...table.reading, name: table.name });
      dialog.close();
    } catch (error) {
      problem.textContent = /** @type {Error} */ (error).message;
    }
  });
  await take(dropped);
}

/**
 * What was found in a table, and what can be changed of it.
 * @param {string} name
 * @param {TableInfo} info
 * @param {(change: Reading) => void} look
 */
function contents(name, info, look) {
  const header = /** @type {HTMLInputElement} */ (el('input', { id: 'gf-header', type: 'checkbox' }));
  header.checked = info.header;
  // What was said of the columns was said of their names.
  header.addEventListener('change', () => look({ header: header.checked, target: undefined, task: undefined, without: undefined }));

  const columns = info.columns.map((column, at) => el('option', { value: String(at + 1) }, [column]));
  const target = /** @type {HTMLSelectElement} */ (el('select', { id: 'gf-target' }, columns));
  target.value = String(info.target);
  target.addEventListener('change', () => look({ target: Number(target.value), task: undefined }));

  const tasks = [['classes', 'Classes'], ['regression', 'A number (regression)']];
  const task = /** @type {HTMLSelectElement} */ (el('select', { id: 'gf-task' }, tasks.map(([value, text]) => el('option', { value }, [text]))));
  task.value = info.task;
  task.addEventListener('change', () => look({ task: /** @type {Reading['task']} */ (task.value) }));

  const others = info.columns.map((name, at) => ({ name, kind: info.kinds[at], at: at + 1 })).filter(({ kind }) => kind !== 'target');
  const features = others.map(({ name, kind, at }) => {
    const id = `gf-feature-${at}`;
    const button = /** @type {HTMLButtonElement} */ (el('button', { id, type: 'button', class: 'view', 'aria-pressed': String(kind === 'feature'), title: kind === 'words' ? 'Holds words, not numbers' : '' }, [name]));
    button.disabled = kind === 'words';
    button.addEventListener('click', () => {
      const left = (/** @type {typeof others[number]} */ other) => other.kind === (other.at === at ? 'feature' : 'unused');
      const without = others.filter(left);
      look({ without: without.map((other) => other.at) });
    });
    return button;
  });

  const head = el('tr', {}, info.columns.map((column, at) => el('th', { scope: 'col', class: info.kinds[at] }, [column])));
  const rows = info.first.map((row) => el('tr', {}, row.map((cell, at) => el('td', { class: info.kinds[at] }, [cell]))));
  const preview = el('div', { class: 'preview', tabindex: '0', role: 'region', 'aria-label': 'The first rows' }, [el('table', {}, [el('thead', {}, [head]), el('tbody', {}, rows)])]);

  const field = (/** @type {string} */ id, /** @type {string} */ text, /** @type {HTMLElement} */ control) =>
    el('div', { class: 'field' }, [el('label', { for: id }, [text]), control]);
  return [
    el('p', { class: 'digest-line', role: 'status' }, [el('b', {}, [name]), `: ${digest(info)}`]),
    preview,
    el('div', { class: 'check' }, [header, el('label', { for: 'gf-header' }, ['The first row holds names'])]),
    el('div', { class: 'pair' }, [field('gf-target', 'Predict', target), field('gf-task', 'as', task)]),
    el('div', { class: 'features', role: 'group', 'aria-label': 'Learn from' }, [el('span', {}, ['Learn from']), ...features]),
    ...brokenCells(info, look),
  ];
}

/** Cells that are missing or broken, and the offer to do without their rows. @param {TableInfo} info @param {(change: Reading) => void} look */
function brokenCells(info, look) {
  const { broken, broken_cells: cells, broken_rows: rows } = info;
  if (cells === 0) return [];
  const skip = /** @type {HTMLInputElement} */ (el('input', { id: 'gf-skip', type: 'checkbox' }));
  skip.checked = info.skip;
  skip.addEventListener('change', () => look({ skip: skip.checked }));
  const told = broken.map((text) => el('li', {}, [text]));
  if (cells > broken.length) told.push(el('li', {}, [`and ${cells - broken.length} more`]));
  const text = `Leave out the ${rows} of ${info.rows} rows with such cells`;
  return [el('div', { class: 'broken' }, [
    el('b', {}, [cells === 1 ? 'A cell is missing or broken' : `${cells} cells are missing or broken`]),
    el('ul', {}, told),
    el('div', { class: 'check' }, [skip, el('label', { for: 'gf-skip' }, [text])]),
  ])];
}
