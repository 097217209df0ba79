// @ts-check
/** What stands below the map: measuring, colours, the cell that is read, axes and resolution, and files. */
import { frameNote, saveFile } from '../../dialogs/save.js';
import { el, retell, write } from '../../shared/dom.js';
import { keepFocus } from '../../shared/focus.js';
import { messageOf } from '../../shared/errors.js';

/** @typedef {import('../../shared/words.js').Words} Words */
/** @typedef {import('./measurement.js').State} State */
/** A setting that can be an axis, with its usual range. @typedef {{ name: string, label: string, range: string }} AxisInfo */
/**
 * @typedef {{ state: State, made: number, expected: number, timeLeft: number | undefined, failure: string, cell: string, canOpen: boolean }} Report
 */

const COLORINGS = /** @type {const} */ (['accuracy', 'ratio', 'loss', 'verdict']);
/** Columns and rows that are offered. */
const RESOLUTIONS = ['17x13', '33x25', '65x49'];
const STEPS = ['50', '100', '200', '500', '1000'];
/** From so many seconds on, times are told in minutes. */
const LONG = 100;

export class MapControls {
  /** What the line of progress says. */
  progress = '';
  #isAnnounced = false;

  /**
   * @param {Words} words
   * @param {{ onmeasure: () => void, onpause: () => void, oncancel: () => void, onchange: (text: string) => void, oncolor: (name: string) => void,
   *   onopen: () => void, file: (kind: 'csv' | 'svg' | 'png') => Promise<Blob> }} actions `onchange` is given a request as links have it.
   */
  constructor(words, actions) {
    this.words = words;
    this.actions = actions;
    this.measure = this.#button(words.text('map-measure'), actions.onmeasure, 'primary');
    this.pause = this.#button(words.text('map-pause'), actions.onpause);
    this.cancel = this.#button(words.text('map-cancel'), actions.oncancel);
    this.line = el('span', { class: 'map-progress', role: 'status' });
    this.error = el('p', { class: 'map-error', role: 'alert', hidden: '' });
    this.cell = el('p', { class: 'map-cell' });
    this.open = this.#button(words.text('map-open'), actions.onopen);
    this.hint = el('p', { class: 'map-cell hint' }, [words.text('map-hint')]);
    this.reading = el('div', { class: 'map-reading' }, [this.hint, this.cell, this.open]);
    this.color = this.#select('map-color', COLORINGS.map((name) => [name, words.text(`map-color-${name}`)]), () => actions.oncolor(this.color.value));
    this.x = this.#axis('x');
    this.y = this.#axis('y');
    const change = () => this.#change();
    this.cells = this.#select('map-cells', RESOLUTIONS.map((text) => [text, text.replace('x', ' × ')]), change);
    this.steps = this.#select('map-steps', STEPS.map((text) => [text, text]), change);
    this.saved = el('span', { class: 'map-saved', role: 'status' });
    this.files = /** @type {const} */ (['csv', 'svg', 'png']).map((kind) => this.#button(kind.toUpperCase(), () => this.#save(kind)));
    this.element = el('div', { class: 'map-controls' }, [
      el('div', { class: 'map-row' }, [this.measure, this.pause, this.cancel, this.line]),
      this.error,
      this.reading,
      el('div', { class: 'map-row' }, [this.#labelled('map-color', this.color), ...this.files, this.saved]),
      el('details', {}, [
        el('summary', {}, [words.text('map-options')]),
        el('div', { class: 'map-grid' }, [
          this.#labelled('map-axis-x', this.x.setting),
          this.#labelled('map-range', this.x.range),
          this.#labelled('map-axis-y', this.y.setting),
          this.#labelled('map-range', this.y.range),
          this.#labelled('map-cells', this.cells),
          this.#labelled('map-steps', this.steps),
        ]),
        el('p', { class: 'hint' }, [words.text('map-options.hint')]),
      ]),
    ]);
  }

  /** @param {string | import('../../shared/words.js').Text} text @param {() => void} act @param {string} [kind] */
  #button(text, act, kind = '') {
    const button = el('button', { type: 'button', ...(kind ? { class: kind } : {}) }, [text]);
    button.addEventListener('click', act);
    return button;
  }

  /** @param {string} id @param {[string, string | import('../../shared/words.js').Text][]} options @param {() => void} act */
  #select(id, options, act) {
    const select = /** @type {HTMLSelectElement} */ (el('select', { id: `gf-${id}` }, options.map(([value, text]) => el('option', { value }, [text]))));
    select.addEventListener('change', act);
    return select;
  }

  /** @param {'x' | 'y'} which */
  #axis(which) {
    const setting = this.#select(`map-axis-${which}`, [], () => {
      // Another setting begins with its usual range.
      range.value = '';
      this.#change();
    });
    const range = /** @type {HTMLInputElement} */ (el('input', { id: `gf-map-range-${which}`, type: 'text', spellcheck: 'false', autocomplete: 'off', size: '14' }));
    range.addEventListener('change', () => this.#change());
    return { setting, range };
  }

  /** @param {'map-axis-x' | 'map-axis-y' | 'map-range' | 'map-cells' | 'map-steps' | 'map-color'} name @param {HTMLElement} control */
  #labelled(name, control) {
    return el('label', { for: control.id }, [el('span', {}, [this.words.text(name)]), control]);
  }

  /** What the controls ask for, as a link has it. */
  #change() {
    const axis = (/** @type {{ setting: HTMLSelectElement, range: HTMLInputElement }} */ { setting, range }) => `${setting.value}:${range.value.trim()}`;
    this.actions.onchange(`${axis(this.x)},${axis(this.y)},cells:${this.cells.value},steps:${this.steps.value}`);
  }

  /** Offers settings as axes, and shows what is chosen. @param {AxisInfo[]} axes @param {string} request As links have it. @param {string} coloring */
  offer(axes, request, coloring) {
    const parts = request.match(/[a-z0-9-]+:[^:]*(?=,[a-z0-9-]+:|$)/g) ?? [];
    const [x, y, cells, steps] = parts.map((part) => part.split(':'));
    for (const [{ setting, range }, [name, values]] of /** @type {const} */ ([[this.x, x], [this.y, y]])) {
      setting.replaceChildren(...axes.map((axis) => el('option', { value: axis.name }, [axis.label])));
      setting.value = name;
      range.value = values;
    }
    this.#choose(this.cells, cells[1], cells[1].replace('x', ' × '));
    this.#choose(this.steps, steps[1], steps[1]);
    this.color.value = coloring;
  }

  /** Chooses an option, which a link may have brought. @param {HTMLSelectElement} select @param {string} value @param {string} text */
  #choose(select, value, text) {
    if (!Array.from(select.options).some((option) => option.value === value)) select.append(el('option', { value }, [text]));
    select.value = value;
  }

  /** @param {string} text */
  showError(text) {
    this.error.textContent = text;
    this.error.hidden = text === '';
  }

  /** @param {Report} report */
  update({ state, made, expected, timeLeft, failure, cell, canOpen }) {
    const { words } = this;
    const isBusy = state === 'running' || state === 'paused';
    keepFocus(this.element, () => {
      this.measure.hidden = isBusy;
      this.pause.hidden = this.cancel.hidden = !isBusy;
    }, isBusy ? this.pause : this.measure);
    write(this.pause, words.text(state === 'paused' ? 'map-continue' : 'map-pause'));
    if (isBusy) this.#isAnnounced = false;
    const runs = { made, expected };
    const text = {
      idle: made > 0 ? words.say('map-cancelled', runs) : '',
      running: timeLeft === undefined ? words.say('map-progress', runs) : words.say('map-progress-left', { ...runs, time: this.#time(timeLeft) }),
      paused: words.say('map-paused', runs),
      done: words.say('map-done', { made }),
      'no-worker': words.say('map-no-worker'),
      failed: words.say('map-failed', { reason: failure }),
    }[state];
    this.progress = text;
    // Numbers that change many times a second are not for screen readers.
    this.line.setAttribute('aria-live', state === 'running' ? 'off' : 'polite');
    if (this.line.textContent !== text) this.line.textContent = text;
    this.showCell(cell, canOpen);
  }

  /** @param {number} milliseconds */
  #time(milliseconds) {
    const seconds = milliseconds / 1000;
    if (seconds > LONG) return this.words.say('map-minutes', { count: Math.round(seconds / 60) });
    return this.words.say('map-seconds', { count: seconds > 20 ? 5 * Math.round(seconds / 5) : Math.max(1, Math.round(seconds)) });
  }

  /** Shows what a cell has reached. @param {string} text @param {boolean} canOpen Whether its run can be opened. */
  showCell(text, canOpen) {
    this.hint.hidden = text !== '';
    this.cell.hidden = text === '';
    if (this.cell.textContent !== text) this.cell.textContent = text;
    this.open.hidden = !canOpen;
  }

  /** Says the same in another language. */
  speak() {
    retell(this.element);
  }

  /** Has it said once that a map is complete. @param {() => void} say */
  announceOnce(say) {
    if (!this.#isAnnounced) say();
    this.#isAnnounced = true;
  }

  /** @param {'csv' | 'svg' | 'png'} kind */
  async #save(kind) {
    try {
      saveFile(`gradient-flow-map.${kind}`, await this.actions.file(kind));
      this.saved.textContent = frameNote(this.words);
    } catch (error) {
      this.saved.textContent = messageOf(error, this.words);
    }
  }
}
