// @ts-check
import { el } from '../shared/dom.js';
import { PLACES, nextValue, placeOf, valueAt } from './scale.js';

/** @typedef {import('../types.js').Field} Field */
/** @typedef {import('../types.js').Values} Values */

/** A number with more possible values than this has no slider: it is typed, or drawn at random. */
const MOST_WITH_SLIDER = 1e6;

/**
 * A number: a text field, a slider unless there are too many values, and a button for each word that is also a valid
 * value, such as `full`. @type {import('./controls.js').ControlType}
 */
export function number(field, id, { head, body, change, randomSeed }) {
  /** @type {Values[string]} */
  let current = field.default;
  const hasSlider = field.max <= MOST_WITH_SLIDER;
  const input = textField(field, id);
  input.addEventListener('change', () => {
    // A refused value and its message stay until the field loses the focus.
    if (!change(input.value.trim())) input.setAttribute('aria-invalid', 'true');
  });
  input.addEventListener('blur', () => {
    input.removeAttribute('aria-invalid');
    input.value = String(current);
  });
  const range = hasSlider ? slider(field, change, () => current) : undefined;
  if (range) body.append(range);
  const words = (field.words ?? []).map((word) => wordButton(field, word, change));
  head.append(...words, ...(hasSlider ? [] : [randomButton(field, () => change(randomSeed()))]), input);
  if (field.unit && field.unit !== 'x') head.append(el('span', { class: 'unit' }, [field.unit]));
  return (value) => {
    current = value;
    const root = input.getRootNode();
    const isEdited = root instanceof ShadowRoot && root.activeElement === input;
    if (!isEdited || input.getAttribute('aria-invalid') !== 'true') input.value = String(value);
    if (range) showOnSlider(range, field, value);
    for (const button of words) button.setAttribute('aria-pressed', String(button.textContent === value));
  };
}

/** @param {Field} field @param {string} id */
const textField = (field, id) =>
  /** @type {HTMLInputElement} */ (
    el('input', { id, type: 'text', inputmode: 'decimal', autocomplete: 'off', spellcheck: 'false', class: 'number', title: `${field.help} Allowed: ${field.allowed}.` })
  );

/** @param {Field} field @param {(value: Values[string]) => boolean} change @param {() => Values[string]} current */
function slider(field, change, current) {
  const range = /** @type {HTMLInputElement} */ (
    el('input', { type: 'range', min: '0', max: String(PLACES), step: field.type === 'integer' ? 'any' : '1', 'aria-label': field.label, title: field.help })
  );
  range.addEventListener('input', () => change(valueAt(field, range.valueAsNumber)));
  range.addEventListener('keydown', (event) => {
    const direction = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
    if (!direction) return;
    event.preventDefault();
    // A word counts as the largest number.
    const from = Number.isFinite(Number(current())) ? Number(current()) : field.max;
    change(nextValue(field, from, direction));
  });
  return range;
}

/** @param {HTMLInputElement} range @param {Field} field @param {Values[string]} value */
function showOnSlider(range, field, value) {
  const isWord = (field.words ?? []).includes(String(value));
  const place = isWord ? PLACES : placeOf(field, Number(value));
  // The value is rounded, but a slider that is being dragged must stay where the pointer is.
  const isFar = Math.abs(range.valueAsNumber - place) > PLACES / (field.max - field.min || 1) / 2;
  if (isFar || !range.matches(':active')) range.value = String(place);
  range.setAttribute('aria-valuetext', `${value} ${field.unit}`.trim());
}

/** Chooses a word or, if it is chosen, the default. @param {Field} field @param {string} word @param {(value: Values[string]) => boolean} change */
function wordButton(field, word, change) {
  const button = el('button', { type: 'button', class: 'word', 'aria-pressed': 'false' }, [word]);
  button.addEventListener('click', () => change(button.getAttribute('aria-pressed') === 'true' ? field.default : word));
  return button;
}

/** @param {Field} field @param {() => void} draw */
function randomButton(field, draw) {
  const button = el('button', { type: 'button', class: 'word', title: 'Throw a new one', 'aria-label': `${field.label}: throw a new one` }, ['⚄']);
  button.addEventListener('click', draw);
  return button;
}
