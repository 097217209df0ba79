// @ts-check
/** The state of a page as the fragment of its address: settings, and the attributes of the view. */
import { VIEW_ATTRIBUTES } from './view-attributes.js';

/**
 * Splits a fragment into the view's attributes and the query string of the settings.
 * @param {string} fragment
 * @returns {{ view: Record<string, string>, query: string }}
 */
export function parseFragment(fragment) {
  const parameters = new URLSearchParams(fragment.replace(/^#/, ''));
  /** @type {Record<string, string>} */
  const view = {};
  for (const name of VIEW_ATTRIBUTES) {
    const value = parameters.get(name);
    if (value !== null) view[name] = value;
    parameters.delete(name);
  }
  return { view, query: parameters.toString() };
}

/**
 * Joins the query string of the settings and the view's attributes into a fragment.
 * @param {string} query
 * @param {Record<string, string>} view
 */
export function formatFragment(query, view) {
  const parameters = new URLSearchParams(view).toString();
  return [query, parameters].filter(Boolean).join('&');
}
