// @ts-check
/** All charts of an element: what they show, and when they are drawn. */
import { el, retell } from '../shared/dom.js';
import { ChartPicker } from './chart-picker.js';
import { Figure } from './figure.js';
import { Scene } from './scene.js';
import { Scrubber } from './scrubber.js';

/** @typedef {import('../types.js').ChartInfo} ChartInfo */

/** The chart that has the scrubber below it. */
const SCRUBBED_CHART = 'history';

/** Milliseconds between pictures of the charts that are scrolled out of sight, during a run. */
const UNSEEN_INTERVAL = 400;

export class Figures {
  /** Keeps the history of the run and draws it, in wasm. */
  charts;
  /** The selected layer, counted from 0. @type {number | undefined} */
  selected;
  /** @type {Figure[]} */
  #figures = [];
  /** Those that are scrolled out of sight. @type {Set<Element>} */
  #outOfSight = new Set();
  #sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.#outOfSight.delete(target);
      else this.#outOfSight.add(target);
    }
    this.#scheduleFrame();
  });
  /** When those were last drawn. */
  #lastUnseen = 0;
  /** The next frame draws what is out of sight too. */
  #unseenDirty = true;
  /** The animation frame in which the charts are drawn; 0 is none. */
  #frame = 0;
  /** The next frame also updates words. */
  #wordsDirty = true;
  #grid = el('div', { class: 'grid' });
  element = el('div', { class: 'figures' });

  /**
   * @param {import('../shared/words.js').Words} words
   * @param {{ ondraw: () => void, onselect: () => void, ontravel: (step: number | undefined) => void,
   *   onchoose: (ids: string[]) => void }} listener `ondraw` is called before drawing.
   */
  constructor(words, listener) {
    this.words = words;
    this.listener = listener;
    this.charts = new Scene(words);
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
      onselect: (/** @type {number | undefined} */ layer, /** @type {boolean} */ isClick) => {
        // A click beside the layers changes nothing; one on the selected layer deselects it.
        if (layer === undefined && isClick) return;
        this.select(isClick && layer === this.selected ? undefined : layer);
      },
    };
    this.#figures = infos.map((info) => new Figure(this.words, info, this.charts, listener));
    this.#grid.replaceChildren(...this.#figures.map((figure) => figure.element));
    for (const { element } of this.#figures) this.#sight.observe(element);
    this.#grid.dataset.count = String(infos.length);
    this.#find(SCRUBBED_CHART)?.element.append(this.scrubber.element);
    this.picker.show(infos.map(({ id }) => id));
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

  /**
   * Redraws all charts in the next frame.
   * @param {boolean} words Also updates their words.
   * @param {boolean} running The next snapshot comes soon: what is out of sight may wait for one of those.
   */
  invalidate(words = true, running = false) {
    for (const figure of this.#figures) figure.dirty = true;
    this.#unseenDirty ||= !running;
    this.#scheduleFrame(words);
  }

  #scheduleFrame(words = false) {
    this.#wordsDirty ||= words;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.listener.ondraw();
      // All pictures before all words: drawing after a change of text would force a style recalculation.
      this.#draw();
      if (this.#wordsDirty) for (const figure of this.#figures) figure.updateWords();
      this.#wordsDirty = false;
    });
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
    this.#sight.disconnect();
    this.#outOfSight.clear();
    for (const { observer } of this.#figures) observer.disconnect();
  }

  /** Removes the charts and frees their memory. */
  dispose() {
    cancelAnimationFrame(this.#frame);
    this.#stopObserving();
    this.element.remove();
    this.charts.free();
  }
}
