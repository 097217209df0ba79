// @ts-check
/** The element's keys: space runs and pauses, s steps, r resets, p pins. */

/**
 * @param {import('./element.js').GradientFlow} lab
 * @param {KeyboardEvent} event
 */
export function handleKey(lab, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  // While the element has the focus, keys do not also turn the pages of a book or of slides around it.
  if (event.key !== 'Escape' && event.key !== 'Tab') event.stopPropagation();
  const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
  if (target.matches('input, select, textarea, button, summary')) return;
  const act = {
    ' ': () => (lab.running ? lab.pause() : lab.run()),
    s: () => lab.step().catch(() => {}),
    r: () => lab.reset(),
    p: () => lab.pin(),
  }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}
