// @ts-check
/** The style sheets of lessons, which are loaded with them. */
import { fetchStyleSheet } from '../shared/assets.js';

/** In the order in which they hold: what room there is has the last word over the card. */
const SHEETS = ['lessons/card.css', 'lessons/puzzle.css', 'lessons/room.css', 'lessons/menu.css'];

/** @type {Promise<CSSStyleSheet[]> | undefined} */
let sheets;

/** Gives them to an element. @param {ShadowRoot | null} shadow */
export async function addLessonStyles(shadow) {
  sheets ??= Promise.all(SHEETS.map((name) => fetchStyleSheet(name)));
  // The failure may be temporary: the next lesson tries again.
  sheets.catch(() => (sheets = undefined));
  const loaded = await sheets;
  if (shadow && !shadow.adoptedStyleSheets.includes(loaded[0])) shadow.adoptedStyleSheets.push(...loaded);
}
