// @ts-check
/** The uploaded table of an element: the one in use, its button, and dropping files on the element. */
import { el } from '../shared/dom.js';
import { toError } from '../shared/errors.js';
import { load } from '../shared/wasm.js';

/** The value of the setting `data` for an uploaded table. */
export const UPLOAD = 'upload';

/** The error for a config that needs an uploaded table when there is none. */
export function missingTable() {
  const allowed = 'a table that was given to this page, since no link can carry it: drop a CSV here, or choose one';
  return toError({ name: 'ConfigError', message: `data = ${UPLOAD} needs ${allowed}`, field: 'data', value: UPLOAD, allowed });
}

/** @typedef {import('../types.js').Table} Table */

export class UploadedTable {
  /** For the newest config. @type {Table | undefined} */
  table;
  button = el('button', { type: 'button', class: 'upload' });

  /**
   * @param {HTMLElement} host Where files may be dropped.
   * @param {HTMLElement} root Shows that a file is being dragged over the host.
   * @param {(file?: File) => void} choose Opens the dialog, with a dropped file.
   */
  constructor(host, root, choose) {
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
    const [{ describeTable, joinTable, summarizeTable }] = await Promise.all([import('../training/table-file.js'), load()]);
    const info = describeTable(csv, reading);
    if (info.refused) throw toError({ name: 'DataError', message: info.refused });
    this.table = { text: joinTable(csv, reading), label: `${name}: ${summarizeTable(info)}. Another …` };
    return info;
  }

  updateButton() {
    this.button.textContent = this.table?.label ?? 'Open a table of your own …';
  }
}
