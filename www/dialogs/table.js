// @ts-check
/** The dialog for an uploaded table: choose or drop a file, check how it is read, and train on it. */
import { el } from '../shared/dom.js';
import { load } from '../shared/wasm.js';
import { LIMITS, describeTable, readText, summarizeTable } from '../training/table-file.js';
import { openDialog } from './dialog.js';

/** @typedef {import('../gradient-flow.js').GradientFlow} GradientFlow */
/** @typedef {import('../types.js').Reading} Reading */
/** @typedef {import('../types.js').TableInfo} TableInfo */

/**
 * @param {GradientFlow} lab
 * @param {File} [dropped] A file that was dropped on the laboratory.
 */
export async function open(lab, dropped) {
  await load();
  /** @type {{ name: string, csv: string, reading: Reading } | undefined} */
  let table;
  const input = /** @type {HTMLInputElement} */ (el('input', { id: 'gf-file', type: 'file', autofocus: '', accept: '.csv,.tsv,.txt,text/csv,text/plain' }));
  const area = el('div', { class: 'drop-area' }, [el('label', { for: 'gf-file' }, ['Choose a CSV file, or drop one here']), input]);
  const problem = el('p', { class: 'table-problem', role: 'alert' });
  const contents = el('div', { class: 'table-contents', hidden: '' });
  const use = /** @type {HTMLButtonElement} */ (el('button', { type: 'button', class: 'use-table', disabled: '' }, ['Use this table']));
  const dialog = await openDialog(lab, 'Your own table', 'table-dialog', [
    el('p', {}, [el('b', {}, ['It never leaves this browser']), ': it is read, kept and trained on here, and is gone when the page is closed. A link cannot carry it.']),
    area,
    el('p', { class: 'hint' }, [`Columns of numbers to learn from and one column to predict; comma, semicolon or tab between them. ${LIMITS}`]),
    contents,
    el('div', { class: 'dialog-foot' }, [problem, use]),
  ]);

  /** @param {File | undefined} file */
  const take = async (file) => {
    if (!file) return;
    try {
      table = { name: file.name, csv: await readText(file), reading: {} };
      read({});
    } catch (error) {
      problem.textContent = /** @type {Error} */ (error).message;
    }
  };

  /** Reads the table again with a change, and shows what it contains. @param {Reading} change */
  const read = (change) => {
    if (!table) return;
    table.reading = { ...table.reading, ...change };
    use.disabled = true;
    try {
      const info = describeTable(table.csv, table.reading);
      problem.textContent = info.refused ?? '';
      use.disabled = info.refused !== null;
      const focused = /** @type {HTMLElement | null} */ (/** @type {ShadowRoot} */ (lab.shadowRoot).activeElement)?.id;
      contents.replaceChildren(...tableContents(table.name, info, read));
      contents.hidden = false;
      if (focused) /** @type {HTMLElement | null} */ (contents.querySelector(`#${focused}`))?.focus();
    } catch (error) {
      problem.textContent = /** @type {Error} */ (error).message;
      contents.hidden = true;
    }
  };

  input.addEventListener('change', () => take(input.files?.[0]));
  dialog.addEventListener('dragover', (event) => {
    event.preventDefault();
    event.stopPropagation();
    area.classList.add('over');
  });
  dialog.addEventListener('dragleave', () => area.classList.remove('over'));
  dialog.addEventListener('drop', (event) => {
    event.preventDefault();
    event.stopPropagation();
    area.classList.remove('over');
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
 * What a table contains, with controls to read it in another way.
 * @param {string} name
 * @param {TableInfo} info
 * @param {(change: Reading) => void} read
 */
function tableContents(name, info, read) {
  const header = /** @type {HTMLInputElement} */ (el('input', { id: 'gf-header', type: 'checkbox' }));
  header.checked = info.header;
  // The columns get other names: guess again what was chosen among them.
  header.addEventListener('change', () => read({ header: header.checked, target: undefined, task: undefined, without: undefined }));

  const columns = info.columns.map((column, at) => el('option', { value: String(at + 1) }, [column]));
  const target = /** @type {HTMLSelectElement} */ (el('select', { id: 'gf-target' }, columns));
  target.value = String(info.target);
  target.addEventListener('change', () => read({ target: Number(target.value), task: undefined }));

  const tasks = [['classes', 'Classes'], ['regression', 'A number (regression)']];
  const task = /** @type {HTMLSelectElement} */ (el('select', { id: 'gf-task' }, tasks.map(([value, text]) => el('option', { value }, [text]))));
  task.value = info.task;
  task.addEventListener('change', () => read({ task: /** @type {Reading['task']} */ (task.value) }));

  const others = info.columns.map((name, at) => ({ name, kind: info.kinds[at], number: at + 1 })).filter(({ kind }) => kind !== 'target');
  const features = others.map(({ name, kind, number }) => {
    const id = `gf-feature-${number}`;
    const button = /** @type {HTMLButtonElement} */ (el('button', { id, type: 'button', class: 'view', 'aria-pressed': String(kind === 'feature'), title: kind === 'words' ? 'Holds words, not numbers' : '' }, [name]));
    button.disabled = kind === 'words';
    button.addEventListener('click', () => {
      // The column of the button changes sides; the others stay.
      const isLeftOut = (/** @type {typeof others[number]} */ other) => other.kind === (other.number === number ? 'feature' : 'unused');
      read({ without: others.filter(isLeftOut).map((other) => other.number) });
    });
    return button;
  });

  const head = el('tr', {}, info.columns.map((column, at) => el('th', { scope: 'col', class: info.kinds[at] }, [column])));
  const rows = info.first.map((row) => el('tr', {}, row.map((cell, at) => el('td', { class: info.kinds[at] }, [cell]))));
  const preview = el('div', { class: 'preview', tabindex: '0', role: 'region', 'aria-label': 'The first rows' }, [el('table', {}, [el('thead', {}, [head]), el('tbody', {}, rows)])]);

  const field = (/** @type {string} */ id, /** @type {string} */ text, /** @type {HTMLElement} */ control) =>
    el('div', { class: 'field' }, [el('label', { for: id }, [text]), control]);
  return [
    el('p', { class: 'summary', role: 'status' }, [el('b', {}, [name]), `: ${summarizeTable(info)}`]),
    preview,
    el('div', { class: 'check' }, [header, el('label', { for: 'gf-header' }, ['The first row holds names'])]),
    el('div', { class: 'pair' }, [field('gf-target', 'Predict', target), field('gf-task', 'as', task)]),
    el('div', { class: 'features', role: 'group', 'aria-label': 'Learn from' }, [el('span', {}, ['Learn from']), ...features]),
    ...brokenCells(info, read),
  ];
}

/** Cells that are missing or broken, and the offer to leave out their rows. @param {TableInfo} info @param {(change: Reading) => void} read */
function brokenCells(info, read) {
  const { broken, broken_cells: cells, broken_rows: rows } = info;
  if (cells === 0) return [];
  const skip = /** @type {HTMLInputElement} */ (el('input', { id: 'gf-skip', type: 'checkbox' }));
  skip.checked = info.skip;
  skip.addEventListener('change', () => read({ skip: skip.checked }));
  const items = broken.map((text) => el('li', {}, [text]));
  if (cells > broken.length) items.push(el('li', {}, [`and ${cells - broken.length} more`]));
  const text = `Leave out the ${rows} of ${info.rows} rows with such cells`;
  return [el('div', { class: 'broken-cells' }, [
    el('b', {}, [cells === 1 ? 'A cell is missing or broken' : `${cells} cells are missing or broken`]),
    el('ul', {}, items),
    el('div', { class: 'check' }, [skip, el('label', { for: 'gf-skip' }, [text])]),
  ])];
}
