// @ts-check
/** The uploaded table of an element: the one in use, its button, and dropping files on the element. */
import { el, label, write } from '../shared/dom.js';
import { toError } from '../shared/errors.js';
import { given, message, problem } from '../shared/problems.js';
import { ENGLISH, Text } from '../shared/words.js';

/** The value of the setting `data` for an uploaded table. */
export const UPLOAD = 'upload';

/** The error for a config that needs an uploaded table when there is none. */
export function missingTable() {
  return toError({ ...problem('ConfigError', 'upload-missing'), field: 'data', value: UPLOAD, allowed: ENGLISH.say('allowed-upload') });
}

/** @typedef {import('../types.js').Table} Table */

export class UploadedTable {
  /** For the newest config. @type {Table | undefined} */
  table;
  button = el('button', { type: 'button', class: 'upload' });

  /**
   * @param {import('../shared/words.js').Words} words
   * @param {HTMLElement} host Where files may be dropped.
   * @param {HTMLElement} root Shows that a file is being dragged over the host.
   * @param {(file?: File) => void} choose Opens the dialog, with a dropped file.
   */
  constructor(words, host, root, choose) {
    this.words = words;
    this.host = host;
    label(root, 'data-drop', words.text('upload-drop'));
    this.button.addEventListener('click', () => choose());
    /** @param {DragEvent} event */
    const drag = (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      const isDrop = event.type === 'drop';
      root.classList.toggle('drop', !isDrop);
      if (isDrop) choose(event.dataTransfer.files[0]);
    };
    host.addEventListener('dragover', drag);
    host.addEventListener('drop', drag);
    host.addEventListener('dragleave', () => root.classList.remove('drop'));
  }

  /** Uses a table; throws if it cannot be trained on. @param {string} csv @param {string} name @param {import('../types.js').Reading} reading */
  async take(csv, name, reading) {
    const { describeTable, formatReference, loadTools, readTable, summarizeTable, tellTable } = await import('../training/table-file.js');
    await loadTools();
    // For scripts, like what is thrown to them, in English.
    await ENGLISH.load('dialogs');
    const info = tellTable(describeTable(csv, reading), ENGLISH);
    if (info.refused) throw toError({ name: 'DataError', message: info.refused });
    const reference = formatReference(info.digest, reading);
    this.table = { cells: readTable(csv, reading), reference, label: message('upload-again', { name: given(name), summary: summarizeTable(info) }) };
    return info;
  }

  updateButton() {
    if (this.table) this.host.setAttribute('table', this.table.reference);
    write(this.button, this.table ? new Text(this.words, this.table.label) : this.words.text('upload-open'));
  }
}
