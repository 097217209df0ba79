// @ts-check
/**
 * How the element looks: light or dark, and the colours that a page may set by custom properties, for the charts.
 *
 * The style computes them as properties of an element that nobody sees; that they transition tells every
 * change, whatever made it: the system, an attribute, a class of the page.
 */
import { el } from '../shared/dom.js';

/** The properties in the order of `Charts.paint`: ground, ink, muted, grid, dw, delta. */
const COLOURS = /** @type {const} */ (['backgroundColor', 'color', 'caretColor', 'columnRuleColor', 'outlineColor', 'textDecorationColor']);

const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

/** 0xRRGGBB of any colour that CSS knows. @param {string} colour */
function rgb(colour) {
  if (!context) return 0;
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return (red << 16) | (green << 8) | blue;
}

export class Look {
  element = el('i', { class: 'look', 'aria-hidden': 'true' });

  /** @param {() => void} changed */
  constructor(changed) {
    this.element.addEventListener('transitionend', changed);
  }

  get dark() {
    return rgb(getComputedStyle(this.element).borderTopColor) === 0;
  }

  get colours() {
    const style = getComputedStyle(this.element);
    return Uint32Array.from(COLOURS, (name) => rgb(style[name]));
  }
}
