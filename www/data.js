// @ts-check
/** Data files: fetched once, when a config first asks for them. */

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
    text = read(new URL(`./data/${name}.csv.deflate`, import.meta.url));
    // A failure may pass; the next config that asks tries again.
    text.catch(() => tables.delete(name));
    tables.set(name, text);
  }
  return text;
}

/** @param {URL} url */
async function read(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The data file ${url.pathname} could not be loaded (${response.status}).`);
  const inflated = (await response.blob()).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(inflated).text();
}
