// @ts-check
/** The slider below the history, as long as its axis: shows an earlier step of the run in all charts, or follows the latest. */
import { el, label } from '../shared/dom.js';

export class Scrubber {
  #latestStep = 0;
  /** The step that the charts show, if it is not the latest. @type {number | undefined} */
  #shownStep;

  /** @param {import('../shared/words.js').Words} words @param {(step: number | undefined) => void} travel Undefined follows the latest step. */
  constructor(words, travel) {
    this.words = words;
    this.slider = /** @type {HTMLInputElement} */ (
      el('input', { type: 'range', min: '0', max: '64', step: '1', value: '0', 'aria-label': words.text('scrub-label') })
    );
    this.element = el('div', { class: 'scrub', title: words.text('scrub-title') }, [this.slider]);
    this.slider.addEventListener('input', () => {
      const step = this.slider.valueAsNumber;
      travel(step >= this.#latestStep ? undefined : step);
      this.#update();
    });
  }

  /** Puts the track where the chart has its axis. @param {number} left @param {number} right In CSS pixels from the chart's left. @param {number} end The step at the right end. */
  place(left, right, end) {
    this.element.style.setProperty('--left', `${left}px`);
    this.element.style.setProperty('--length', `${right - left}px`);
    if (this.slider.max === String(end)) return;
    this.slider.max = String(end);
    this.#update();
  }

  /** The latest step of the run. */
  set latestStep(/** @type {number} */ step) {
    this.#latestStep = step;
    this.#update();
  }

  /** The step that the charts show; undefined is the latest. */
  set shownStep(/** @type {number | undefined} */ step) {
    this.#shownStep = step;
    this.#update();
  }

  #update() {
    const { words } = this;
    const step = this.#shownStep;
    // What is shown may be a step beside the one that was asked for: the thumb stays under the pointer.
    if (step === undefined || !this.slider.matches(':active, :focus')) this.slider.value = String(step ?? this.#latestStep);
    // A label that changed with every step would be read aloud with every step.
    label(this.slider, 'aria-valuetext', step === undefined ? words.text('scrub-latest') : words.text('scrub-step', { step }));
  }
}
