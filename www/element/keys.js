// @ts-check
/** The element's keys: space runs and pauses, s steps, r restarts, p keeps the run, f presents, Escape goes back. */

/** What is typed there is text. */
const TEXT = 'textarea, select, input:not([type="range"], [type="checkbox"])';
/** Space is their own. */
const PRESSED = 'button, summary, input[type="checkbox"], a[href]';

/**
 * @param {import('./element.js').GradientFlow} lab
 * @param {KeyboardEvent} event
 * @param {{ escape: () => boolean, restart: () => void, togglePin: () => void, present: () => void }} actions `escape` returns whether there was anything to go back from.
 */
export function handleKey(lab, event, actions) {
  const { key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  // Keys are the dialog's, Escape too, wherever the focus has gone.
  if (lab.shadowRoot?.querySelector('dialog[open]')) return;
  if (key === 'Escape') {
    if (event.defaultPrevented || !actions.escape()) return;
    // A dialog of the page around it stays open.
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  // While the element has the focus, keys do not also turn the pages of a book or of slides around it.
  if (key !== 'Tab') event.stopPropagation();
  const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
  if (target.matches(TEXT) || (key === ' ' ? target.matches(PRESSED) : lab.keys === 'off')) return;
  const act = {
    ' ': () => (lab.running ? lab.pause() : lab.run()),
    s: () => lab.step().catch(() => {}),
    r: () => actions.restart(),
    p: () => actions.togglePin(),
    f: () => actions.present(),
  }[key];
  if (!act) return;
  event.preventDefault();
  // A key that is held down makes steps, and does everything else once.
  if (!event.repeat || key === 's') act();
}
