// @ts-check
/** What has been won: accuracy on data that the network has never seen, beside guessing, its curve, and some samples. */
import { el, label, write } from '../shared/dom.js';
import { wasm } from '../shared/wasm.js';

/** @typedef {import('../charts/figures.js').Figures} Figures */
/** @typedef {import('../types.js').Snapshot} Snapshot */
/** @typedef {{ canvas: HTMLCanvasElement, width: number, height: number }} Part */

/** From this part of the way between guessing and all correct on, a network has learned. */
const LEARNED = 0.7;
/** Data whose samples are pictures. */
const PICTURES = 'digits';

/**
 * Accuracy and guessing as text; undefined for regression, which has no accuracy.
 * @param {Pick<Snapshot, 'test_accuracy'>} numbers
 * @param {string[]} classes
 */
export function accuracyTexts({ test_accuracy: accuracy }, classes) {
  if (accuracy === null || classes.length === 0) return undefined;
  const guess = 1 / classes.length;
  // Of a guess nobody wants decimals that are 0.
  return { share: wasm.formatPercent(accuracy), guess: wasm.formatPercent(guess).replace('.0', ''), isLearned: accuracy - guess >= LEARNED * (1 - guess) };
}

export class Outcome {
  /** What draws; undefined while there are no charts. @type {Figures | undefined} */
  figures;
  /** The pictures are out of date: the charts' next frame draws them too. */
  dirty = true;
  /** Of which evaluation they are. */
  #evaluation = '';

  /**
   * @param {import('../shared/words.js').Words} words
   * @param {() => void} onvisible Is called when the samples come into sight or leave it.
   */
  constructor(words, onvisible) {
    this.words = words;
    this.onvisible = onvisible;
    this.share = el('b', { class: 'share-correct' });
    this.of = el('span', { class: 'of' });
    this.guess = el('span', { class: 'guess' });
    /** @type {Record<'accuracy' | 'samples', Part>} */
    this.parts = { accuracy: this.#part('curve'), samples: this.#part('samples') };
    this.element = el('section', { class: 'outcome', 'aria-label': words.text('outcome-label') }, [
      el('div', { class: 'score' }, [this.share, this.of, this.guess]),
      ...Object.values(this.parts).map(({ canvas }) => el('div', { class: `${canvas.className}-box` }, [canvas])),
    ]);
    this.observer = new ResizeObserver((entries) => this.#resize(entries));
    for (const { canvas } of Object.values(this.parts)) this.observer.observe(/** @type {Element} */ (canvas.parentElement));
  }

  /** @param {string} name @returns {Part} */
  #part(name) {
    return { canvas: /** @type {HTMLCanvasElement} */ (el('canvas', { class: name, role: 'img' })), width: 0, height: 0 };
  }

  /** @param {ResizeObserverEntry[]} entries */
  #resize(entries) {
    const wasVisible = this.hasSamples;
    for (const { target, contentRect } of entries) {
      const part = Object.values(this.parts).find(({ canvas }) => canvas.parentElement === target);
      if (part) [part.width, part.height] = [Math.floor(contentRect.width), Math.floor(contentRect.height)];
    }
    if (this.hasSamples !== wasVisible) this.onvisible();
    this.dirty = true;
    this.figures?.drawSoon();
  }

  /** Whether samples are in sight, and the worker has to say what the network predicts. */
  get hasSamples() {
    return this.parts.samples.width > 0;
  }

  /**
   * @param {import('../types.js').StepNumbers & Partial<Pick<Snapshot, 'test_step' | 'predictions'>>} numbers Of the step
   *   on the screen; of the latest one also its evaluation.
   * @param {string[]} classes Their names.
   * @param {import('../types.js').Values} config
   */
  show(numbers, classes, config) {
    const { words } = this;
    const texts = accuracyTexts(numbers, classes);
    const number = (/** @type {string} */ digits) => words.value({ number: digits });
    this.element.dataset.samples = config.data === PICTURES ? 'row' : 'square';
    this.element.classList.toggle('learned', texts?.isLearned === true);
    const share = texts ? number(texts.share) : number(wasm.formatNumber(numbers.test_loss));
    if (this.share.textContent !== share) this.share.textContent = share;
    const of = texts ? words.text('outcome-of', { data: String(config.data) }) : words.text('outcome-loss');
    if (this.of.textContent !== String(of)) write(this.of, of);
    const guess = texts ? words.text('outcome-guess', { guess: { number: texts.guess } }) : '';
    if (this.guess.textContent !== String(guess)) write(this.guess, guess);
    // Between evaluations there is nothing new to draw. The first one of a run comes twice: at first without predictions.
    const { test_step, predictions: { x, confusion } = {} } = numbers;
    const evaluation = [test_step, x?.length, confusion?.length].join();
    if (evaluation !== this.#evaluation) this.dirty = true;
    this.#evaluation = evaluation;
  }

  /** Draws the pictures, if they are out of date. */
  draw() {
    const { figures } = this;
    if (!this.dirty || !figures) return;
    this.dirty = false;
    const scale = figures.textScale * figures.scale;
    for (const name of /** @type {const} */ (['accuracy', 'samples'])) {
      const { canvas, width, height } = this.parts[name];
      if (width < 1 || height < 1) continue;
      figures.charts.drawPart(name, canvas, Math.floor(width / scale), Math.floor(height / scale), (window.devicePixelRatio || 1) * scale);
      const text = figures.charts.partText(name);
      if (canvas.getAttribute('aria-label') !== text) label(canvas, 'aria-label', text);
    }
  }
}
