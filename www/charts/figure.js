// @ts-check
/** One chart: its picture, with help, values under the pointer, a note and a table. */
import { el, label, write } from '../shared/dom.js';
import { keepFocus } from '../shared/focus.js';

/** @typedef {import('../types.js').ChartInfo} ChartInfo */
/** @typedef {import('./scene.js').Scene} Scene */

/** Where a key moves the cursor: right and down, whether from the other end, and by how much of the chart's width at least. @type {Record<string, { dx?: number, dy?: number, fromEnd?: boolean, stride?: number }>} */
const MOVES = {
  ArrowLeft: { dx: -1 },
  ArrowRight: { dx: 1 },
  ArrowUp: { dy: -1 },
  ArrowDown: { dy: 1 },
  Home: { dx: 1, fromEnd: true },
  End: { dx: -1, fromEnd: true },
  PageUp: { dx: -1, stride: 0.1 },
  PageDown: { dx: 1, stride: 0.1 },
};
/** The size on paper, in CSS pixels, as wide as a page is between its margins, and its dots per pixel. */
const PAPER = { width: 680, height: 270, ratio: 3 };
/** The chart whose rows are changes of settings that can be applied. */
const APPLIED_CHART = 'fixes';
/** No chart is enlarged so much that less than this width is left to draw on. */
const LEAST_WIDTH = 200;

export class Figure {
  /** The point of the readout, in pixels of the drawing. @type {{ x: number, y: number } | undefined} */
  #cursor;
  /** The size of the chart in CSS pixels. */
  #box = { width: 0, height: 0 };
  #isPrinting = false;
  /** What covers the chart, and its button. @type {{ target: HTMLElement, button: HTMLElement } | undefined} */
  #open;
  /** The picture is out of date. */
  dirty = true;

  /**
   * @param {import('../shared/words.js').Words} words
   * @param {ChartInfo} info
   * @param {Scene} charts
   * @param {{ onresize: () => void, onselect: (layer: number | undefined, isClick: boolean) => void,
   *   onread: (text: string) => void, onapply: (row: number) => void, scale: () => number }} listener `onread` is given what
   *   a key has found. `onapply`: a row of changes is to be applied. `scale` is the size of what is drawn, as a multiple of
   *   the usual one.
   */
  constructor(words, info, charts, listener) {
    this.words = words;
    this.info = info;
    this.charts = charts;
    this.listener = listener;
    const noteId = `gf-note-${info.id}`;
    // An application: otherwise screen readers keep the arrow keys to themselves.
    this.canvas = /** @type {HTMLCanvasElement} */ (
      el('canvas', { tabindex: '0', role: 'application', 'aria-roledescription': words.text('figure-role'), 'aria-describedby': noteId })
    );
    this.readout = el('span', { class: 'readout' });
    this.note = el('p', { class: 'note', id: noteId });
    this.help = el('p', { class: 'help', hidden: '', tabindex: '0' });
    this.table = el('div', { class: 'table', hidden: '', tabindex: '0', role: 'region' });
    this.plot = el('div', { class: 'plot' }, [this.canvas, this.table, this.help]);
    const titleId = `gf-title-${info.id}`;
    this.title = el('span', { class: 'title', id: titleId });
    this.helpButton = this.#toggleButton('?', words.text('figure-help'), this.help, () => this.#fillHelp());
    this.tableButton = this.#toggleButton('▤', words.text('figure-table'), this.table, () => this.#fillTable());
    this.describe(info);
    const caption = el('figcaption', {}, [this.title, this.readout, this.helpButton, this.tableButton]);
    this.below = el('div', { class: 'below-plot' });
    this.element = el('figure', { 'data-chart': info.id, 'aria-labelledby': titleId }, [caption, this.note, this.plot, ...(info.lazy ? [this.below] : [])]);
    this.canvas.addEventListener('click', (event) => this.#choose(this.#pointOf(event)));
    this.canvas.addEventListener('pointermove', (event) => this.#moveCursor(this.#pointOf(event)));
    this.canvas.addEventListener('pointerleave', () => this.#removeCursor());
    this.canvas.addEventListener('blur', () => this.#removeCursor());
    this.canvas.addEventListener('keydown', (event) => this.#handleKey(event));
    this.observer = new ResizeObserver(([{ contentRect: { width, height } }]) => {
      this.#box = { width, height };
      this.dirty = true;
      listener.onresize();
    });
    this.observer.observe(this.plot);
  }

  /** The size of the drawing, which is enlarged by `scale`. */
  get size() {
    const { width, height } = this.#isPrinting ? PAPER : this.#box;
    const scale = this.#isPrinting ? 1 : Math.max(1, Math.min(this.listener.scale(), width / LEAST_WIDTH));
    return { width: Math.floor(width / scale), height: Math.floor(height / scale), scale };
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

  /** A button that shows and hides what covers the chart, one at a time. @param {string} text @param {import('../shared/words.js').Text} title @param {HTMLElement} target @param {() => void} fill */
  #toggleButton(text, title, target, fill) {
    const button = el('button', { type: 'button', class: 'small', title, 'aria-expanded': 'false' }, [text]);
    button.addEventListener('click', () => {
      const isOpen = this.#open?.target === target;
      this.close();
      if (isOpen) return;
      this.#open = { target, button };
      target.hidden = false;
      // Nothing beneath the table takes the focus or is read.
      this.canvas.inert = target === this.table;
      button.setAttribute('aria-expanded', 'true');
      fill();
      target.focus();
    });
    return button;
  }

  /** Closes the help or the table, whose button has the focus then. Returns whether one was open. */
  close() {
    if (!this.#open) return false;
    const { target, button } = this.#open;
    this.#open = undefined;
    button.setAttribute('aria-expanded', 'false');
    this.canvas.inert = false;
    keepFocus(this.element, () => (target.hidden = true), button);
    return true;
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

  /** The point of the drawing under the pointer. @param {MouseEvent} event */
  #pointOf({ offsetX, offsetY }) {
    const { scale } = this.size;
    return { x: offsetX / scale, y: offsetY / scale };
  }

  /** @param {{ x: number, y: number }} point */
  #moveCursor(point) {
    this.#cursor = point;
    this.#updateReadout();
    this.#markRow(this.#rowAt(point));
  }

  #removeCursor() {
    this.#cursor = undefined;
    this.readout.textContent = '';
    this.#markRow(undefined);
  }

  /** The row of changes at a point. @param {{ x: number, y: number }} point */
  #rowAt({ x, y }) {
    if (this.info.id !== APPLIED_CHART) return undefined;
    const { width, height } = this.size;
    return this.charts.trialAt(width, height, x, y);
  }

  /** @param {number | undefined} row */
  #markRow(row) {
    if (this.info.id !== APPLIED_CHART || !this.charts.selectTrial(row)) return;
    this.dirty = true;
    this.listener.onresize();
  }

  /** A click, or Enter: applies a change, or selects a layer. @param {{ x: number, y: number }} point */
  #choose(point) {
    const row = this.#rowAt(point);
    if (row !== undefined) this.listener.onapply(row);
    else this.listener.onselect(this.#layerAt(point), true);
  }

  /** @param {{ x: number, y: number }} point */
  #layerAt({ x, y }) {
    const { width, height } = this.size;
    return this.charts.layerAt(this.info.id, width, height, x, y);
  }

  /** @param {{ x: number, y: number }} point */
  #valueAt({ x, y }) {
    const { width, height } = this.size;
    return width > 0 ? (this.charts.readout(this.info.id, width, height, x, y) ?? '') : '';
  }

