// @ts-check
/** A table of one's own at the element: which one counts, its button, and files that are dropped. Its dialog is in table.js. */
import { load } from '../shared/wasm.js';
import { el } from '../shared/dom.js';

/** The data that are a table of one's own. */
export const OWN = 'upload';

/** Why a config that asks for one is refused where there is none. */
export function noTable() {
  const allowed = 'a table that was given to this page, since no link can carry it: drop a CSV here, or choose one';
  return Object.assign(new Error(`data = ${OWN} needs ${allowed}`), { name: 'ConfigError', field: 'data', value: OWN, allowed });
}

/** A table with how it is read, and what its button says. @typedef {{ text: string, told: string }} Given */

export class OwnTable {
  /** For the newest config. @type {Given | undefined} */ #given;
  /** Of the run on the screen. @type {Given | undefined} */ #good;
  button = el('button', { type: 'button', class: 'own' });

  /**
   * @param {HTMLElement} host @param {HTMLElement} root What shows that a file is over it.
   * @param {(file?: File) => void} ask Opens the dialog.
   */
  constructor(host, root, ask) {
    this.button.addEventListener('click', () => ask());
    /** @param {DragEvent} event */
    const drag = (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      const dropped = event.type === 'drop';
      root.classList.toggle('drop', !dropped);
      if (dropped) ask(event.dataTransfer.files[0]);
    };
    host.addEventListener('dragover', drag);
    host.addEventListener('drop', drag);
    host.addEventListener('dragleave', () => root.classList.remove('drop'));
  }

  /** What the worker gets. */
  get text() {
    return this.#given?.text;
  }

  /** @param {string} csv @param {string} name @param {import('../types.js').Reading} reading */
  async take(csv, name, reading) {
    const [{ describe, digest, joined }] = await Promise.all([import('../dialogs/table.js'), load()]);
    const info = describe(csv, reading);
    if (info.refused) throw Object.assign(new Error(info.refused), { name: 'DataError' });
    this.#given = { text: joined(csv, reading), told: `${name}: ${digest(info)}. Another …` };
    return info;
  }

  show() {
    this.button.textContent = this.#given?.told ?? 'Open a table of your own …';
  }

  /** A run has begun. */
  begun() {
    this.#good = this.#given;
  }

  /** The worker has refused the newest: the last good one counts again. */
  refused() {
    this.#given = this.#good;
  }
}
