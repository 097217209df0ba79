// @ts-check
/**
 * Scrolls what an element lies in until it is seen, and the page around the laboratory only if it is still out of sight: a
 * page that holds the laboratory in its place would be scrolled away from what is read there.
 * @param {HTMLElement} element
 */
export function reveal(element) {
  for (let box = element.parentElement; box; box = box.parentElement) {
    if (!/auto|scroll/.test(getComputedStyle(box).overflowY)) continue;
    const [inner, outer] = [element.getBoundingClientRect(), box.getBoundingClientRect()];
    if (inner.bottom > outer.bottom) box.scrollTop += Math.min(inner.bottom - outer.bottom, inner.top - outer.top);
    else if (inner.top < outer.top) box.scrollTop -= outer.top - inner.top;
  }
  const { top, bottom } = element.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) element.scrollIntoView({ block: 'nearest' });
}
