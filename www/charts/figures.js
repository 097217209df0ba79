// @ts-check
/** The charts of an element: a figure each, with help, values under the pointer and a table. */
import { el } from '../shared/dom.js';
import { Scrubber } from './scrubber.js';
import { Views } from './chart-picker.js';

/** @typedef {import('../types.js').ChartInfo} ChartInfo */
/** @typedef {import('../wasm/gradient_flow.js').Charts} Charts */

/** How far an arrow key moves the cursor, as a share of the chart. */
const KEY_STEP = 0.01;

class Figure {
  /** @type {{ x: number, y: number } | undefined} */ #cursor;
  #width = 0;
  #height = 0;
  dirty = true;

  /**
   * @param {ChartInfo} info
   * @param {Charts} charts
   * @param {{ wanted: () => void, select: (layer: number | undefined, again: boolean) => void }} acts
   *   What it asks for: to be drawn, to have a layer selected (`again` by a click, which also deselects).
   */
  constructor(info, charts, acts) {
    this.info = info;
    this.charts = charts;
    this.acts = acts;
    const label = `${info.title}. Arrow keys read values and select layers.`;
    this.canvas = /** @type {HTMLCanvasElement} */ (el('canvas', { tabindex: '0', role: 'img', 'aria-label': label }));
    this.readout = el('output', { class: 'readout' });
    this.note = el('p', { class: 'note' });
    this.help = el('p', { class: 'help', hidden: '' }, [info.help]);
    this.table = el('div', { class: 'table', hidden: '', tabindex: '0', role: 'region', 'aria-label': `${info.title}, as a table` });
    this.plot = el('div', { class: 'plot' }, [this.canvas, this.table, this.help]);
    const caption = el('figcaption', {}, [
      el('span', { class: 'title' }, [info.title]),
      this.readout,
      this.#toggle('?', 'What am I looking at?', this.help),
      this.#toggle('▤', 'As a table', this.table, () => this.#fillTable()),
    ]);
    this.element = el('figure', { 'data-chart': info.id }, [caption, this.note, this.plot]);
    this.canvas.addEventListener('click', (event) => acts.select(this.#layer(event.offsetX, event.offsetY), true));
    this.canvas.addEventListener('pointermove', (event) => this.#point(event.offsetX, event.offsetY));
    this.canvas.addEventListener('pointerleave', () => this.#leave());
    this.canvas.addEventListener('blur', () => this.#leave());
    this.canvas.addEventListener('keydown', (event) => this.#key(event));
    this.observer = new ResizeObserver(([entry]) => {
      this.#width = Math.floor(entry.contentRect.width);
      this.#height = Math.floor(entry.contentRect.height);
      this.dirty = true;
      acts.wanted();
    });
    this.observer.observe(this.plot);
  }

  /** @param {string} text @param {string} title @param {HTMLElement} target @param {() => void} [fill] */
  #toggle(text, title, target, fill) {
    const button = el('button', { type: 'button', class: 'small', title, 'aria-label': `${this.info.title}: ${title}`, 'aria-expanded': 'false' }, [text]);
    button.addEventListener('click', () => {
      target.hidden = !target.hidden;
      button.setAttribute('aria-expanded', String(!target.hidden));
      if (!target.hidden) fill?.();
    });
    return button;
  }

  #fillTable() {
    /** @type {{ columns: string[], rows: string[][] }} */
    const { columns, rows } = JSON.parse(this.charts.table(this.info.id));
    const head = el('thead', {}, [el('tr', {}, columns.map((text) => el('th', { scope: 'col' }, [text])))]);
    const body = el('tbody', {}, rows.map((row) => el('tr', {}, row.map((text) => el('td', {}, [text])))));
    this.table.replaceChildren(el('table', {}, [head, body]));
  }

  #point(/** @type {number} */ x, /** @type {number} */ y) {
    this.#cursor = { x, y };
    this.#read();
  }

  /** The layer under a point. @param {number} x @param {number} y */
  #layer(x, y) {
    return this.charts.layerAt(this.info.id, this.#width, this.#height, x, y);
  }

  #leave() {
    this.#cursor = undefined;
    this.readout.textContent = '';
  }

  #read() {
    if (!this.#cursor || this.#width === 0) return;
    const { x, y } = this.#cursor;
    this.readout.textContent = this.charts.readout(this.info.id, this.#width, this.#height, x, y) ?? '';
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === 'Escape') this.acts.select(undefined, false);
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const before = this.readout.textContent;
    let { x, y } = this.#cursor ?? { x: 0, y: this.#height / 2 };
    const [dx, dy] = [way[0] * this.#width * KEY_STEP, way[1] * this.#height * KEY_STEP];
    // On to the next value.
    do {
      x += dx;
      y += dy;
      if (x < 0 || y < 0 || x > this.#width || y > this.#height) return;
      this.#point(x, y);
    } while (this.readout.textContent === before || this.readout.textContent === '');
    const layer = this.#layer(x, y);
    if (layer !== undefined) this.acts.select(layer, false);
  }

  draw() {
    if (this.#width < 1 || this.#height < 1) return;
    this.charts.draw(this.info.id, this.canvas, this.#width, this.#height, window.devicePixelRatio || 1);
    this.dirty = false;
  }

  /** What it shows, in words. */
  tell() {
    if (this.#width < 1 || this.#height < 1) return;
    const note = this.charts.note(this.info.id);
    if (this.note.textContent !== note) {
      this.note.textContent = note;
      this.note.title = note;
    }
    this.#read();
    if (!this.table.hidden) this.#fillTable();
  }
}

/** All figures of an element, drawn together, once a frame, where something changed. */
export class Figures {
  /** @type {Figure[]} */ #figures = [];
  #frame = 0;
  /** Are the words to change with the next pictures? */ #words = true;
  #grid = el('div', { class: 'grid' });
  element = el('div', { class: 'figures' });
  /** The layer (0-based) that is selected. @type {number | undefined} */ selected;

  /**
   * @param {Charts} charts
   * @param {{ drawing: () => void, selected: () => void, travelled: (step: number | undefined) => void,
   *   choose: (ids: string[]) => void }} page
   */
  constructor(charts, page) {
    this.charts = charts;
    this.page = page;
    this.scrubber = new Scrubber((step) => this.travel(step));
    this.views = new Views((ids) => page.choose(ids));
    this.element.append(this.#grid, this.views.element);
  }

  /** Shows these charts, in this order. @param {ChartInfo[]} infos */
  show(infos) {
    for (const { observer } of this.#figures) observer.disconnect();
    const acts = {
      wanted: () => this.#want(true),
      select: (/** @type {number | undefined} */ layer, /** @type {boolean} */ again) => {
        // A click beside the layers changes nothing; one on the selected layer lets it go.
        if (layer === undefined && again) return;
        this.select(again && layer === this.selected ? undefined : layer);
      },
    };
    this.#figures = infos.map((info) => new Figure(info, this.charts, acts));
    this.#grid.replaceChildren(...this.#figures.map((figure) => figure.element));
    this.#grid.dataset.count = String(infos.length);
    this.#figures.find(({ info }) => info.id === 'history')?.element.append(this.scrubber.element);
    this.views.show(infos.map(({ id }) => id));
  }

  /** The ids of the charts on the screen. */
  get ids() {
    return this.#figures.map(({ info }) => info.id);
  }

  /** Brings a chart into sight. @param {string} id */
  reveal(id) {
    const figure = this.#figures.find(({ info }) => info.id === id);
    figure?.element.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }

  /** Selects a layer (0-based) in all charts. @param {number | undefined} layer */
  select(layer) {
    if (layer === this.selected) return;
    this.selected = layer;
    this.charts.select(layer ?? -1);
    this.touch();
    this.page.selected();
  }

  /** A network of so many layers is shown: a layer that it has not is let go. @param {number} layers */
  keep(layers) {
    if (this.selected !== undefined && this.selected >= layers) this.select(undefined);
  }

  /** Takes all charts to a step; undefined goes on with the latest. @param {number | undefined} step */
  travel(step) {
    const shown = this.charts.travel(step);
    this.scrubber.travelled(step === undefined ? undefined : shown);
    this.page.travelled(step === undefined ? undefined : shown);
    this.touch();
  }

  /** All are to be drawn anew: other data or another theme. @param {boolean} words With what they say. */
  touch(words = true) {
    for (const figure of this.#figures) figure.dirty = true;
    this.#want(words);
  }

  #want(words = false) {
    this.#words ||= words;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.page.drawing();
      // All pictures before all words: after a change of text the next one would wait for all style to be computed.
      for (const figure of this.#figures) if (figure.dirty) figure.draw();
      if (this.#words) for (const figure of this.#figures) figure.tell();
      this.#words = false;
    });
  }

  /** Hears and draws nothing more. */
  end() {
    cancelAnimationFrame(this.#frame);
    for (const { observer } of this.#figures) observer.disconnect();
    this.element.remove();
  }
}
