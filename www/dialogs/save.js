// @ts-check
import { el } from '../shared/dom.js';

/** Milliseconds after which the browser has certainly started to read the file. */
const READ_BY_THEN = 60_000;

/** What to say beside a saved file: no script learns whether a frame allows downloads. @param {import('../shared/words.js').Words} words */
export const frameNote = (words) => (window === window.parent ? '' : words.say('export-frame'));

/** Lets the browser save a file. @param {string} name @param {Blob} blob */
export function saveFile(name, blob) {
  const url = URL.createObjectURL(blob);
  el('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), READ_BY_THEN);
}

/** @param {string} name @param {string} type @param {string} text */
export const saveText = (name, type, text) => saveFile(name, new Blob([text], { type }));
