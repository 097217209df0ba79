// @ts-check
/** Applies the attributes of the view: charts, controls, fixes, speed, theme, trials and so on (`lang` is applied by language.js). */
import { Controls } from '../controls/controls.js';
import { siteAddress } from '../shared/assets.js';
import { el } from '../shared/dom.js';
import { message } from '../shared/problems.js';
import { VIEW_ATTRIBUTES, defaultCharts, isSpeed, parseCharts, parseControls } from '../shared/view-attributes.js';
import { LANGUAGES } from '../words/languages.js';

/** @typedef {import('../types.js').Schema} Schema */
/** @typedef {import('../types.js').Values} Values */

/** Up to this many controls stand in line below the charts, and are never behind a button. */
const IN_LINE = 3;
const THEMES = ['auto', 'light', 'dark'];
const SWITCH = ['on', 'off'];

export class View {
  /** @type {Schema | undefined} */
  #schema;
  /** @type {import('../charts/figures.js').Figures | undefined} */
  #figures;
  /** @type {Controls | undefined} */
  #controls;
  /** What a lesson shows in the place of what attributes say; null is as they say. @type {{ charts: string | null, controls: string, fixes: string | null } | undefined} */
  lesson;

  /**
   * @param {HTMLElement} host
   * @param {import('../shared/words.js').Words} words
   * @param {{ root: HTMLElement, bar: import('./run-bar.js').RunBar, status: import('./status-line.js').StatusLine,
   *   table: import('./uploaded-table.js').UploadedTable, errors: import('./errors.js').ErrorReporter }} parts
   * @param {{ change: (patch: Values) => void, randomSeed: () => number, share: () => void, export: () => void, updateSpeed: () => void, updateTrials: () => void, followLesson: () => void,
   *   onshowcharts: () => void, onshowcontrols: () => void }} actions
   *   The last two are called when charts or controls have been replaced.
   */
  constructor(host, words, parts, actions) {
    this.host = host;
    this.words = words;
    this.parts = parts;
    this.actions = actions;
  }

  /** Applies all attributes. @param {Schema} schema @param {import('../charts/figures.js').Figures} figures */
  begin(schema, figures) {
    this.#schema = schema;
    this.#figures = figures;
    for (const name of VIEW_ATTRIBUTES) this.apply(name);
  }

