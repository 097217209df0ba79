// @ts-check
/** The style sheet of lessons, which is loaded with them. */
import { fetchStyleSheet } from '../shared/assets.js';

/** @type {Promise<CSSStyleSheet> | undefined} */
let sheet;

/** Gives it to an element. @param {ShadowRoot | null} shadow */
export async function addLessonStyles(shadow) {
  sheet ??= fetchStyleSheet('lessons/lessons.css');
  // The failure may be temporary: the next lesson tries again.
  sheet.catch(() => (sheet = undefined));
  const loaded = await sheet;
  if (shadow && !shadow.adoptedStyleSheets.includes(loaded)) shadow.adoptedStyleSheets.push(loaded);
}
