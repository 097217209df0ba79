// @ts-check
import { el } from '../shared/dom.js';
import { PLACES, nextValue, placeOf, valueAt } from './scale.js';

/** @typedef {import('../types.js').Field} Field */
/** @typedef {import('../types.js').Values} Values */
/** @typedef {import('../shared/words.js').Words} Words */

/** A number with more possible values than this has no slider: it is typed, or drawn at random. */
const MOST_WITH_SLIDER = 1e6;

/**
 * A number: a text field, a slider unless there are too many values, and a button for each word that is also a valid
 * value, such as `full`. @type {import('./controls.js').ControlType}
 */
export function number(field, id, { words, head, body, change, randomSeed }) {
  /** @type {Values[string]} */
  let current = field.default;
  const hasSlider = field.max <= MOST_WITH_SLIDER;
  const input = textField(id);
  input.addEventListener('change', () => {
    // A refused value and its message stay until the field loses the focus.
    if (!change(words.readNumber(input.value.trim()))) input.setAttribute('aria-invalid', 'true');
  });
  input.addEventListener('blur', () => {
    input.removeAttribute('aria-invalid');
    input.value = String(current);
  });
  const range = hasSlider ? slider(field, change, () => current) : undefined;
  if (range) body.append(range);
  const wordButtons = (field.words ?? []).map((word) => wordButton(field, word, change));
  head.append(...wordButtons, ...(hasSlider ? [] : [randomButton(words, field, () => change(randomSeed()))]), input);
  if (field.unit && !['x', '×'].includes(field.unit)) head.append(el('span', { class: 'unit' }, [field.unit]));
  return (value) => {
    current = value;
    const root = input.getRootNode();
    const isEdited = root instanceof ShadowRoot && root.activeElement === input;
    if (!isEdited || input.getAttribute('aria-invalid') !== 'true') input.value = String(value);
    if (range) showOnSlider(words, range, field, value);
    for (const button of wordButtons) button.setAttribute('aria-pressed', String(button.textContent === value));
  };
}

/** @param {string} id */
const textField = (id) =>
  /** @type {HTMLInputElement} */ (
    el('input', { id, type: 'text', inputmode: 'decimal', autocomplete: 'off', spellcheck: 'false', class: 'number', 'aria-describedby': `${id}-help` })
  );

/** @param {Field} field @param {(value: Values[string]) => boolean} change @param {() => Values[string]} current */
function slider(field, change, current) {
  const range = /** @type {HTMLInputElement} */ (
    el('input', { type: 'range', min: '0', max: String(PLACES), step: field.type === 'integer' ? 'any' : '1', 'aria-label': field.label })
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

/** @param {Words} words @param {HTMLInputElement} range @param {Field} field @param {Values[string]} value */
function showOnSlider(words, range, field, value) {
  const isWord = (field.words ?? []).includes(String(value));
  const place = isWord ? PLACES : placeOf(field, Number(value));
  // The value is rounded, but a slider that is being dragged must stay where the pointer is.
  const isFar = Math.abs(range.valueAsNumber - place) > PLACES / (field.max - field.min || 1) / 2;
  if (isFar || !range.matches(':active')) range.value = String(place);
  const text = field.unit ? words.say('field-value', { value: String(value), unit: field.unit }) : String(value);
  range.setAttribute('aria-valuetext', text);
}

/** Chooses a word or, if it is chosen, the default. @param {Field} field @param {string} word @param {(value: Values[string]) => boolean} change */
function wordButton(field, word, change) {
  const button = el('button', { type: 'button', class: 'word', 'aria-pressed': 'false' }, [word]);
  button.addEventListener('click', () => change(button.getAttribute('aria-pressed') === 'true' ? field.default : word));
  return button;
}

/** @param {Words} words @param {Field} field @param {() => void} draw */
function randomButton(words, field, draw) {
  const button = el('button', { type: 'button', class: 'word', title: words.text('field-random'), 'aria-label': words.text('field-random.label', { label: field.label }) }, ['⚄']);
  button.addEventListener('click', draw);
  return button;
}
