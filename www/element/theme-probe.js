// @ts-check
/**
 * Tells the charts the theme: light or dark, the colours, which a page may set by custom properties, and the size of text.
 *
 * CSS computes them as properties of an invisible element. That they have a transition makes every change an event,
 * whatever caused it: the system, an attribute, a class of the page.
 */
import { el } from '../shared/dom.js';

/** The properties that hold the colours, in the order of `Charts.paint`: ground, ink, muted, grid, dw, delta, a. */
const COLOUR_PROPERTIES = /** @type {const} */ (['backgroundColor', 'color', 'caretColor', 'columnRuleColor', 'outlineColor', 'textDecorationColor', 'borderTopColor']);
/** The usual size of text, in pixels: charts are made for it. */
const USUAL_SIZE = 16;
/** A ground below this luminance is dark: black and white text have the same contrast on it. */
const DARK = 0.179;

/**
 * The channels, from 0 to 1, of a computed colour: `rgb(…)` or `color(srgb …)`, which the style sheet sees to. Not read back
 * from a canvas, where browsers that resist fingerprinting return noise.
 * @param {string} colour
 */
function channels(colour) {
  const scale = colour.startsWith('rgb') ? 255 : 1;
  const numbers = colour.replaceAll('none', '0').match(/-?[\d.]+(e-?\d+)?/g) ?? [];
  return [0, 1, 2].map((index) => Math.min(1, Math.max(0, Number(numbers[index] ?? 0) / scale)));
}

/** A computed colour as 0xRRGGBB. @param {string} colour */
const toRGB = (colour) => channels(colour).reduce((rgb, channel) => rgb * 256 + Math.round(channel * 255), 0);

/** The relative luminance of WCAG. @param {string} colour */
function luminance(colour) {
  const [red, green, blue] = channels(colour).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export class ThemeProbe {
  element = el('i', { class: 'theme-probe', 'aria-hidden': 'true' });

  /** @param {() => void} onchange */
  constructor(onchange) {
    this.element.addEventListener('transitionend', onchange);
  }

  get isDark() {
    return luminance(getComputedStyle(this.element).backgroundColor) < DARK;
  }

  get colours() {
    const style = getComputedStyle(this.element);
    return Uint32Array.from(COLOUR_PROPERTIES, (name) => toRGB(style[name]));
  }

  /** The reader's size of text, as a multiple of the usual one. */
  get textScale() {
    return Number.parseFloat(getComputedStyle(this.element).fontSize) / USUAL_SIZE || 1;
  }
}
