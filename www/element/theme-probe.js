// @ts-check
/**
 * Tells the charts the theme: light or dark, and the colours, which a page may set by custom properties.
 *
 * CSS computes the colours as properties of an invisible element. That they have a transition makes every change an
 * event, whatever caused it: the system, an attribute, a class of the page.
 */
import { el } from '../shared/dom.js';

/** The properties that hold the colours, in the order of `Charts.paint`: ground, ink, muted, grid, dw, delta. */
const COLOUR_PROPERTIES = /** @type {const} */ (['backgroundColor', 'color', 'caretColor', 'columnRuleColor', 'outlineColor', 'textDecorationColor']);

const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

/** Any CSS colour as 0xRRGGBB. @param {string} colour */
function toRGB(colour) {
  if (!context) return 0;
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return (red << 16) | (green << 8) | blue;
}

export class ThemeProbe {
  element = el('i', { class: 'theme-probe', 'aria-hidden': 'true' });

  /** @param {() => void} onchange */
  constructor(onchange) {
    this.element.addEventListener('transitionend', onchange);
  }

  get isDark() {
    return toRGB(getComputedStyle(this.element).borderTopColor) === 0;
  }

  get colours() {
    const style = getComputedStyle(this.element);
    return Uint32Array.from(COLOUR_PROPERTIES, (name) => toRGB(style[name]));
  }
}
