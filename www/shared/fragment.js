// @ts-check
/** The page's address as its state: the config's fields and the view's own keys. */

/** The view's keys, which are not the config's. */
export const VIEW_KEYS = ['charts', 'controls', 'speed', 'theme', 'autoplay'];

/**
 * Parts a fragment into the view's keys and the config's query string.
 * @param {string} fragment
 * @returns {{ view: Record<string, string>, query: string }}
 */
export function read(fragment) {
  const pairs = new URLSearchParams(fragment.replace(/^#/, ''));
  /** @type {Record<string, string>} */
  const view = {};
  for (const key of VIEW_KEYS) {
    const value = pairs.get(key);
    if (value !== null) view[key] = value;
    pairs.delete(key);
  }
  return { view, query: pairs.toString() };
}

/**
 * Joins the config's query string and the view's keys into a fragment.
 * @param {string} query
 * @param {Record<string, string>} view
 */
export function write(query, view) {
  const pairs = new URLSearchParams(view).toString();
  return [query, pairs].filter(Boolean).join('&');
}
