// @ts-check
/** Terms in the text that have a curve: pointing at one leaves the others pale. */

/** @param {HTMLElement} lab The style sheet paints its curves by `data-light`. */
export function connectTerms(lab) {
  const terms = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-term]'));
  /** The one that was clicked, and stays. @type {HTMLElement | undefined} */
  let held;
  const light = (/** @type {HTMLElement | undefined} */ term) => {
    const name = (term ?? held)?.dataset.term;
    if (name) lab.dataset.light = name;
    else delete lab.dataset.light;
  };
  const hold = (/** @type {HTMLElement | undefined} */ term) => {
    held?.setAttribute('aria-pressed', 'false');
    held = term === held ? undefined : term;
    held?.setAttribute('aria-pressed', 'true');
    light(held);
  };
  for (const term of terms) {
    term.tabIndex = 0;
    term.setAttribute('role', 'button');
    term.setAttribute('aria-pressed', 'false');
    term.addEventListener('pointerenter', ({ pointerType }) => pointerType === 'mouse' && light(term));
    term.addEventListener('pointerleave', () => light(undefined));
    term.addEventListener('focus', () => light(term));
    term.addEventListener('blur', () => light(undefined));
    term.addEventListener('click', () => hold(term));
    term.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') hold(undefined);
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      hold(term);
    });
  }
}
