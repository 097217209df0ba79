// @ts-check
/** All charts of an element: what they show, and when they are drawn. */
import { el, retell } from '../shared/dom.js';
import { keepFocus } from '../shared/focus.js';
import { ChartPicker } from './chart-picker.js';
import { Figure } from './figure.js';
import { Scene } from './scene.js';
import { Scrubber } from './scrubber.js';
import { Views } from './views.js';

/** @typedef {import('../types.js').ChartInfo} ChartInfo */

/** The chart that has the scrubber below it. */
const SCRUBBED_CHART = 'history';
/** The chart that has the network strip, and on which one draws a guess. */
const MAIN_CHART = 'signals';

/** Milliseconds between pictures of the charts that are scrolled out of sight, during a run. */
const UNSEEN_INTERVAL = 400;

export class Figures {
  /** Keeps the history of the run and draws it, in wasm. */
  charts;
  /** The pictures beside the verdict, which are drawn in the same frames. @type {{ dirty: boolean, draw: () => void } | undefined} */
  outcome;
  /** Places what lies over the main chart, when the charts have been drawn. @type {(() => void) | undefined} */
  overlay;
  /** The selected layer, counted from 0. @type {number | undefined} */
  selected;
  /** @type {Figure[]} */
  #figures = [];
  /** Those that are scrolled out of sight. @type {Set<Element>} */
  #outOfSight = new Set();
  /** Where there is no such observer, all are in sight. */
  #sight = globalThis.IntersectionObserver && new IntersectionObserver((entries) => this.#updateSight(entries));
  /** When those were last drawn. */
  #lastUnseen = 0;
  /** The next frame draws what is out of sight too. */
  #unseenDirty = true;
  /** The animation frame in which the charts are drawn; 0 is none. */
  #frame = 0;
  /** The next frame also updates words. */
  #wordsDirty = true;
  /** How large charts are drawn: the reader's size of text, as a multiple of the usual one. */
  textScale = 1;
  /** Beside that, for lecture halls. */
  scale = 1;
  #grid = el('div', { class: 'grid' });
  element = el('div', { class: 'figures' });

