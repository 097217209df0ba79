// @ts-check
/** The slider below the history: shows an earlier step of the run in all charts, or follows the latest again. */
import { el } from '../shared/dom.js';

export class Scrubber {
  #latestStep = 0;
  #isBack = false;

  /** @param {(step: number | undefined) => void} travel Undefined follows the latest step. */
  constructor(travel) {
    this.slider = /** @type {HTMLInputElement} */ (
      el('input', { type: 'range', min: '0', max: '0', step: '1', value: '0', 'aria-label': 'Go back to a step of the run' })
    );
    this.text = el('output', { class: 'scrub-text' }, ['latest']);
    this.element = el('div', { class: 'scrub', title: 'Go back to a step of the run; End returns to the latest' }, [this.slider, this.text]);
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
    this.text.textContent = step === undefined ? 'latest' : `step ${step}`;
    this.slider.setAttribute('aria-valuetext', this.text.textContent);
    if (step === undefined) this.slider.value = String(this.#latestStep);
  }
}
