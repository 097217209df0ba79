// @ts-check
/** The slider below the history: shows an earlier step of the run in all charts, or follows the latest again. */
import { el, label, write } from '../shared/dom.js';

export class Scrubber {
  #latestStep = 0;
  #isBack = false;

  /** @param {import('../shared/words.js').Words} words @param {(step: number | undefined) => void} travel Undefined follows the latest step. */
  constructor(words, travel) {
    this.words = words;
    this.slider = /** @type {HTMLInputElement} */ (
      el('input', { type: 'range', min: '0', max: '0', step: '1', value: '0', 'aria-label': words.text('scrub-label') })
    );
    this.text = el('output', { class: 'scrub-text' }, [words.text('scrub-latest')]);
    this.element = el('div', { class: 'scrub', title: words.text('scrub-title') }, [this.slider, this.text]);
    this.slider.addEventListener('input', () => {
      const step = this.slider.valueAsNumber;
      travel(step >= this.#latestStep ? undefined : step);
    });
  }

  /** The latest step of the run. */
  set latestStep(/** @type {number} */ step) {
    this.#latestStep = step;
    this.slider.max = String(step);
    if (!this.#isBack) this.slider.value = String(step);
  }

  /** The step that the charts show; undefined is the latest. */
  set shownStep(/** @type {number | undefined} */ step) {
    this.#isBack = step !== undefined;
    const text = step === undefined ? this.words.text('scrub-latest') : this.words.text('scrub-step', { step });
    write(this.text, text);
    label(this.slider, 'aria-valuetext', text);
    if (step === undefined) this.slider.value = String(this.#latestStep);
  }
}
