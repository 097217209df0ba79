// @ts-check
/** One chart: its picture, with help, values under the pointer, a note and a table. */
import { el, label, write } from '../shared/dom.js';

/** @typedef {import('../types.js').ChartInfo} ChartInfo */
/** @typedef {import('./scene.js').Scene} Scene */

/** How far an arrow key moves the cursor, as a share of the chart. */
const KEY_STEP = 0.01;

export class Figure {
  /** The point of the readout, in CSS pixels. @type {{ x: number, y: number } | undefined} */
  #cursor;
  #width = 0;
  #height = 0;
  /** The picture is out of date. */
  dirty = true;

  /**
   * @param {import('../shared/words.js').Words} words
   * @param {ChartInfo} info
   * @param {Scene} charts
   * @param {{ onresize: () => void, onselect: (layer: number | undefined, isClick: boolean) => void }} listener
   */
  constructor(words, info, charts, listener) {
    this.words = words;
    this.info = info;
    this.charts = charts;
    this.listener = listener;
    this.canvas = /** @type {HTMLCanvasElement} */ (el('canvas', { tabindex: '0', role: 'img' }));
    this.readout = el('output', { class: 'readout' });
    this.note = el('p', { class: 'note' });
    this.help = el('p', { class: 'help', hidden: '' });
    this.table = el('div', { class: 'table', hidden: '', tabindex: '0', role: 'region' });
    this.plot = el('div', { class: 'plot' }, [this.canvas, this.table, this.help]);
    this.title = el('span', { class: 'title' });
    this.helpButton = this.#toggleButton('?', words.text('figure-help'), this.help, () => this.#fillHelp());
    this.tableButton = this.#toggleButton('▤', words.text('figure-table'), this.table, () => this.#fillTable());
    this.describe(info);
    const caption = el('figcaption', {}, [this.title, this.readout, this.helpButton, this.tableButton]);
    this.element = el('figure', { 'data-chart': info.id }, [caption, this.note, this.plot]);
    this.canvas.addEventListener('click', (event) => listener.onselect(this.#layerAt(event.offsetX, event.offsetY), true));
    this.canvas.addEventListener('pointermove', (event) => this.#moveCursor(event.offsetX, event.offsetY));
    this.canvas.addEventListener('pointerleave', () => this.#removeCursor());
    this.canvas.addEventListener('blur', () => this.#removeCursor());
    this.canvas.addEventListener('keydown', (event) => this.#handleKey(event));
    this.observer = new ResizeObserver(([entry]) => {
      this.#width = Math.floor(entry.contentRect.width);
      this.#height = Math.floor(entry.contentRect.height);
      this.dirty = true;
      listener.onresize();
    });
    this.observer.observe(this.plot);
  }

  /** Writes the title and help of the chart, which come in one language. @param {ChartInfo} info */
  describe(info) {
    const { words } = this;
    const { title } = info;
    this.info = info;
    write(this.title, title);
    this.#fillHelp();
    label(this.canvas, 'aria-label', words.text('figure-canvas', { title }));
    label(this.table, 'aria-label', words.text('figure-table.region', { title }));
    label(this.helpButton, 'aria-label', words.text('figure-help.label', { title }));
    label(this.tableButton, 'aria-label', words.text('figure-table.label', { title }));
  }

  /** A button that shows and hides `target`. @param {string} text @param {import('../shared/words.js').Text} title @param {HTMLElement} target @param {() => void} [fill] */
  #toggleButton(text, title, target, fill) {
    const button = el('button', { type: 'button', class: 'small', title, 'aria-expanded': 'false' }, [text]);
    button.addEventListener('click', () => {
      target.hidden = !target.hidden;
      button.setAttribute('aria-expanded', String(!target.hidden));
      if (!target.hidden) fill?.();
    });
    return button;
  }

  #fillHelp() {
    const help = `${this.info.help} ${this.help.hidden ? '' : this.charts.details(this.info.id)}`.trim();
    if (this.help.textContent !== help) write(this.help, help);
  }

  #fillTable() {
    /** @type {{ columns: string[], rows: string[][] }} */
    const { columns, rows } = JSON.parse(this.charts.table(this.info.id));
    const head = el('thead', {}, [el('tr', {}, columns.map((text) => el('th', { scope: 'col' }, [text])))]);
    const body = el('tbody', {}, rows.map((row) => el('tr', {}, row.map((text) => el('td', {}, [text])))));
    this.table.replaceChildren(el('table', {}, [head, body]));
  }

  /** @param {number} x @param {number} y */
  #moveCursor(x, y) {
    this.#cursor = { x, y };
    this.#updateReadout();
  }

  #removeCursor() {
    this.#cursor = undefined;
    this.readout.textContent = '';
  }

  /** @param {number} x @param {number} y */
  #layerAt(x, y) {
    return this.charts.layerAt(this.info.id, this.#width, this.#height, x, y);
  }

  #updateReadout() {
    if (!this.#cursor || this.#width === 0) return;
    const { x, y } = this.#cursor;
    this.readout.textContent = this.charts.readout(this.info.id, this.#width, this.#height, x, y) ?? '';
  }

  /** @param {KeyboardEvent} event */
  #handleKey(event) {
    if (event.key === 'Escape') this.listener.onselect(undefined, false);
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const before = this.readout.textContent;
    let { x, y } = this.#cursor ?? { x: 0, y: this.#height / 2 };
    const [dx, dy] = [direction[0] * this.#width * KEY_STEP, direction[1] * this.#height * KEY_STEP];
    // Neighbouring points may have the same value: move on to the next value.
    do {
      x += dx;
      y += dy;
      if (x < 0 || y < 0 || x > this.#width || y > this.#height) return;
      this.#moveCursor(x, y);
    } while (this.readout.textContent === before || this.readout.textContent === '');
    const layer = this.#layerAt(x, y);
    if (layer !== undefined) this.listener.onselect(layer, false);
  }

  draw() {
    if (this.#width < 1 || this.#height < 1) return;
    this.charts.draw(this.info.id, this.canvas, this.#width, this.#height, window.devicePixelRatio || 1);
    this.dirty = false;
  }

  /** Updates the note, the readout and an open table. */
  updateWords() {
    if (this.#width < 1 || this.#height < 1) return;
    const note = this.charts.note(this.info.id);
    if (this.note.textContent !== note) {
      this.note.textContent = note;
      this.note.title = note;
    }
    this.#updateReadout();
    if (!this.help.hidden) this.#fillHelp();
    if (!this.table.hidden) this.#fillTable();
  }
}
