// @ts-check
/** Data files: fetched once, when a config first asks for them. */
import { file } from './assets.js';

/** @type {Map<string, Promise<string>>} */
const tables = new Map();

/**
 * The text of a data file.
 * @param {string} name
 * @returns {Promise<string>}
 */
export function table(name) {
  let text = tables.get(name);
  if (!text) {
    text = read(`data/${name}.csv.deflate`);
    // A failure may pass; the next config that asks tries again.
    text.catch(() => tables.delete(name));
    tables.set(name, text);
  }
  return text;
}

/** @param {string} name */
async function read(name) {
  const response = await file(name);
  const inflated = (await response.blob()).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(inflated).text();
}
