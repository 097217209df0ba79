// @ts-check
/** A guess of dW over the layers in numbers: a power of ten for each layer that has a handle. */
import { el, label, write } from '../shared/dom.js';

/** @typedef {import('./profile.js').Profile} Profile */
/** @typedef {import('../shared/words.js').Words} Words */

export class DrawingInputs {
  /** @type {HTMLInputElement[]} */
  #inputs = [];
  #fields = el('div', { class: 'guess-fields' });
  /** The one in which somebody types. @type {HTMLInputElement | undefined} */
  #typed;
  /** The number of layers that the fields are for. */
  #layers = 0;
  #isChartShown = true;

  /** @param {Words} words @param {Profile} profile @param {() => void} onchange @param {() => void} clear */
  constructor(words, profile, onchange, clear) {
    this.words = words;
    this.profile = profile;
    this.onchange = onchange;
    this.hint = el('p', { class: 'guess-hint', id: 'gf-guess-hint' }, [words.text('lesson-guess-hint')]);
    this.clearButton = el('button', { type: 'button', class: 'guess-clear' }, [words.text('lesson-guess-clear')]);
    this.clearButton.addEventListener('click', () => {
      clear();
      this.#inputs[0].focus();
    });
    const legend = el('legend', {}, [words.text('lesson-guess-legend')]);
    this.element = el('fieldset', { class: 'guess-inputs', 'aria-describedby': 'gf-guess-hint' }, [legend, this.hint, this.#fields]);
  }

  /** Without the chart there is nothing to drag. */
  set isChartShown(/** @type {boolean} */ isShown) {
    if (isShown === this.#isChartShown) return;
    this.#isChartShown = isShown;
    write(this.hint, this.words.text(isShown ? 'lesson-guess-hint' : 'lesson-guess-hint-inputs'));
  }

  /** Shows the guess as it is now, except where one types. */
  show() {
    const { profile } = this;
    if (this.#layers !== profile.layers) this.#makeFields();
    const { low, high } = profile.range;
    const values = profile.values;
    for (const [index, layer] of profile.handles.entries()) {
      const input = this.#inputs[index];
      Object.assign(input, { min: String(low), max: String(high) });
      const text = values ? String(profile.at(layer)) : '';
      if (input !== this.#typed) input.value = text;
    }
    this.clearButton.disabled = !values || this.element.disabled;
  }

  lock() {
    this.element.disabled = true;
    this.clearButton.disabled = true;
  }

  #makeFields() {
    const { profile, words } = this;
    this.#layers = profile.layers;
    this.#inputs = profile.handles.map((_, index) => this.#input(index));
    const fields = profile.handles.map((layer, index) => {
      const [input, name] = [this.#inputs[index], { layer: profile.nameOf(layer) }];
      label(input, 'aria-label', words.text('lesson-guess-handle', name));
      return el('label', {}, [words.text('lesson-guess-layer', name), el('span', { class: 'guess-power' }, [el('span', {}, ['10']), input])]);
    });
    this.#fields.replaceChildren(...fields, this.clearButton);
  }

  /** @param {number} index */
  #input(index) {
    const input = /** @type {HTMLInputElement} */ (el('input', { type: 'number', step: '0.5', class: 'number', autocomplete: 'off' }));
    input.addEventListener('input', () => {
      // Also what is no number yet, such as a sign: what comes late, as the style sheet does, must not write over it.
      this.#typed = input;
      if (!Number.isFinite(input.valueAsNumber)) return;
      this.profile.move(this.profile.handles[index], input.valueAsNumber);
      this.onchange();
    });
    // What is cleared and typed again is no change.
    for (const end of ['change', 'blur']) {
      input.addEventListener(end, () => {
        this.#typed = undefined;
        this.show();
      });
    }
    return input;
  }
}
