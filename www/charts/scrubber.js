// @ts-check
/** The slider under `history`: takes all charts back through the run, and to its end again. */
import { el } from '../shared/dom.js';

export class Scrubber {
  #last = 0;
  #back = false;

  /** @param {(step: number | undefined) => void} travel Undefined goes on with the latest step. */
  constructor(travel) {
    this.slider = /** @type {HTMLInputElement} */ (
      el('input', { type: 'range', min: '0', max: '0', step: '1', value: '0', 'aria-label': 'Go back to a step of the run' })
    );
    this.text = el('output', { class: 'scrub-text' }, ['latest']);
    this.element = el('div', { class: 'scrub', title: 'Go back to a step of the run; End returns to the latest' }, [this.slider, this.text]);
    this.slider.addEventListener('input', () => {
      const step = this.slider.valueAsNumber;
      travel(step >= this.#last ? undefined : step);
    });
  }

  /** The run has come to a step. @param {number} step */
  reached(step) {
    this.#last = step;
    this.slider.max = String(step);
    if (!this.#back) this.slider.value = String(step);
  }

  /** The charts show a step; undefined is the latest. @param {number | undefined} step */
  travelled(step) {
    this.#back = step !== undefined;
    this.text.textContent = step === undefined ? 'latest' : `step ${step}`;
    this.slider.setAttribute('aria-valuetext', this.text.textContent);
    if (step === undefined) this.slider.value = String(this.#last);
  }
}
