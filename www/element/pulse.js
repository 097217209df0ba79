// @ts-check
/** At a step a pulse runs backwards over the network strip of the main chart: the gradient's way. */
import { el } from '../shared/dom.js';
import { isStill } from './morph.js';

/** Milliseconds from the output to the first layer. Of steps that follow faster, one in so long has a pulse. */
const DURATION = 400;

export class Pulse {
  #element = el('i', { class: 'pulse', 'aria-hidden': 'true' });
  /** @type {Animation | undefined} */
  #animation;

  /** @param {import('../charts/figures.js').Figures} figures */
  beat(figures) {
    if (this.#animation?.playState === 'running' || isStill()) return;
    const strip = figures.strip;
    if (!strip) {
      this.#element.remove();
      return;
    }
    const { plot, left, top, right, bottom } = strip;
    if (this.#element.parentElement !== plot) plot.append(this.#element);
    Object.assign(this.#element.style, { left: `${left}px`, top: `${top}px`, height: `${bottom - top}px` });
    const from = `translateX(${right - left}px)`;
    // Composited: it costs the page nothing.
    this.#animation = this.#element.animate([{ transform: from, opacity: 0 }, { opacity: 1, offset: 0.1 }, { opacity: 1, offset: 0.9 }, { transform: 'none', opacity: 0 }], DURATION);
  }
}
