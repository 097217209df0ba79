// @ts-check
import { el } from '../shared/dom.js';

/** One of several names, chosen from a list. @type {import('./controls.js').ControlType} */
export function choice(field, id, { body, change }) {
  const options = field.choices.map(({ name, label, help }) => el('option', { value: name, title: help }, [label]));
  const select = /** @type {HTMLSelectElement} */ (el('select', { id, 'aria-describedby': `${id}-help` }, options));
  select.addEventListener('change', () => change(select.value));
  body.append(select);
  return (value) => {
    select.value = String(value);
    select.title = field.choices.find((option) => option.name === value)?.help ?? field.help;
  };
}