  #updateReadout() {
    if (this.#cursor) this.readout.textContent = this.#valueAt(this.#cursor);
  }

  /** @param {KeyboardEvent} event */
  #handleKey(event) {
    if (event.key === 'Enter' && this.#cursor && this.info.id === APPLIED_CHART) {
      event.preventDefault();
      this.#choose(this.#cursor);
      return;
    }
    const move = MOVES[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const { dx = 0, dy = 0, fromEnd = false, stride = 0 } = move;
    const { width, height } = this.size;
    const start = (/** @type {number} */ direction, /** @type {number} */ length) => ({ [-1]: length, 0: length / 2, 1: 0 }[direction] ?? 0);
    let point = this.#cursor ?? { x: start(dx, width), y: start(dy, height) };
    // What is there now: what is written beside the title is that of the last frame.
    const before = fromEnd ? '' : this.#valueAt(point);
    point = { x: (fromEnd ? start(dx, width) : point.x) + dx * stride * width, y: point.y };
    // Neighbouring points may have the same value: the next value is looked for.
    let value;
    do {
      point = { x: point.x + dx, y: point.y + dy };
      if (point.x < 0 || point.y < 0 || point.x > width || point.y > height) return;
      value = this.#valueAt(point);
    } while (value === before || value === '');
    this.#moveCursor(point);
    this.listener.onread(value);
    const layer = this.#layerAt(point);
    if (layer !== undefined) this.listener.onselect(layer, false);
  }

  draw() {
    const { width, height, scale } = this.size;
    if (width < 1 || height < 1) return;
    const ratio = this.#isPrinting ? PAPER.ratio : (window.devicePixelRatio || 1) * scale;
    this.charts.draw(this.info.id, this.canvas, width, height, ratio);
    this.dirty = false;
  }

  /** Draws for paper, at once, or for the screen again, in the next frame. @param {boolean} isPrinting */
  print(isPrinting) {
    this.#isPrinting = isPrinting;
    this.dirty = true;
    if (isPrinting) this.draw();
  }

  /** Updates the note, the readout and an open table. */
  updateWords() {
    if (this.size.width < 1) return;
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
