// @ts-check
/** The dialog for an uploaded table: choose, drop or paste one, check how it is read, and train on it. */
import { el, write } from '../shared/dom.js';
import { messageOf } from '../shared/errors.js';
import { fetchText } from '../training/data.js';
import { describeTable, loadTools, parseReference, readText } from '../training/table-file.js';
import { openDialog } from './dialog.js';
import { tableContents } from './table-contents.js';

/** @typedef {import('../gradient-flow.js').GradientFlow} GradientFlow */
/** @typedef {import('../types.js').Reading} Reading */
/** @typedef {import('../shared/words.js').Words} Words */

/** Tables to try (crate/core/data/README.md tells where they are from). */
const READY = /** @type {const} */ (['wine', 'penguins', 'cars']);

/**
 * @param {GradientFlow} lab
 * @param {Words} words
 * @param {File} [dropped] A file that was dropped on the laboratory.
 */
export async function open(lab, words, dropped) {
  await loadTools();
  /** @type {{ name: string, csv: string, reading: Reading } | undefined} */
  let table;
  // What a link has told of its table, or what was used last.
  const known = parseReference(lab.getAttribute('table'));
  const input = /** @type {HTMLInputElement} */ (el('input', { id: 'gf-file', type: 'file', 'data-first': '', accept: '.csv,.tsv,.tab,.txt,.dat,.data,text/csv,text/plain' }));
  const paste = /** @type {HTMLTextAreaElement} */ (el('textarea', { id: 'gf-paste', rows: '1', spellcheck: 'false', placeholder: words.text('table-paste-hint') }));
  const area = el('div', { class: 'drop-area' }, [
    el('label', { for: 'gf-file' }, [words.text('table-choose')]), input,
    el('label', { for: 'gf-paste' }, [words.text('table-paste')]), paste,
  ]);
  const ready = READY.map((id) => {
    const button = el('button', { type: 'button', class: 'view', title: words.text(`table-ready-${id}.help`) }, [words.text(`table-ready-${id}`)]);
    button.addEventListener('click', () => take(async () => ({ name: `${id}.csv`, csv: await fetchText(`${id}.csv`) })));
    return button;
  });
  const recognised = el('p', { class: 'table-known', role: 'status' });
  const problem = el('p', { class: 'table-problem', role: 'alert' });
  const contents = el('div', { class: 'table-contents', hidden: '' });
  const use = /** @type {HTMLButtonElement} */ (el('button', { type: 'button', class: 'use-table', disabled: '' }, [words.text('table-use')]));
  const dialog = await openDialog(lab, words, words.text('table-title'), 'table-dialog', [
    el('p', {}, [el('b', {}, [words.text('table-private')]), ' ', words.text('table-private-why')]),
    area,
    el('div', { class: 'ready-tables', role: 'group', 'aria-label': words.text('table-ready') }, [el('span', {}, [words.text('table-ready')]), ...ready]),
    el('p', { class: 'hint' }, [words.text('table-limits')]),
    recognised,
    contents,
    el('div', { class: 'dialog-foot' }, [problem, use]),
  ]);

  /** The number of the table that was asked for last. */
  let asked = 0;
  /** Takes the table that is asked for last, whichever comes last. @param {() => Promise<{ name: string, csv: string }>} load */
  const take = async (load) => {
    const turn = (asked += 1);
    try {
      const loaded = await load();
      if (turn !== asked) return;
      table = { ...loaded, reading: {} };
      recognised.textContent = '';
      const isKnown = known && describeTable(table.csv, {}).digest === known.digest;
      if (known && (isKnown || lab.config.data !== 'upload')) write(recognised, words.text(isKnown ? 'table-known' : 'table-other'));
      read(isKnown ? known.reading : {});
    } catch (error) {
      if (turn === asked) problem.textContent = messageOf(error, words);
    }
  };

  /** @param {File | undefined} file */
  const takeFile = async (file) => {
    if (file) await take(async () => ({ name: file.name, csv: await readText(file) }));
  };

  /** Reads the table again with a change, and shows what it contains. @param {Reading} change */
  const read = (change) => {
    if (!table) return;
    table.reading = { ...table.reading, ...change };
    use.disabled = true;
    try {
      const info = describeTable(table.csv, table.reading);
      problem.textContent = info.refused ? words.retell(info.refused) : '';
      use.disabled = info.refused !== null;
      const focused = /** @type {HTMLElement | null} */ (/** @type {ShadowRoot} */ (lab.shadowRoot).activeElement)?.id;
      const scrolled = contents.querySelector('.columns')?.scrollTop ?? 0;
      contents.replaceChildren(...tableContents(words, table.name, table.reading, info, read));
      contents.hidden = false;
      /** @type {Element} */ (contents.querySelector('.columns')).scrollTop = scrolled;
      if (focused) /** @type {HTMLElement | null} */ (contents.querySelector(`#${focused}`))?.focus();
    } catch (error) {
      problem.textContent = messageOf(error, words);
      contents.hidden = true;
    }
  };

  input.addEventListener('change', () => takeFile(input.files?.[0]));
  // What is pasted anywhere in the dialog is a table, unless it goes into a field of its contents.
  dialog.addEventListener('paste', (event) => {
    const csv = event.clipboardData?.getData('text/plain') ?? '';
    if (!csv.trim()) return;
    event.preventDefault();
    take(async () => ({ name: words.say('table-pasted'), csv }));
  });
  // What is written there, or comes from a keyboard that does not say that it pastes.
  paste.addEventListener('input', () => {
    const csv = paste.value;
    if (csv.includes('\n')) take(async () => ({ name: words.say('table-pasted'), csv }));
  });
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
    takeFile(event.dataTransfer?.files[0]);
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
  await takeFile(dropped);
}
