// @ts-check
/** The controls, generated from the schema: for each a label, help, a reset button and an error message, in groups. */
import { el, label, write } from '../shared/dom.js';
import { moveFocus } from '../shared/focus.js';
import { choice } from './choice.js';
import { flag } from './flag.js';
import { number } from './number.js';

/** @typedef {import('../types.js').Field} Field */
/** @typedef {import('../types.js').Schema} Schema */
/** @typedef {import('../types.js').Values} Values */
/** @typedef {import('../shared/words.js').Words} Words */

/**
 * Adds the inputs of a setting to the head (beside the label) and the body (below it) of its control, and returns a
 * function that shows a value. `change` returns false if the value was refused.
 * @typedef {(field: Field, id: string, context: { words: Words, head: HTMLElement, body: HTMLElement,
 *   change: (value: Values[string]) => boolean, randomSeed: () => number }) => (value: Values[string]) => void} ControlType
 */
/** @typedef {{ field: Field, element: HTMLElement, show: (value: Values[string]) => void, reset: HTMLElement,
 *   chosen: HTMLElement, error: HTMLElement }} Control `chosen` is the help of the choice that is made. */
/** What a reader has done with the controls, beside the values. @typedef {{ open: string[], help?: string, focused?: string, scrolled: number }} State */

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

  /** The help on the screen, and its button. @type {{ text: HTMLElement, button: HTMLElement, name: string } | undefined} */
  #help;

  /**
   * @param {Words} words
   * @param {Schema} schema
   * @param {string[]} names The settings that are shown.
   * @param {{ change: (patch: Values) => void, randomSeed: () => number }} actions `change` throws what is refused.
   */
  constructor(words, schema, names, actions) {
    this.words = words;
    this.names = names;
    this.#schema = schema;
    this.actions = actions;
    this.element = el('form', { class: 'controls', 'aria-label': words.text('settings-label'), tabindex: '-1', novalidate: '' });
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
    for (const { field, element, show, reset, chosen, error } of this.#controls.values()) {
      show(config[field.name]);
      element.classList.toggle('changed', config[field.name] !== defaults[field.name]);
      const value = String(defaults[field.name]);
      label(reset, 'title', this.words.text('field-default', { value }));
      label(reset, 'aria-label', this.words.text('field-default.label', { label: field.label, value }));
      const { relevant } = field;
      element.hidden = relevant !== null && !relevant.values.includes(String(config[relevant.field]));
      chosen.textContent = field.type === 'choice' ? (field.choices.find((option) => option.name === config[field.name])?.help ?? '') : '';
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
    return this.words.say('field-digest', { label: field.label, value: String(value) });
  }

  /** @param {Field} field @param {Values[string]} value */
  #change(field, value) {
    const error = this.#controls.get(field.name)?.error;
    try {
      this.actions.change({ [field.name]: value });
      return true;
    } catch {
      const { allowed, label } = field;
      if (error) write(error, value === '' ? this.words.text('field-empty', { allowed }) : this.words.text('field-refused', { label, value: String(value), allowed }));
      return false;
    }
  }

  /** @param {Field} field */
  #add(field) {
    const id = `gf-${field.name}`;
    const name = el('label', { for: id }, [field.label]);
    // Another arrow than that of Restart: it undoes one change.
    const reset = el('button', { type: 'button', class: 'default' }, ['↶']);
    reset.addEventListener('click', (event) => {
      this.#change(field, this.#defaults[field.name]);
      // The button is hidden now. A finger on a screen would call up the keyboard by a text field.
      const isByKey = event.detail === 0;
      moveFocus(isByKey ? element.querySelector(`#${id}`) : null, body.querySelector('input, select'), element.querySelector(`#${id}`));
    });
    const error = el('p', { class: 'refused', role: 'alert' });
    const { button: helpButton, text: help, chosen } = this.#helpOf(field, id);
    const head = el('div', { class: 'head' }, [name, helpButton, reset]);
    const body = el('div', { class: 'body' });
    const element = el('div', { class: 'field', 'data-field': field.name }, [head, body, help, error]);
    const { randomSeed } = this.actions;
    const show = TYPES[field.type](field, id, { words: this.words, head, body, change: (value) => this.#change(field, value), randomSeed });
    this.#controls.set(field.name, { field, element, show, reset, chosen, error });
    return element;
  }

  /** A button and the help that it shows, which a title alone would keep from touch and keyboard. @param {Field} field @param {string} id */
  #helpOf(field, id) {
    const { words } = this;
    const chosen = el('span', { class: 'chosen' });
    const isNumber = field.type === 'integer' || field.type === 'real';
    const allowed = isNumber ? [' ', words.text('field-allowed', { allowed: field.allowed })] : [];
    const text = el('p', { class: 'field-help', id: `${id}-help`, hidden: '' }, [el('span', {}, [field.help]), ...allowed, chosen]);
    const name = words.text('field-help.label', { label: field.label });
    const button = el('button', { type: 'button', class: 'small what', title: words.text('field-help'), 'aria-label': name, 'aria-expanded': 'false', 'aria-controls': text.id }, ['?']);
    button.addEventListener('click', () => {
      const isOpen = this.#help?.text === text;
      this.closeHelp();
      if (isOpen) return;
      text.hidden = false;
      button.setAttribute('aria-expanded', 'true');
      this.#help = { text, button, name: field.name };
    });
    return { button, text, chosen };
  }

  /** One help is open at a time. Returns whether one was. */
  closeHelp() {
    if (!this.#help) return false;
    this.#help.text.hidden = true;
    this.#help.button.setAttribute('aria-expanded', 'false');
    this.#help = undefined;
    return true;
  }

  /** @returns {State} */
  get state() {
    const open = [...this.element.querySelectorAll('details[open]')].map((group) => /** @type {HTMLElement} */ (group).dataset.group ?? '');
    const root = this.element.getRootNode();
    const focused = root instanceof ShadowRoot && root.activeElement && this.element.contains(root.activeElement) ? root.activeElement.id : '';
    return { open, help: this.#help?.name, focused, scrolled: this.element.scrollTop };
  }

  /** Takes over the state of controls that these replace. @param {State} state */
  restore({ open, help, focused, scrolled }) {
    for (const group of /** @type {NodeListOf<HTMLDetailsElement>} */ (this.element.querySelectorAll('details'))) {
      group.open = open.includes(group.dataset.group ?? '');
    }
    if (help) /** @type {HTMLElement | null | undefined} */ (this.#controls.get(help)?.element.querySelector('.what'))?.click();
    this.element.scrollTop = scrolled;
    if (focused) /** @type {HTMLElement | null} */ (this.element.querySelector(`#${focused}`))?.focus({ preventScroll: true });
  }
}
