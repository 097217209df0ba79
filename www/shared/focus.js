// @ts-check
/** Keeps the focus in the laboratory when the focused element goes: otherwise the page would begin again at its top. */

/** @param {Element} element */
const isThere = (element) => element.isConnected && (element.checkVisibility?.({ visibilityProperty: true }) ?? true);

/**
 * Does what may remove or hide the focused element: then the first of `next` that can takes the focus.
 * @param {HTMLElement} within Only the focus in it counts.
 * @param {() => void} act
 * @param {...(HTMLElement | null | undefined)} next
 */
export function keepFocus(within, act, ...next) {
  const root = within.getRootNode();
  const focused = root instanceof ShadowRoot && within.contains(root.activeElement) ? root.activeElement : null;
  act();
  if (focused && !isThere(focused)) moveFocus(...next);
}

/** Focuses the first that can take the focus. @param {...(HTMLElement | null | undefined)} elements */
export function moveFocus(...elements) {
  for (const element of elements) {
    element?.focus();
    if (element?.matches(':focus')) return;
  }
}
