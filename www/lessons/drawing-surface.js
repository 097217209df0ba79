// @ts-check
/** What lies over the plot of the main chart while one draws on it: three handles, and room for strokes between them. */
import { el, label } from '../shared/dom.js';
import { wasm } from '../shared/wasm.js';

/** @typedef {import('./profile.js').Profile} Profile */
/** @typedef {import('../shared/words.js').Words} Words */
/** @typedef {NonNullable<import('../charts/figures.js').Figures['guessArea']>} Area */

/** Decades by which keys move a handle. @type {Record<string, number>} */
const STEPS = { ArrowUp: 0.5, ArrowRight: 0.5, ArrowDown: -0.5, ArrowLeft: -0.5, PageUp: 2, PageDown: -2, Home: -Infinity, End: Infinity, Enter: 0, ' ': 0 };

/** So many pixels aside the pointer draws a stroke, where it has taken a handle. */
const STROKE = 24;

/** A power of ten as it is said: 10⁻¹², 3.2 × 10⁻¹³. @param {Words} words @param {number} decades */
function power(words, decades) {
  const sign = decades < 0 ? '⁻' : '';
  const digits = String(Math.abs(decades)).replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]);
  return Number.isInteger(decades) ? `10${sign}${digits}` : words.value({ number: wasm.formatNumber(10 ** decades) });
}

export class DrawingSurface {
  /** @type {HTMLElement[]} */
  #handles = [];
  /** Where the pointer was last in a stroke. @type {{ place: number, value: number } | undefined} */
  #last;
  /**
   * The layer whose handle the pointer moves, how far from its middle it was taken, and where and what was there then.
   * @type {{ layer: number, offset: number, point: { place: number, value: number }, x: number, y: number, values: number[] | null } | undefined}
   */
  #held;

  /** @param {Words} words @param {Profile} profile @param {() => void} onchange */
  constructor(words, profile, onchange) {
    this.words = words;
    this.profile = profile;
    this.onchange = onchange;
    this.element = el('div', { class: 'drawing', role: 'group', 'aria-label': words.text('lesson-guess-legend') });
    this.element.addEventListener('pointerdown', (event) => this.#press(event));
    this.element.addEventListener('pointermove', (event) => this.#drag(event));
    const release = () => (this.#held = this.#last = undefined);
    // A busy page may hear of the last way with the end alone.
    this.element.addEventListener('pointerup', (event) => (this.#drag(event), release()));
    this.element.addEventListener('pointercancel', release);
    // The chart beneath selects a layer.
    this.element.addEventListener('click', (event) => event.stopPropagation());
  }

  /** @param {Area | undefined} area Where the plot is now; undefined where there is none. */
  place(area) {
    const { element } = this;
    if (!area) {
      element.remove();
      return;
    }
    this.profile.range = { low: area.low, high: area.high };
    if (element.parentElement !== area.plot) area.plot.append(element);
    const { left, top, right, bottom } = area;
    Object.assign(element.style, { left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px` });
    this.show();
  }

  /** Nothing can be drawn any more. */
  lock() {
    this.element.inert = true;
    this.#held = this.#last = undefined;
    this.element.classList.add('locked');
  }

  /** Shows the guess as it is now. */
  show() {
    const { profile, words } = this;
    const { low, high } = profile.range;
    const layers = profile.handles;
    if (this.#handles.length !== layers.length) {
      this.#handles = layers.map((_, index) => this.#handle(index));
      this.element.replaceChildren(...this.#handles);
    }
    this.element.classList.toggle('drawn', profile.values !== null);
    for (const [index, layer] of layers.entries()) {
      const handle = this.#handles[index];
      const decades = profile.at(layer);
      const value = power(words, decades);
      const name = profile.nameOf(layer);
      handle.style.left = `${(100 * (layer + 0.5)) / profile.layers}%`;
      handle.style.bottom = `${(100 * (decades - low)) / (high - low)}%`;
      handle.dataset.value = value;
      label(handle, 'aria-label', words.text('lesson-guess-handle', { layer: name }));
      for (const [attribute, number] of [['min', low], ['max', high], ['now', decades]]) handle.setAttribute(`aria-value${attribute}`, String(number));
      label(handle, 'aria-valuetext', words.text('lesson-guess-at', { layer: name, value }));
    }
  }

  /** @param {number} index */
  #handle(index) {
    const handle = el('div', { class: 'guess-handle', role: 'slider', tabindex: '0', 'aria-orientation': 'vertical' });
    handle.addEventListener('keydown', (event) => {
      const step = STEPS[event.key];
      // The focus leaves what is inert with the next frame.
      if (step === undefined || this.element.inert || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      const layer = this.profile.handles[index];
      this.profile.move(layer, this.profile.at(layer) + step);
      this.onchange();
    });
    return handle;
  }

  /** What the pointer points at. @param {PointerEvent} event */
  #pointOf({ clientX, clientY }) {
    const { left, top, width, height } = this.element.getBoundingClientRect();
    const { low, high } = this.profile.range;
    return {
      place: ((clientX - left) / width) * this.profile.layers - 0.5,
      value: high - ((clientY - top) / height) * (high - low),
    };
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (event.button !== 0 || !event.isPrimary) return;
    this.element.setPointerCapture(event.pointerId);
    const point = this.#pointOf(event);
    const index = this.#handles.indexOf(/** @type {HTMLElement} */ (event.target));
    if (index < 0) {
      this.#last = point;
      this.profile.beginStroke();
    } else {
      const layer = this.profile.handles[index];
      const { clientX: x, clientY: y } = event;
      this.#held = { layer, offset: this.profile.at(layer) - point.value, point, x, y, values: this.profile.values };
    }
    this.#drag(event);
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    const point = this.#pointOf(event);
    this.#letGo(event);
    if (this.#held) this.profile.move(this.#held.layer, point.value + this.#held.offset);
    else if (this.#last) this.profile.stroke(this.#last, point);
    else return;
    if (this.#last) this.#last = point;
    this.onchange();
  }

  /** A handle moves up and down alone: who goes sideways draws a stroke that begins at it. @param {PointerEvent} event */
  #letGo({ clientX, clientY }) {
    const held = this.#held;
    if (!held) return;
    const aside = Math.abs(clientX - held.x);
    if (aside < STROKE || aside < Math.abs(clientY - held.y)) return;
    this.#held = undefined;
    this.profile.values = held.values;
    this.profile.beginStroke();
    this.#last = held.point;
  }
}
