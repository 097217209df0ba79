// @ts-check
/** Data files: fetched once, when they are first asked for. */
import { file } from './assets.js';

/** @type {Map<string, Promise<string>>} */
const texts = new Map();

/**
 * The text of a data file.
 * @param {string} name
 * @returns {Promise<string>}
 */
export function inflated(name) {
  let text = texts.get(name);
  if (!text) {
    text = read(`data/${name}.deflate`);
    // A failure may pass; whoever asks next tries again.
    text.catch(() => texts.delete(name));
    texts.set(name, text);
  }
  return text;
}

/** The table of a built-in data set. @param {string} name */
export const table = (name) => inflated(`${name}.csv`);

/** @param {string} name */
async function read(name) {
  const response = await file(name);
  const bytes = (await response.blob()).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(bytes).text();
}
