// @ts-check

/**
 * Dispatches an event of the element, which bubbles, also out of shadow roots.
 * @param {HTMLElement} host
 * @param {'snapshot' | 'config' | 'diagnosis' | 'error' | 'lesson'} kind
 * @param {unknown} detail
 */
export function emit(host, kind, detail) {
  host.dispatchEvent(new CustomEvent(`gradient-flow-${kind}`, { detail, bubbles: true, composed: true }));
}
