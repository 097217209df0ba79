// @ts-check
/** The dialog for an uploaded table: choose or drop a file, check how it is read, and train on it. */
import { el } from '../shared/dom.js';
import { messageOf } from '../shared/errors.js';
import { describeTable, loadTools, readText, summarizeTable } from '../training/table-file.js';
import { openDialog } from './dialog.js';

/** @typedef {import('../gradient-flow.js').GradientFlow} GradientFlow */
/** @typedef {import('../types.js').Reading} Reading */
/** @typedef {import('../types.js').TableInfo} TableInfo */
/** @typedef {import('../shared/words.js').Text} Text */
/** @typedef {import('../shared/words.js').Words} Words */

/**
 * @param {GradientFlow} lab
 * @param {Words} words
 * @param {File} [dropped] A file that was dropped on the laboratory.
 */
export async function open(lab, words, dropped) {
  await loadTools();
  /** @type {{ name: string, csv: string, reading: Reading } | undefined} */
  let table;
  const input = /** @type {HTMLInputElement} */ (el('input', { id: 'gf-file', type: 'file', autofocus: '', accept: '.csv,.tsv,.txt,text/csv,text/plain' }));
  const area = el('div', { class: 'drop-area' }, [el('label', { for: 'gf-file' }, [words.text('table-choose')]), input]);
  const problem = el('p', { class: 'table-problem', role: 'alert' });
  const contents = el('div', { class: 'table-contents', hidden: '' });
  const use = /** @type {HTMLButtonElement} */ (el('button', { type: 'button', class: 'use-table', disabled: '' }, [words.text('table-use')]));
  const dialog = await openDialog(lab, words, words.text('table-title'), 'table-dialog', [
    el('p', {}, [el('b', {}, [words.text('table-private')]), ' ', words.text('table-private-why')]),
    area,
    el('p', { class: 'hint' }, [words.text('table-shape'), ' ', words.text('table-limits')]),
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
      problem.textContent = messageOf(error, words);
    }
  };

  /** Reads the table again with a change, and shows what it contains. @param {Reading} change */
  const read = (change) => {
    if (!table) return;
    table.reading = { ...table.reading, ...change };
    use.disabled = true;
    try {
      const info = describeTable(table.csv, table.reading, words);
      problem.textContent = info.refused ?? '';
      use.disabled = info.refused !== null;
      const focused = /** @type {HTMLElement | null} */ (/** @type {ShadowRoot} */ (lab.shadowRoot).activeElement)?.id;
      contents.replaceChildren(...tableContents(words, table.name, info, read));
      contents.hidden = false;
      if (focused) /** @type {HTMLElement | null} */ (contents.querySelector(`#${focused}`))?.focus();
    } catch (error) {
      problem.textContent = messageOf(error, words);
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
      problem.textContent = messageOf(error, words);
    }
  });
  await take(dropped);
}

/**
 * What a table contains, with controls to read it in another way.
 * @param {Words} words
 * @param {string} name
 * @param {TableInfo} info
 * @param {(change: Reading) => void} read
 */
function tableContents(words, name, info, read) {
  const header = /** @type {HTMLInputElement} */ (el('input', { id: 'gf-header', type: 'checkbox' }));
  header.checked = info.header;
  // The columns get other names: guess again what was chosen among them.
  header.addEventListener('change', () => read({ header: header.checked, target: undefined, task: undefined, without: undefined }));

  const columns = info.columns.map((column, at) => el('option', { value: String(at + 1) }, [column]));
  const target = /** @type {HTMLSelectElement} */ (el('select', { id: 'gf-target' }, columns));
  target.value = String(info.target);
  target.addEventListener('change', () => read({ target: Number(target.value), task: undefined }));

  const tasks = /** @type {const} */ (['classes', 'regression']).map((value) => el('option', { value }, [words.text(`task-${value}`)]));
  const task = /** @type {HTMLSelectElement} */ (el('select', { id: 'gf-task' }, tasks));
  task.value = info.task;
  task.addEventListener('change', () => read({ task: /** @type {Reading['task']} */ (task.value) }));

  const others = info.columns.map((name, at) => ({ name, kind: info.kinds[at], number: at + 1 })).filter(({ kind }) => kind !== 'target');
  const features = others.map(({ name, kind, number }) => {
    const id = `gf-feature-${number}`;
    const button = /** @type {HTMLButtonElement} */ (el('button', { id, type: 'button', class: 'view', 'aria-pressed': String(kind === 'feature'), title: kind === 'words' ? words.text('table-words') : '' }, [name]));
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
  const preview = el('div', { class: 'preview', tabindex: '0', role: 'region', 'aria-label': words.text('table-rows') }, [el('table', {}, [el('thead', {}, [head]), el('tbody', {}, rows)])]);

  const field = (/** @type {string} */ id, /** @type {Text} */ text, /** @type {HTMLElement} */ control) =>
    el('div', { class: 'field' }, [el('label', { for: id }, [text]), control]);
  return [
    el('p', { class: 'summary', role: 'status' }, [words.text('table-contents', { name, summary: summarizeTable(info) })]),
    preview,
    el('div', { class: 'check' }, [header, el('label', { for: 'gf-header' }, [words.text('table-header')])]),
    el('div', { class: 'pair' }, [field('gf-target', words.text('table-target'), target), field('gf-task', words.text('table-task'), task)]),
    el('div', { class: 'features', role: 'group', 'aria-label': words.text('table-features') }, [el('span', {}, [words.text('table-features')]), ...features]),
    ...brokenCells(words, info, read),
  ];
}

/** Cells that are missing or broken, and the offer to leave out their rows. @param {Words} words @param {TableInfo} info @param {(change: Reading) => void} read */
function brokenCells(words, info, read) {
  const { broken, broken_cells: cells, broken_rows: rows } = info;
  if (cells === 0) return [];
  const skip = /** @type {HTMLInputElement} */ (el('input', { id: 'gf-skip', type: 'checkbox' }));
  skip.checked = info.skip;
  skip.addEventListener('change', () => read({ skip: skip.checked }));
  const items = broken.map((text) => el('li', {}, [text]));
  if (cells > broken.length) items.push(el('li', {}, [words.text('table-broken-more', { cells: cells - broken.length })]));
  return [el('div', { class: 'broken-cells' }, [
    el('b', {}, [words.text('table-broken', { cells })]),
    el('ul', {}, items),
    el('div', { class: 'check' }, [skip, el('label', { for: 'gf-skip' }, [words.text('table-skip', { rows, all: info.rows })])]),
  ])];
}
