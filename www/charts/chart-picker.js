// @ts-check
/** The row of views: which charts are open. */
import { el } from '../shared/dom.js';

/** @typedef {import('../types.js').ChartInfo} ChartInfo */

export class Views {
  /** @type {Map<string, HTMLElement>} */ #buttons = new Map();
  /** @type {string[]} */ #shown = [];
  element = el('div', { class: 'views', role: 'group', 'aria-label': 'Views', hidden: '' });

  /** @param {(ids: string[], opened?: string) => void} choose */
  constructor(choose) {
    this.choose = choose;
  }

  /** Offers these charts. @param {ChartInfo[]} infos @param {() => void} takeAlong */
  offer(infos, takeAlong) {
    this.#buttons = new Map(
      infos.map(({ id, title }) => {
        const button = el('button', { type: 'button', class: 'view', title, 'aria-pressed': 'false' }, [id.replaceAll('-', ' ')]);
        button.addEventListener('click', () => this.#toggle(id));
        return [id, button];
      })
    );
    const take = el('button', { type: 'button', class: 'view take', title: 'History, charts and run as files' }, ['take along …']);
    take.addEventListener('click', takeAlong);
    this.element.replaceChildren(el('span', {}, ['views']), ...this.#buttons.values(), take);
  }

  /** @param {string} id */
  #toggle(id) {
    if (this.#shown.includes(id)) this.choose(this.#shown.filter((shown) => shown !== id));
    else this.choose([...this.#shown, id], id);
  }

  /** These are open now. @param {string[]} ids */
  show(ids) {
    this.#shown = ids;
    for (const [id, button] of this.#buttons) button.setAttribute('aria-pressed', String(ids.includes(id)));
  }
}