  /**
   * @param {import('../element/element.js').GradientFlow} lab
   * @param {import('../shared/words.js').Words} words
   * @param {{ ondraw: () => void, onwords: (milliseconds: number) => void, onselect: () => void, ontravel: (step: number | undefined) => void,
   *   onchoose: (ids: string[]) => void, onread: (text: string) => void, onapply: (row: number) => void,
   *   uploaded: () => import('../types.js').Cells | undefined }} listener `onselect` is also
   *   called where a view needs other snapshots. `ondraw` is called before drawing,
   *   `onwords` after a frame that has updated words too, with the time that it has taken.
   */
  constructor(lab, words, listener) {
    this.lab = lab;
    this.words = words;
    this.listener = listener;
    this.charts = new Scene(words);
    this.views = new Views(this.charts, (id) => this.#viewHost(id));
    this.scrubber = new Scrubber(words, (step) => this.travel(step));
    this.picker = new ChartPicker(words, (ids) => listener.onchoose(ids));
    this.element.append(this.#grid, this.picker.element);
  }

  /** Shows these charts, in this order. @param {ChartInfo[]} infos */
  show(infos) {
    this.#stopObserving();
    const listener = {
      onresize: () => {
        this.#unseenDirty = true;
        this.#scheduleFrame(true);
      },
      onread: this.listener.onread,
      onapply: this.listener.onapply,
      scale: () => this.textScale * this.scale,
      onselect: (/** @type {number | undefined} */ layer, /** @type {boolean} */ isClick) => {
        // A click beside the layers changes nothing; one on the selected layer deselects it.
        if (layer === undefined && isClick) return;
        this.select(isClick && layer === this.selected ? undefined : layer);
      },
    };
    keepFocus(this.#grid, () => this.#replace(infos, listener), this.element.querySelector('.view'));
  }

  /** @param {ChartInfo[]} infos @param {ConstructorParameters<typeof Figure>[3]} listener */
  #replace(infos, listener) {
    this.#freeCanvases();
    this.#figures = infos.map((info) => new Figure(this.words, info, this.charts, listener));
    this.#grid.replaceChildren(...this.#figures.map((figure) => figure.element));
    for (const { element } of this.#figures) this.#sight?.observe(element);
    this.#grid.dataset.count = String(infos.length);
    this.#find(SCRUBBED_CHART)?.element.append(this.scrubber.element);
    this.views.show(this.#figures.filter(({ info }) => info.lazy));
    this.picker.show(infos.map(({ id }) => id));
  }

  /** @param {string} id @returns {import('./view.js').ViewHost} */
  #viewHost(id) {
    const { lab, words, listener } = this;
    return {
      id,
      lab,
      words,
      redraw: (words) => {
        const figure = this.#find(id);
        if (figure) figure.dirty = true;
        this.#scheduleFrame(words);
      },
      select: (layer) => this.select(layer),
      announce: listener.onread,
      request: listener.onselect,
      uploaded: listener.uploaded,
      signalRange: () => this.charts.signalRange(),
    };
  }

  /** The charts and what stands around them speak the present language of the words. */
  speak() {
    this.charts.speak();
    // The scrubber is in no document while its chart is not shown.
    retell(this.scrubber.element);
  }

  /** Titles and help in another language. @param {ChartInfo[]} infos */
  describe(infos) {
    for (const figure of this.#figures) {
      const info = infos.find(({ id }) => id === figure.info.id);
      if (info) figure.describe(info);
    }
  }

  /** The charts on the screen. */
  get infos() {
    return this.#figures.map(({ info }) => info);
  }

  /** The ids of the charts on the screen. */
  get ids() {
    return this.infos.map(({ id }) => id);
  }

  /** @param {string} id */
  #find(id) {
    return this.#figures.find(({ info }) => info.id === id);
  }

  /** Scrolls a chart into view. @param {string} id */
  reveal(id) {
    this.#find(id)?.element.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }

  /** Selects a layer (counted from 0) in all charts. @param {number | undefined} layer */
  select(layer) {
    if (layer === this.selected) return;
    this.selected = layer;
    this.charts.select(layer ?? -1);
    this.invalidate();
    this.listener.onselect();
  }

  /** Deselects a layer that a network of so many layers does not have. @param {number} layerCount */
  deselectBeyond(layerCount) {
    if (this.selected !== undefined && this.selected >= layerCount) this.select(undefined);
  }

  /** Shows a step in all charts; undefined follows the latest. @param {number | undefined} step */
  travel(step) {
    const shown = this.charts.travel(step);
    this.scrubber.shownStep = step === undefined ? undefined : shown;
    this.listener.ontravel(step === undefined ? undefined : shown);
    this.invalidate();
  }

  /** The lines of the main chart are on their way from the kept run's places to the new run's. @param {number} progress From 0 to 1. */
  morph(progress) {
    this.charts.morph(progress);
    this.invalidate(false, true);
  }

  /** Where the network strip of the main chart lies in its plot, in CSS pixels; undefined where there is none. */
  get strip() {
    const figure = this.#find(MAIN_CHART);
    if (!figure) return undefined;
    const { width, height, scale } = figure.size;
    const [left, top, right, bottom] = Array.from(this.charts.stripArea(width, height), (x) => x * scale);
    return left === undefined ? undefined : { plot: figure.plot, left, top, right, bottom };
  }

  /** Draws a guess on the main chart, and hides the truth: see `Scene.setGuess`. @param {Parameters<Scene['setGuess']>} guess */
  guess(...guess) {
    this.charts.setGuess(...guess);
    this.invalidate();
  }

  /** Where one draws a guess on the main chart: in CSS pixels, between these powers of ten; undefined where it has no room. */
  get guessArea() {
    const figure = this.#find(MAIN_CHART);
    if (!figure) return undefined;
    const { width, height, scale } = figure.size;
    const [left, top, right, bottom, low, high] = this.charts.guessArea(width, height);
    return left === undefined ? undefined : { plot: figure.plot, left: left * scale, top: top * scale, right: right * scale, bottom: bottom * scale, low, high };
  }

  /** Closes the help or the table of a chart, first where the focus is. Returns whether one was open. */
  close() {
    const focused = this.#figures.find(({ element }) => element.matches(':focus-within'));
    return focused?.close() || this.#figures.some((figure) => figure.close());
  }

  /** Draws all charts for paper, at once, or for the screen again. @param {boolean} isPrinting */
  print(isPrinting) {
    for (const figure of this.#figures) figure.print(isPrinting);
    this.invalidate();
  }

  /** Puts the scrubber's track where the history has its axis of steps. */
  #placeScrubber() {
    const figure = this.#find(SCRUBBED_CHART);
    if (!figure) return;
    const { width, height, scale } = figure.size;
    const [left, right, end] = this.charts.stepAxis(width, height);
    this.scrubber.place(left * scale, right * scale, end);
  }

  /**
   * Redraws all charts in the next frame.
   * @param {boolean} words Also updates their words.
   * @param {boolean} running The next snapshot comes soon: what is out of sight may wait for one of those, and what
   *   changes with evaluations for the next one.
   */
  invalidate(words = true, running = false) {
    for (const figure of this.#figures) figure.dirty = true;
    this.#unseenDirty ||= !running;
    if (this.outcome && !running) this.outcome.dirty = true;
    this.#scheduleFrame(words);
  }

  /** Draws in the next frame what is out of date then. */
  drawSoon() {
    this.#scheduleFrame();
  }

  #scheduleFrame(words = false) {
    this.#wordsDirty ||= words;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      const begin = performance.now();
      this.listener.ondraw();
      // All pictures before all words: drawing after a change of text would force a style recalculation.
      this.#draw();
      this.outcome?.draw();
      this.overlay?.();
      if (!this.#wordsDirty) return;
      this.#wordsDirty = false;
      for (const figure of this.#figures) figure.updateWords();
      this.#placeScrubber();
      this.listener.onwords(performance.now() - begin);
    });
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #updateSight(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.#outOfSight.delete(target);
      else this.#outOfSight.add(target);
    }
    this.#scheduleFrame();
  }

  /** Draws what is out of date. */
  #draw() {
    const now = performance.now();
    const withUnseen = this.#unseenDirty || now - this.#lastUnseen > UNSEEN_INTERVAL;
    for (const figure of this.#figures) {
      if (figure.dirty && (withUnseen || !this.#outOfSight.has(figure.element))) figure.draw();
    }
    if (withUnseen) this.#lastUnseen = now;
    this.#unseenDirty = false;
  }

  #stopObserving() {
    this.#sight?.disconnect();
    this.#outOfSight.clear();
    for (const { observer } of this.#figures) observer.disconnect();
  }

  /** Their pixels would stay until the garbage collector comes, which does not see how many they are. */
  #freeCanvases() {
    for (const { canvas } of this.#figures) canvas.width = 0;
  }

  /** Removes the charts and frees their memory. */
  dispose() {
    cancelAnimationFrame(this.#frame);
    this.overlay = undefined;
    this.#stopObserving();
    this.element.remove();
    this.#freeCanvases();
    this.charts.free();
  }
}
