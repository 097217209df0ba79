// @ts-check
/** The row of buttons that open and close charts. */
import { el } from '../shared/dom.js';

/** @typedef {import('../types.js').ChartInfo} ChartInfo */

export class ChartPicker {
  /** By the charts' ids. @type {Map<string, HTMLElement>} */
  #buttons = new Map();
  /** The ids of the open charts, in order. @type {string[]} */
  #open = [];
  element = el('div', { class: 'views', role: 'group', 'aria-label': 'Views', hidden: '' });

  /** @param {(ids: string[]) => void} choose */
  constructor(choose) {
    this.choose = choose;
  }

  /** Offers these charts, and files to save. @param {ChartInfo[]} infos @param {() => void} openExport */
  offer(infos, openExport) {
    this.#buttons = new Map(
      infos.map(({ id, title }) => {
        const button = el('button', { type: 'button', class: 'view', title, 'aria-pressed': 'false' }, [id.replaceAll('-', ' ')]);
        button.addEventListener('click', () => this.#toggle(id));
        return [id, button];
      }),
    );
    const exportButton = el('button', { type: 'button', class: 'view export', title: 'History, charts and run as files' }, ['take along …']);
    exportButton.addEventListener('click', openExport);
    this.element.replaceChildren(el('span', {}, ['views']), ...this.#buttons.values(), exportButton);
  }

  /** @param {string} id */
  #toggle(id) {
    if (this.#open.includes(id)) this.choose(this.#open.filter((open) => open !== id));
    else this.choose([...this.#open, id]);
  }

  /** Marks the open charts. @param {string[]} ids */
  show(ids) {
    this.#open = ids;
    for (const [id, button] of this.#buttons) button.setAttribute('aria-pressed', String(ids.includes(id)));
  }
}
