// @ts-check
import { el } from '../shared/dom.js';

/** Yes or no, as a switch before its label. @type {import('./controls.js').ControlType} */
export function flag(_, id, { head, change }) {
  const box = /** @type {HTMLInputElement} */ (el('input', { id, type: 'checkbox', role: 'switch' }));
  box.addEventListener('change', () => change(box.checked));
  head.prepend(box);
  return (value) => (box.checked = value === true);
}
