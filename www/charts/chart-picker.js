// @ts-check
/** The row of buttons that open and close charts. */
import { el } from '../shared/dom.js';

/** @typedef {import('../shared/words.js').Words} Words */
/** @typedef {import('../types.js').ChartInfo} ChartInfo */

/** A chart's name on its button. @param {Words} words @param {string} id */
export const chartName = (words, id) => words.retell({ id: `charts-pick-${id}`, arguments: {} });

export class ChartPicker {
  /** By the charts' ids. @type {Map<string, HTMLElement>} */
  #buttons = new Map();
  /** The ids of the open charts, in order. @type {string[]} */
  #open = [];

  /** @param {Words} words @param {(ids: string[]) => void} choose */
  constructor(words, choose) {
    this.words = words;
    this.choose = choose;
    this.element = el('div', { class: 'views', role: 'group', 'aria-label': words.text('charts-label'), hidden: '' });
  }

  /** Offers these charts, and files to save. @param {ChartInfo[]} infos @param {() => void} openExport */
  offer(infos, openExport) {
    const { words } = this;
    this.#buttons = new Map(
      infos.map(({ id, title }) => {
        const button = el('button', { type: 'button', class: 'view', title, 'data-id': id, 'aria-pressed': 'false' }, [chartName(words, id)]);
        button.addEventListener('click', () => this.#toggle(id));
        return [id, button];
      }),
    );
    const exportButton = el('button', { type: 'button', class: 'view export', title: words.text('charts-export.title') }, [words.text('charts-export')]);
    exportButton.addEventListener('click', openExport);
    this.element.replaceChildren(el('span', {}, [words.text('charts-label')]), ...this.#buttons.values(), exportButton);
    this.show(this.#open);
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
