// @ts-check
/** The controls, generated from the schema: a label, a reset button and an error message for each, in groups. */
import { el } from '../shared/dom.js';
import { lowerFirst } from '../shared/labels.js';
import { choice } from './choice.js';
import { flag } from './flag.js';
import { number } from './number.js';

/** @typedef {import('../types.js').Field} Field */
/** @typedef {import('../types.js').Schema} Schema */
/** @typedef {import('../types.js').Values} Values */

/**
 * Adds the inputs of a setting to the head (beside the label) and the body (below it) of its control, and returns a
 * function that shows a value. `change` returns false if the value was refused.
 * @typedef {(field: Field, id: string, context: { head: HTMLElement, body: HTMLElement,
 *   change: (value: Values[string]) => boolean, randomSeed: () => number }) => (value: Values[string]) => void} ControlType
 */
/** @typedef {{ field: Field, element: HTMLElement, show: (value: Values[string]) => void, reset: HTMLElement, error: HTMLElement }} Control */

/** A new type of control is a file and a row here. @type {Record<Field['type'], ControlType>} */
const TYPES = { choice, flag, integer: number, real: number };
/** Up to this many controls are shown without groups. */
const FEW = 4;

export class Controls {
  /** By the names of their settings. @type {Map<string, Control>} */
  #controls = new Map();
  /** The summaries beside the names of the groups. @type {Map<string, HTMLElement>} */
  #digests = new Map();
  /** @type {Schema} */
  #schema;
  /** @type {Values} */
  #defaults = {};

  /**
   * @param {Schema} schema
   * @param {string[]} names The settings that are shown.
   * @param {{ change: (patch: Values) => void, randomSeed: () => number }} actions `change` throws what is refused.
   */
  constructor(schema, names, actions) {
    this.#schema = schema;
    this.actions = actions;
    this.element = el('form', { class: 'controls', 'aria-label': 'Settings', novalidate: '' });
    this.element.addEventListener('submit', (event) => event.preventDefault());
    const shown = schema.fields.filter((field) => names.includes(field.name));
    const few = shown.length <= FEW;
    const atHand = shown.filter((field) => few || field.at_hand);
    this.element.append(...atHand.map((field) => this.#add(field)));
    for (const group of few ? [] : schema.groups) {
      const fields = shown.filter((field) => field.group === group.name && !field.at_hand);
      if (fields.length === 0) continue;
      const digest = el('span', { class: 'digest' });
      this.#digests.set(group.name, digest);
      const summary = el('summary', { title: group.help }, [el('span', {}, [group.label]), digest]);
      this.element.append(el('details', { 'data-group': group.name }, [summary, ...fields.map((field) => this.#add(field))]));
    }
  }

  /** Puts an element below a control. @param {string} name @param {HTMLElement} element */
  appendTo(name, element) {
    this.#controls.get(name)?.element.append(element);
  }

  /** Shows a config. @param {Values} config @param {Values} defaults */
  show(config, defaults) {
    this.#defaults = defaults;
    for (const { field, element, show, reset, error } of this.#controls.values()) {
      show(config[field.name]);
      element.classList.toggle('changed', config[field.name] !== defaults[field.name]);
      reset.title = `Back to ${defaults[field.name]}`;
      reset.setAttribute('aria-label', `${field.label}: back to ${defaults[field.name]}`);
      const { relevant } = field;
      element.hidden = relevant !== null && !relevant.values.includes(String(config[relevant.field]));
      error.textContent = '';
    }
    for (const [group, digest] of this.#digests) digest.textContent = this.#digest(group, config);
  }

  /** The summary of a group: the settings that differ from their defaults, or else the first one. @param {string} group @param {Values} config */
  #digest(group, config) {
    const fields = this.#schema.fields.filter((field) => field.group === group && !field.at_hand);
    const changed = fields.filter((field) => config[field.name] !== this.#defaults[field.name]);
    const shown = changed.length > 0 ? changed : fields.slice(0, 1);
    return shown.map((field) => this.#inWords(field, config[field.name])).join(' · ');
  }

  /** @param {Field} field @param {Values[string]} value */
  #inWords(field, value) {
    if (field.type === 'choice') return field.choices.find((option) => option.name === value)?.label ?? value;
    if (field.type === 'flag') return field.label;
    return `${lowerFirst(field.label)} ${value}`;
  }

  /** @param {Field} field @param {Values[string]} value */
  #change(field, value) {
    const error = this.#controls.get(field.name)?.error;
    try {
      this.actions.change({ [field.name]: value });
      return true;
    } catch {
      if (error) error.textContent = `${value === '' ? 'Nothing' : value} is refused; allowed: ${field.allowed}`;
      return false;
    }
  }

  /** @param {Field} field */
  #add(field) {
    const id = `gf-${field.name}`;
    const label = el('label', { for: id, title: field.help }, [field.label]);
    const reset = el('button', { type: 'button', class: 'default' }, ['↺']);
    reset.addEventListener('click', () => this.#change(field, this.#defaults[field.name]));
    const error = el('p', { class: 'refused', role: 'alert' });
    const head = el('div', { class: 'head' }, [label, reset]);
    const body = el('div', { class: 'body' });
    const element = el('div', { class: 'field', 'data-field': field.name }, [head, body, error]);
    const { randomSeed } = this.actions;
    const show = TYPES[field.type](field, id, { head, body, change: (value) => this.#change(field, value), randomSeed });
    this.#controls.set(field.name, { field, element, show, reset, error });
    return element;
  }
}
