// @ts-check
/** The frame of all dialogs. Modules and style sheet are loaded when a dialog is opened. */
import { fetchStyleSheet } from '../shared/assets.js';
import { el } from '../shared/dom.js';

/** @typedef {import('../shared/words.js').Text} Text */
/** @typedef {import('../shared/words.js').Words} Words */

/** @type {Promise<CSSStyleSheet> | undefined} */
let sheet;

function styleSheet() {
  sheet ??= fetchStyleSheet('dialogs/dialogs.css');
  // The failure may be temporary: the next dialog tries again.
  sheet.catch(() => (sheet = undefined));
  return sheet;
}

/**
 * Opens a modal dialog, which is removed when it is closed.
 * @param {import('../gradient-flow.js').GradientFlow} lab
 * @param {Words} words
 * @param {Text} title
 * @param {string} className
 * @param {(Node | string)[]} children
 * @param {Node[]} [besideTitle]
 */
export async function openDialog(lab, words, title, className, children, besideTitle = []) {
  const loaded = await styleSheet();
  const shadow = /** @type {ShadowRoot} */ (lab.shadowRoot);
  if (!shadow.adoptedStyleSheets.includes(loaded)) shadow.adoptedStyleSheets.push(loaded);
  const close = el('button', { type: 'button', class: 'small', 'aria-label': words.text('dialog-close'), title: words.text('dialog-close') }, ['×']);
  const head = el('div', { class: 'dialog-head' }, [el('h2', {}, [title]), ...besideTitle, close]);
  const dialog = el('dialog', { class: `dialog ${className}`, 'aria-label': title }, [head, ...children]);
  close.addEventListener('click', () => (dialog.close ? dialog.close() : dialog.remove()));
  dialog.addEventListener('close', () => dialog.remove());
  // Pressing the backdrop closes the dialog.
  dialog.addEventListener('pointerdown', (event) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    if (event.target === dialog && (x < left || x > right || y < top || y > bottom)) dialog.close();
  });
  // The element's keyboard shortcuts do not apply in a dialog.
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  (shadow.querySelector('.lab') ?? shadow).append(dialog);
  // Where there are no modal dialogs it stands over the page all the same.
  if (dialog.showModal) dialog.showModal();
  else dialog.setAttribute('open', '');
  // Browsers refuse `autofocus` in frames of other origins, and complain.
  /** @type {HTMLElement | null} */ (dialog.querySelector('[data-first]'))?.focus();
  return dialog;
}
