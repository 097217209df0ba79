// @ts-check
/** The buttons that open and close charts, by the question that a chart answers. */
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

  /** Offers these charts. @param {ChartInfo[]} infos */
  offer(infos) {
    this.#buttons = new Map(infos.map((info) => [info.id, this.#button(info)]));
    const questions = new Set(infos.map(({ question }) => question));
    this.element.replaceChildren(
      ...[...questions].map((question) => {
        const charts = infos.filter((info) => info.question === question);
        const buttons = charts.map(({ id }) => /** @type {HTMLElement} */ (this.#buttons.get(id)));
        return el('div', { class: 'question', role: 'group', 'aria-label': question }, [el('span', {}, [question]), el('div', {}, buttons)]);
      }),
    );
    this.show(this.#open);
  }

  /** @param {ChartInfo} info */
  #button({ id, title }) {
    const button = el('button', { type: 'button', class: 'view', title, 'data-id': id, 'aria-pressed': 'false' }, [chartName(this.words, id)]);
    button.addEventListener('click', () => this.#toggle(id));
    return button;
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
