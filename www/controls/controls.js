// @ts-check
/** The controls, made from the schema alone. */
import { STEPS, neighbour, position, valueAt } from './scale.js';
import { el } from '../shared/dom.js';
import { within } from '../shared/format.js';

/** @typedef {import('../types.js').Field} Field */
/** @typedef {import('../types.js').Schema} Schema */
/** @typedef {import('../types.js').Values} Values */

/** A whole number with more values than a slider has places is typed, or thrown by dice. */
const TYPED = 1e6;

export class Controls {
  /** @type {Map<string, { field: Field, row: HTMLElement, show: (value: Values[string]) => void, reset: HTMLElement, error: HTMLElement }>} */
  #rows = new Map();
  /** @type {Map<string, HTMLElement>} */ #digests = new Map();
  /** @type {Schema} */ #schema;
  /** @type {Values} */ #defaults = {};

  /**
   * @param {Schema} schema
   * @param {string[]} names The fields that are shown.
   * @param {{ change: (patch: Values) => void, dice: () => number }} actions `change` throws what is refused.
   */
  constructor(schema, names, actions) {
    this.#schema = schema;
    this.actions = actions;
    this.element = el('form', { class: 'controls', 'aria-label': 'Settings', novalidate: '' });
    this.element.addEventListener('submit', (event) => event.preventDefault());
    const shown = schema.fields.filter((field) => names.includes(field.name));
    const few = shown.length <= 4;
    const atHand = shown.filter((field) => few || field.at_hand);
    this.element.append(...atHand.map((field) => this.#row(field)));
    for (const group of few ? [] : schema.groups) {
      const fields = shown.filter((field) => field.group === group.name && !field.at_hand);
      if (fields.length === 0) continue;
      const digest = el('span', { class: 'digest' });
      this.#digests.set(group.name, digest);
      const summary = el('summary', { title: group.help }, [el('span', {}, [group.label]), digest]);
      this.element.append(el('details', { 'data-group': group.name }, [summary, ...fields.map((f) => this.#row(f))]));
    }
  }

  /** Puts something beneath a field. @param {string} name @param {HTMLElement} element */
  append(name, element) {
    this.#rows.get(name)?.row.append(element);
  }

  /** Shows a config. @param {Values} config @param {Values} defaults */
  show(config, defaults) {
    this.#defaults = defaults;
    for (const { field, row, show, reset, error } of this.#rows.values()) {
      show(config[field.name]);
      row.classList.toggle('changed', config[field.name] !== defaults[field.name]);
      reset.title = `Back to ${defaults[field.name]}`;
      reset.setAttribute('aria-label', `${field.label}: back to ${defaults[field.name]}`);
      const { relevant } = field;
      row.hidden = relevant !== null && !relevant.values.includes(String(config[relevant.field]));
      error.textContent = '';
    }
    for (const [group, digest] of this.#digests) digest.textContent = this.#digest(group, config);
  }

  /** What stands behind a closed group's name: what differs from the defaults, or its first field. */
  #digest(/** @type {string} */ group, /** @type {Values} */ config) {
    const fields = this.#schema.fields.filter((field) => field.group === group && !field.at_hand);
    const changed = fields.filter((field) => config[field.name] !== this.#defaults[field.name]);
    const told = changed.length > 0 ? changed : fields.slice(0, 1);
    return told.map((field) => this.#words(field, config[field.name])).join(' · ');
  }

  #words(/** @type {Field} */ field, /** @type {Values[string]} */ value) {
    if (field.type === 'choice') return field.choices.find((choice) => choice.name === value)?.label ?? value;
    if (field.type === 'flag') return field.label;
    return `${within(field.label)} ${value}`;
  }

  /** @param {Field} field @param {Values[string]} value @returns {boolean} */
  #change(field, value) {
    const error = this.#rows.get(field.name)?.error;
    try {
      this.actions.change({ [field.name]: value });
      return true;
    } catch (refused) {
      if (error) error.textContent = `${value === '' ? 'Nothing' : value} is refused; allowed: ${field.allowed}`;
      return false;
    }
  }

  /** @param {Field} field */
  #row(field) {
    const id = `gf-${field.name}`;
    const label = el('label', { for: id, title: field.help }, [field.label]);
    const reset = el('button', { type: 'button', class: 'default' }, ['↺']);
    reset.addEventListener('click', () => this.#change(field, this.#defaults[field.name]));
    const error = el('p', { class: 'refused', role: 'alert' });
    const head = el('div', { class: 'head' }, [label, reset]);
    const body = el('div', { class: 'body' });
    const row = el('div', { class: 'field', 'data-field': field.name }, [head, body, error]);
    const show = this.#input(field, id, head, body);
    this.#rows.set(field.name, { field, row, show, reset, error });
    return row;
  }

  /** Puts the inputs of a field in their places; returns what shows a value. */
  #input(/** @type {Field} */ field, /** @type {string} */ id, /** @type {HTMLElement} */ head, /** @type {HTMLElement} */ body) {
    if (field.type === 'choice') {
      const options = field.choices.map(({ name, label, help }) => el('option', { value: name, title: help }, [label]));
      const select = /** @type {HTMLSelectElement} */ (el('select', { id, title: field.help }, options));
      select.addEventListener('change', () => this.#change(field, select.value));
      body.append(select);
      return (/** @type {Values[string]} */ value) => {
        select.value = String(value);
        select.title = field.choices.find((choice) => choice.name === value)?.help ?? field.help;
      };
    }
    if (field.type === 'flag') {
      const box = /** @type {HTMLInputElement} */ (el('input', { id, type: 'checkbox', role: 'switch' }));
      box.addEventListener('change', () => this.#change(field, box.checked));
      head.prepend(box);
      return (/** @type {Values[string]} */ value) => (box.checked = value === true);
    }
    return this.#number(field, id, head, body);
  }

  #number(/** @type {Field} */ field, /** @type {string} */ id, /** @type {HTMLElement} */ head, /** @type {HTMLElement} */ body) {
    /** @type {Values[string]} */
    let last = field.default;
    const input = /** @type {HTMLInputElement} */ (
      el('input', { id, type: 'text', inputmode: 'decimal', autocomplete: 'off', spellcheck: 'false', class: 'number', title: `${field.help} Allowed: ${field.allowed}.` })
    );
    input.addEventListener('change', () => {
      // What was refused stays in sight with its message until the field is left.
      if (!this.#change(field, input.value.trim())) input.setAttribute('aria-invalid', 'true');
    });
    input.addEventListener('blur', () => {
      input.removeAttribute('aria-invalid');
      input.value = String(last);
    });
    /** @type {HTMLInputElement | undefined} */
    let slider;
    if (field.max <= TYPED) {
      const range = /** @type {HTMLInputElement} */ (
        el('input', { type: 'range', min: '0', max: String(STEPS), step: field.type === 'integer' ? 'any' : '1', 'aria-label': field.label, title: field.help })
      );
      range.addEventListener('input', () => this.#change(field, valueAt(field, range.valueAsNumber)));
      range.addEventListener('keydown', (event) => {
        const way = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
        if (!way) return;
        event.preventDefault();
        const from = Number.isFinite(Number(last)) ? Number(last) : field.max;
        this.#change(field, neighbour(field, from, way));
      });
      body.append(range);
      slider = range;
    }
    const words = (field.words ?? []).map((word) => {
      const button = el('button', { type: 'button', class: 'word', 'aria-pressed': 'false' }, [word]);
      button.addEventListener('click', () => this.#change(field, button.getAttribute('aria-pressed') === 'true' ? field.default : word));
      return button;
    });
    if (field.max > TYPED) {
      const dice = el('button', { type: 'button', class: 'word', title: 'Throw a new one', 'aria-label': `${field.label}: throw a new one` }, ['⚄']);
      dice.addEventListener('click', () => this.#change(field, this.actions.dice()));
      words.push(dice);
    }
    head.append(...words, input);
    if (field.unit && field.unit !== 'x') head.append(el('span', { class: 'unit' }, [field.unit]));
    return (/** @type {Values[string]} */ value) => {
      last = value;
      if (input.getRootNode() instanceof ShadowRoot && /** @type {ShadowRoot} */ (input.getRootNode()).activeElement === input) {
        if (input.getAttribute('aria-invalid') !== 'true') input.value = String(value);
      } else {
        input.value = String(value);
      }
      const word = (field.words ?? []).includes(String(value));
      if (slider) {
        const at = word ? STEPS : position(field, Number(value));
        // A slider under the hand is where the hand has put it.
        if (Math.abs(slider.valueAsNumber - at) > STEPS / (field.max - field.min || 1) / 2 || !slider.matches(':active')) slider.value = String(at);
        slider.setAttribute('aria-valuetext', `${value} ${field.unit}`.trim());
      }
      for (const button of words) if (button.hasAttribute('aria-pressed')) button.setAttribute('aria-pressed', String(button.textContent === value));
    };
  }
}
