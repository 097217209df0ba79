// @ts-check
/**
 * A guess that is drawn: dW over the layers, on the main chart itself, which hides the truth until it is revealed. The same
 * by numbers, in `element`, for keyboards, screen readers and pages that do not show the chart.
 *
 * const drawing = new Drawing({ figures, words, layers: depth + 1, onchange: (value) => ... });
 * card.append(drawing.element);
 * drawing.value; drawing.set(values); drawing.layers = n; drawing.lock();
 * const grade = await drawing.reveal(snapshot.layers.dw_rms);
 * drawing.dispose();
 */
import { isStill } from '../element/morph.js';
import { fetchStyleSheet } from '../shared/assets.js';
import { retell } from '../shared/dom.js';
import { loadTools, tools } from '../shared/tools.js';
import { Text } from '../shared/words.js';
import { DrawingInputs } from './drawing-inputs.js';
import { DrawingSurface } from './drawing-surface.js';
import { Profile } from './profile.js';

/** @typedef {import('../charts/figures.js').Figures} Figures */
/** @typedef {import('../shared/words.js').Words} Words */
/** How a guess compares with what was measured: whether it is about right, and the difference in words. @typedef {{ close: boolean, said: import('../types.js').Said }} Grade */

/** Milliseconds in which the truth comes in. */
const DURATION = 800;

/** @type {Promise<CSSStyleSheet> | undefined} */
let sheet;

function styleSheet() {
  sheet ??= fetchStyleSheet('lessons/drawing.css');
  // The failure may be temporary: the next drawing tries again.
  sheet.catch(() => (sheet = undefined));
  return sheet;
}

export class Drawing {
  #profile;
  #surface;
  #inputs;
  #isLocked = false;
  /** From 0 to 1. */
  #revealed = 0;
  /** What the chart's note says in place of its own. @type {Text | undefined} */
  #note;
  /** The main chart, whose note has more room than usual. @type {HTMLElement | null | undefined} */
  #figure;
  /** Called when the charts have been drawn. */
  #place = () => this.#placeSurface();

  /**
   * @param {object} of
   * @param {Figures} of.figures
   * @param {Words} of.words
   * @param {number} of.layers The output layer included.
   * @param {(value: number[] | null) => void} [of.onchange] The reader has drawn.
   */
  constructor({ figures, words, layers, onchange = () => {} }) {
    this.figures = figures;
    this.words = words;
    this.onchange = onchange;
    this.#profile = new Profile(layers);
    const change = () => this.#change();
    this.#surface = new DrawingSurface(words, this.#profile, change);
    this.#inputs = new DrawingInputs(words, this.#profile, change, () => {
      this.#profile.values = null;
      change();
    });
    /** What stands under the question: the guess in numbers. */
    this.element = this.#inputs.element;
    figures.overlay = this.#place;
    this.#show();
    this.#load();
  }

  /** Words and style are loaded with the first drawing. Without its style, the numbers can be entered all the same. */
  async #load() {
    await Promise.allSettled([this.words.load('lessons'), this.#attachStyle()]);
    for (const element of [this.element, this.#surface.element]) retell(element);
    if (!this.#isAlive) return;
    if (!this.#isLocked) this.#note = this.words.text('lesson-guess-hidden');
    this.figures.charts.speak();
    this.#show();
  }

  async #attachStyle() {
    const loaded = await styleSheet();
    const root = this.figures.element.getRootNode();
    if (root instanceof ShadowRoot && !root.adoptedStyleSheets.includes(loaded)) root.adoptedStyleSheets.push(loaded);
  }

  /** Whether the charts are there, and show this drawing. */
  get #isAlive() {
    return this.figures.overlay === this.#place;
  }

  /** log10 of dW's RMS in each layer, the first one first; null while nothing is drawn. */
  get value() {
    return this.#profile.values;
  }

  /** Brings a guess back. That of a network with another number of layers keeps its shape. @param {number[] | null} values */
  set(values) {
    this.#profile.values = values;
    this.#show();
  }

  get layers() {
    return this.#profile.layers;
  }

  set layers(layers) {
    if (layers === this.layers) return;
    this.#profile.resize(layers);
    this.#show();
  }

  #change() {
    this.#show();
    this.onchange(this.value);
  }

  /** Nothing can be drawn any more. */
  lock() {
    this.#isLocked = true;
    this.#surface.lock();
    this.#inputs.lock();
  }

  /**
   * Lets the truth come in over the guess, from the output layer to the first; the chart's note then tells the difference.
   * @param {Float32Array} [dw] dW's RMS as it was measured. @returns {Promise<Grade | undefined>} undefined where nothing was drawn.
   */
  async reveal(dw) {
    this.lock();
    this.#note = undefined;
    // What cannot be loaded does not hide the truth.
    const loading = loadTools().then(() => true, () => false);
    await this.#sweep();
    const guess = this.value;
    if (!dw || !guess || !(await loading)) return undefined;
    // Hidden layers alone are compared: the output layer's dW is of another kind.
    /** @type {Grade} */
    const grade = JSON.parse(tools.gradeDrawing(Float64Array.from(guess.slice(0, -1)), dw));
    this.#note = new Text(this.words, grade.said);
    this.#show();
    return grade;
  }

  /** @returns {Promise<void>} */
  #sweep() {
    return new Promise((resolve) => {
      const begin = performance.now();
      const end = () => {
        clearTimeout(timer);
        this.#revealed = 1;
        this.#show();
        resolve();
      };
      // A page that is out of sight has no frames.
      const timer = setTimeout(end, 2 * DURATION);
      const draw = (/** @type {number} */ now) => {
        const progress = Math.max(0, (now - begin) / DURATION);
        if (this.#revealed === 1) return;
        if (progress >= 1 || !this.#isAlive) {
          end();
          return;
        }
        // Slow at both ends.
        this.#revealed = progress * progress * (3 - 2 * progress);
        this.#show();
        requestAnimationFrame(draw);
      };
      if (isStill() || this.#revealed === 1 || !this.figures.guessArea) end();
      else requestAnimationFrame(draw);
    });
  }

  #show() {
    this.#inputs.show();
    this.#surface.show();
    if (!this.#isAlive) return;
    this.figures.guess(this.#profile.line, this.#revealed, this.#note);
  }

  #placeSurface() {
    const area = this.figures.guessArea;
    this.#figure = area?.plot.parentElement;
    this.#figure?.classList.add('guessed');
    this.#surface.place(this.#revealed > 0 ? undefined : area);
    this.#inputs.isChartShown = area !== undefined;
  }

  /** The chart is as usual again. */
  dispose() {
    this.#revealed = 1;
    this.#surface.element.remove();
    this.#figure?.classList.remove('guessed');
    this.element.remove();
    if (!this.#isAlive) return;
    this.figures.overlay = undefined;
    this.figures.guess(new Float64Array(), -1);
  }
}