  /** Says the same in another language. @param {Schema} schema In this language. */
  speak(schema) {
    this.#schema = schema;
    this.#figures?.describe(schema.charts);
    const former = this.#controls;
    if (!former) return;
    const state = former.state;
    this.#showControls(schema, former.names);
    /** @type {Controls | undefined} */ (this.#controls)?.restore(state);
  }

  /** The charts have been removed. */
  end() {
    this.#figures = undefined;
  }

  /** Applies an attribute; other attributes than those of the view are ignored. @param {string} name */
  apply(name) {
    if (!this.#schema) return;
    if (name === 'charts') this.#applyCharts(this.#schema);
    else if (name === 'controls') this.#applyControls(this.#schema);
    else if (name === 'speed') this.#applySpeed();
    else if (name === 'theme') this.#check(name, THEMES);
    else if (name === 'trials') this.#applyTrials();
    else if (name === 'fixes') this.#applyFixes();
    else if (name === 'predict' || name === 'keys') this.#check(name, SWITCH);
    else if (name === 'lesson') this.actions.followLesson();
  }

  /** @param {Schema} schema */
  #applyCharts(schema) {
    const { charts, unknown, known } = parseCharts(schema, this.lesson?.charts ?? this.host.getAttribute('charts'));
    if (unknown) {
      this.parts.errors.refuse('charts', unknown, message('allowed-names', { names: known }));
      if (this.#figures && this.#figures.ids.length > 0) return;
    }
    this.#figures?.show(charts);
    this.actions.onshowcharts();
  }

  /** @param {Schema} schema */
  #applyControls(schema) {
    const { root, bar, errors } = this.parts;
    const own = this.host.getAttribute('controls');
    const { names, all, none, unknown, known } = parseControls(schema, this.lesson?.controls ?? own);
    if (unknown) errors.refuse('controls', unknown, message('allowed-controls', { names: known }));
    const few = names.length > 0 && names.length <= IN_LINE;
    root.classList.toggle('bare', names.length === 0);
    root.classList.toggle('few', few);
    bar.offer({ settings: !none && !few, share: !none, export: all, lessons: parseControls(schema, own).all });
    // With explicit controls, hide the chart picker.
    if (this.#figures) this.#figures.picker.element.hidden = !all;
    this.#showControls(schema, names);
    if (names.length > 0) this.actions.onshowcontrols();
  }

  /** @param {Schema} schema @param {string[]} names */
  #showControls(schema, names) {
    const { status, table } = this.parts;
    this.#controls?.element.remove();
    this.#controls = undefined;
    if (names.length === 0) return;
    this.#controls = new Controls(this.words, schema, names, this.actions);
    this.#controls.appendTo('data', table.button);
    // With explicit controls, whoever embeds it chooses the language too.
    const isWhole = names.length === schema.fields.length;
    if (isWhole) this.#controls.element.append(el('div', { class: 'foot' }, this.#foot()));
    status.element.after(this.#controls.element);
  }

  /** What has no room in a narrow bar, and the language. */
  #foot() {
    const { words, actions } = this;
    const [share, save] = [el('button', { type: 'button', class: 'below share-below' }, [words.text('settings-share')]), el('button', { type: 'button', class: 'below export-below' }, [words.text('bar-export')])];
    share.addEventListener('click', actions.share);
    save.addEventListener('click', actions.export);
    const site = siteAddress();
    const article = site ? [el('a', { href: `${site}learn.html`, target: '_blank' }, [words.text('settings-article')])] : [];
    return [share, save, this.#languageChoice(), ...article];
  }

  /** Each language by its name in itself. */
  #languageChoice() {
    const options = LANGUAGES.map(({ tag, name }) => el('option', { value: tag, lang: tag }, [name]));
    const select = /** @type {HTMLSelectElement} */ (el('select', { id: 'gf-language' }, options));
    select.value = this.words.tag;
    select.addEventListener('change', () => this.host.setAttribute('lang', select.value));
    return el('div', { class: 'language' }, [el('label', { for: 'gf-language' }, [this.words.text('settings-language')]), select]);
  }

  #applySpeed() {
    const speed = this.host.getAttribute('speed');
    if (!isSpeed(speed)) {
      this.parts.errors.refuse('speed', String(speed), message('allowed-speed'));
      return;
    }
    this.parts.bar.speed = speed;
    this.actions.updateSpeed();
  }

  #applyFixes() {
    this.#check('fixes', SWITCH);
    this.parts.root.classList.toggle('mute', (this.lesson?.fixes ?? this.host.getAttribute('fixes')) === 'off');
    this.actions.updateTrials();
  }

  #applyTrials() {
    this.#check('trials', SWITCH);
    this.actions.updateTrials();
  }

  /** An attribute with other values than these is refused. The theme is applied by CSS. @param {string} name @param {string[]} values */
  #check(name, values) {
    const value = this.host.getAttribute(name) ?? values[0];
    if (!values.includes(value)) this.parts.errors.refuse(name, value, message('allowed-one-of', { names: values.join(', ') }));
  }

  /** Opens these charts, by their ids. @param {string[]} ids */
  chooseCharts(ids) {
    const schema = /** @type {Schema} */ (this.#schema);
    const opened = ids.find((id) => !this.#figures?.ids.includes(id));
    if (this.lesson) {
      this.lesson.charts = ids.join(' ');
      this.apply('charts');
    } else if (ids.join() === defaultCharts(schema).join()) this.host.removeAttribute('charts');
    else this.host.setAttribute('charts', ids.join(' '));
    // A microtask reads the attribute and creates the chart.
    if (opened) queueMicrotask(() => this.#figures?.reveal(opened));
  }

  /** Closes the help of a setting. Returns whether one was open. */
  closeHelp() {
    return this.#controls?.closeHelp() ?? false;
  }

  get hasControls() {
    return this.#controls !== undefined;
  }

  /** Shows the config in the controls. @param {import('./config-store.js').ConfigStore} store */
  showConfig(store) {
    this.#controls?.show(store.value, store.defaults);
  }
}
