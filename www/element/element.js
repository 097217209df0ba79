// @ts-check
/** The element as pages and scripts see it: its properties, methods and events. */
import { attempt, checkFlag, checkNumber, checkOptions, checkSteps, checkText, inWords, isObject, refusedArgument, toPlain } from '../shared/arguments.js';
import { el } from '../shared/dom.js';
import { toError } from '../shared/errors.js';
import { message, problem } from '../shared/problems.js';
import { VIEW_ATTRIBUTES } from '../shared/view-attributes.js';
import { wasm } from '../shared/wasm.js';
import { ENGLISH } from '../shared/words.js';
import { jsonNumber } from '../training/step-record.js';
import { handleKey } from './keys.js';
import { Laboratory } from './laboratory.js';

/** @typedef {import('../types.js').Config} Config */
/** @typedef {import('../types.js').Schema} Schema */
/** @typedef {import('../types.js').Snapshot} Snapshot */

/** The image has more dots than this browser can draw. */
const imageTooLarge = () => Object.assign(new RangeError(ENGLISH.say('png-too-large')), { said: message('png-too-large') });

/**
 * `<gradient-flow>`: a laboratory for vanishing and exploding gradients.
 *
 * Attributes: every setting, and `charts`, `controls`, `autoplay`, `speed`, `theme`, `lang`, `keys`, `trials`, `fixes`,
 * `lesson`, `predict`, `at`, `then`.
 * Events: `gradient-flow-snapshot`, `gradient-flow-config`, `gradient-flow-diagnosis`, `gradient-flow-lesson`,
 * `gradient-flow-error`.
 */
export class GradientFlow extends HTMLElement {
  #laboratory = new Laboratory(this);

  constructor() {
    super();
    this.addEventListener('keydown', (event) => handleKey(this, event, this.#laboratory));
    // A property set before the class was defined would shadow the accessor of the class.
    for (const name of ['config', ...VIEW_ATTRIBUTES]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }

  connectedCallback() {
    this.#laboratory.connect();
  }

  disconnectedCallback() {
    // An element that is only moved is connected again by then, and keeps running.
    queueMicrotask(() => {
      if (!this.isConnected) this.#laboratory.end();
    });
  }

  /** Resolves to the element once its first snapshot exists. Also starts an element that is off screen. */
  get ready() {
    return this.#laboratory.ready;
  }

  // ---- attributes as properties ----

  /** @param {string} name @param {string | null} value */
  #setAttribute(name, value) {
    if (value === null || value === undefined) this.removeAttribute(name);
    else this.setAttribute(name, value);
  }

  /** Ids of the charts, in order; null shows the default ones. @returns {string | null} */
  get charts() {
    return this.getAttribute('charts');
  }

  set charts(ids) {
    this.#setAttribute('charts', ids);
  }

  /** `all` (null), `none`, or names of settings. @returns {string | null} */
  get controls() {
    return this.getAttribute('controls');
  }

  set controls(names) {
    this.#setAttribute('controls', names);
  }

  /** Steps per second, or `max`; null is the default. @returns {string | null} */
  get speed() {
    return this.getAttribute('speed');
  }

  set speed(speed) {
    this.#setAttribute('speed', speed);
  }

  /** `auto` (null: as the page around it), `light` or `dark`. @returns {string | null} */
  get theme() {
    return this.getAttribute('theme');
  }

  set theme(theme) {
    this.#setAttribute('theme', theme);
  }

  /** The language, as a BCP 47 tag; empty (or null, when set) is that of the page around it. @returns {string} */
  get lang() {
    return this.getAttribute('lang') ?? '';
  }

  set lang(/** @type {string | null} */ tag) {
    this.#setAttribute('lang', tag);
  }

  /** `on` (null) or `off`: whether s, r and p make a step, restart and keep the run. @returns {string | null} */
  get keys() {
    return this.getAttribute('keys');
  }

  set keys(keys) {
    this.#setAttribute('keys', keys);
  }

  /** `on` (null) or `off`: whether fixes are tried before they are offered. @returns {string | null} */
  get trials() {
    return this.getAttribute('trials');
  }

  set trials(trials) {
    this.#setAttribute('trials', trials);
  }

  /** The step to which the run is taken; null once it has left that. @returns {string | null} */
  get at() {
    return this.getAttribute('at');
  }

  set at(/** @type {string | number | null} */ step) {
    this.#setAttribute('at', step === null ? null : String(step));
  }

  /** Live changes on the way, such as `200:learning-rate=0.01;300:clip=norm`. @returns {string | null} */
  get then() {
    return this.getAttribute('then');
  }

  set then(changes) {
    this.#setAttribute('then', changes);
  }

  /** `on` (null) or `off`: whether the verdict and its fixes are shown. @returns {string | null} */
  get fixes() {
    return this.getAttribute('fixes');
  }

  set fixes(fixes) {
    this.#setAttribute('fixes', fixes);
  }

  /** The lesson that is on: an id, `id/part`, or the address of a lesson file; null is none. @returns {string | null} */
  get lesson() {
    return this.getAttribute('lesson');
  }

  set lesson(address) {
    this.#setAttribute('lesson', address);
  }

  /** `on` (null) or `off`: whether lessons ask before they show. @returns {string | null} */
  get predict() {
    return this.getAttribute('predict');
  }

  set predict(predict) {
    this.#setAttribute('predict', predict);
  }

  /** The built-in lessons, in order. @returns {Promise<{ id: string, title: string, minutes: number }[]>} */
  get lessons() {
    return import('../lessons/list.js').then(({ LESSONS }) => LESSONS);
  }

  /** Whether it runs as soon as it is seen. */
  get autoplay() {
    return this.hasAttribute('autoplay');
  }

  set autoplay(autoplay) {
    this.toggleAttribute('autoplay', autoplay);
  }

  // ---- the config and the run ----

  /**
   * The whole config, once the element is ready. Assigning an object changes the settings in it; an event reports each
   * refused value, and the others are applied. So does one that is no object.
   * @returns {Config}
   */
  get config() {
    return this.#laboratory.store.value;
  }

  /** @param {Partial<Config>} patch */
  set config(patch) {
    const { store, errors } = this.#laboratory;
    const values = isObject(patch) ? attempt(() => toPlain(patch)) : undefined;
    if (values) store.set(values);
    else errors.refuse('config', inWords(patch), message('allowed-settings'));
  }

  /** The config with which a restart begins: `config` without the changes that `then` has made. @returns {Config} */
  get startConfig() {
    const { moments, store } = this.#laboratory;
    return moments && store.json ? JSON.parse(moments.startConfig) : store.value;
  }

  /** The declaration of every setting and chart, once the element is ready. */
  get schema() {
    return this.#laboratory.store.schema;
  }

  /** The latest snapshot. */
  get snapshot() {
    return this.#laboratory.run.snapshot;
  }

  /** Whether it runs. True also while the run waits because the element is not visible. */
  get running() {
    return this.#laboratory.run.running;
  }

  /** Runs, for at most `limit` steps, a whole number from 1. Throws an `ArgumentError` for anything else. */
  run(limit = Infinity) {
    this.#laboratory.start(checkSteps('run', 'limit', limit, { least: 1, orInfinity: true }));
  }

  /** Pauses the run. A `step` that is still under way rejects with an `AbortError`. */
  pause() {
    this.#laboratory.pause();
  }

  /** Goes back to the start of the same run. */
  reset() {
    this.pause();
    this.#laboratory.run.build();
  }

  /**
   * Makes `count` steps, a whole number from 0; resolves to the snapshot after them. Many steps are made in slices, and
   * `pause`, `reset` and a change that needs another network end them. An element that is in no document waits for one.
   * Rejects with a named error: `ArgumentError`, `AbortError`, `LoadError`, or `WorkerError` (training has stopped:
   * `reset` starts again).
   * @returns {Promise<Snapshot>}
   */
  async step(count = 1) {
    return this.#laboratory.step(checkSteps('step', 'count', count, { least: 0 }));
  }

  /**
   * Takes the run to a step, a whole number up to 10 million, and resolves to the snapshot there: forward by training, at full
   * speed, and backward by beginning again from step 0 with the live changes that were made on the way; those made after that
   * step are forgotten. A run that overflows before ends there. Rejects like `step`, and with an `AbortError` where another
   * `goTo` takes its place.
   * @param {number} step @returns {Promise<Snapshot>}
   */
  async goTo(step) {
    return this.#laboratory.goTo(step);
  }

  /** Keeps the run in the charts, beneath the runs to come. */
  pin() {
    this.#laboratory.screen.pin();
  }

  /** Removes the pinned run. */
  unpin() {
    this.#laboratory.screen.unpin();
  }

  /**
   * Trains on a table of your own, which never leaves the browser. How to read it is guessed, except for what `reading`
   * says. At most 8 MB, 500 columns and 50 classes; of more than 20 000 rows, a random sample. A table that cannot be trained on is rejected (with a
   * `ConfigError` that has `field`, `value` and `allowed`, or a `DataError` that names row and column), and nothing
   * changes.
   * @param {string} csv Its text, with a comma, semicolon, tab, pipe or blanks between cells.
   * @param {import('../types.js').Reading & { name?: string }} [reading] `name` is shown beside the data.
   * @returns {Promise<import('../types.js').TableInfo>} What the table contains.
   */
  async useTable(csv, reading = {}) {
    const options = checkOptions('useTable', 'reading', reading, ['name', 'header', 'separator', 'decimal', 'dates', 'target', 'task', 'kinds', 'with', 'without', 'missing', 'skip', 'seed']);
    if (options.name !== undefined) checkText('useTable', 'reading.name', attempt(() => reading.name));
    return this.#laboratory.useTable(checkText('useTable', 'csv', csv), options);
  }

  // ---- export ----

  /**
   * A link to the settings; with `moment`, to what is on the screen: the step, the live changes on the way, the pinned run, the
   * selected layer, the answers to a lesson, and a digest of the state. Opening it replays the run and compares the digest.
   * @param {{ moment?: boolean }} [options] @returns {Promise<string>}
   */
  async toLink(options = {}) {
    const { moment } = checkOptions('toLink', 'options', options, ['moment']);
    checkFlag('toLink', 'options.moment', moment);
    await this.ready;
    const moments = await this.#laboratory.loadMoments();
    const { linkTo } = await import('../dialogs/snippets.js');
    return linkTo(this, moment ? moments.describe() : undefined);
  }

  /** The charts, once they are there. @param {string} method @param {string} chart An id. @param {{ width: number, height: number, scale?: number }} size */
  #chartsWith(method, chart, { width, height, scale = 1 }) {
    const { figures } = this.#laboratory;
    if (!figures) throw toError(problem('InvalidStateError', 'not-ready', { method }));
    checkText(method, 'chart', chart);
    for (const [field, side] of Object.entries({ width, height })) checkNumber(method, field, side, message('allowed-size'));
    checkNumber(method, 'scale', scale, message('allowed-ratio'));
    const isView = this.schema?.charts.some(({ id, lazy }) => id === chart && lazy);
    if (isView && !figures.charts.isLoaded(chart)) throw toError(problem('InvalidStateError', 'view-not-shown', { chart, method }));
    return figures.charts;
  }

  /**
   * A chart as an SVG document. Throws a `RangeError` for a size that no browser can show.
   * @param {string} chart Its id.
   * @param {number} [width] CSS pixels.
   * @param {number} [height] CSS pixels.
   * @returns {string}
   */
  toSVG(chart, width = 900, height = 360) {
    return this.#chartsWith('toSVG', chart, { width, height }).svg(chart, width, height);
  }

  /**
   * A chart as a PNG image. Rejects with a `RangeError` for a size that browsers cannot draw.
   * @param {string} chart Its id.
   * @param {number} [width] CSS pixels.
   * @param {number} [height] CSS pixels.
   * @param {number} [scale] Dots per CSS pixel.
   * @returns {Promise<Blob>}
   */
  async toPNG(chart, width = 900, height = 360, scale = 2) {
    // Outside the element it would take the direction of the page.
    const canvas = el('canvas', { dir: 'ltr' });
    this.#chartsWith('toPNG', chart, { width, height, scale }).draw(chart, canvas, width, height, scale);
    return new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(imageTooLarge())));
    });
  }

  /**
   * The history as CSV: a line per step with the loss of its minibatch, the norm of the whole gradient, the clipping
   * coefficient, loss and accuracy of the test part where it was evaluated, and the RMS of every layer's dW. Beyond
   * 8 million numbers it keeps every second step, then every fourth, and so on. It is written in slices, so that the page
   * goes on meanwhile.
   * @param {(share: number) => void} [onprogress] Is told how much is done, from 0 to 1.
   * @returns {Promise<string>}
   */
  async toCSV(onprogress = () => {}) {
    if (typeof onprogress !== 'function') throw refusedArgument('toCSV', 'onprogress', onprogress, message('allowed-function'));
    const { record } = this.#laboratory.run;
    return (await import('../training/history-csv.js')).writeCSV(record, onprogress);
  }

  /**
   * The history and the state as an object for JSON: `config`, `query`, `history` (arrays over the steps), `tests`,
   * `layers` (all statistics of the latest step), `classes`, `first_nonfinite`. Numbers that are not finite are strings
   * ("NaN", "Infinity"). `JSON.stringify(element)` uses it.
   * @returns {Record<string, unknown>}
   */
  toJSON() {
    const { store, run } = this.#laboratory;
    const { layers = {}, classes = [], first_nonfinite = null } = run.snapshot ?? {};
    return {
      config: this.config,
      query: store.json && wasm.configToQuery(store.json),
      history: run.record.history(),
      tests: run.record.evaluations,
      layers: Object.fromEntries(Object.entries(layers).map(([name, values]) => [name, Array.from(values, jsonNumber)])),
      classes,
      first_nonfinite,
    };
  }

  /**
   * What is on the screen as one page to print or hand in, in the reader's language: an HTML document without scripts, with
   * settings, live changes, charts, verdict, answers to a lesson, a link to the moment, and the digest of the state.
   * @returns {Promise<string>}
   */
  async toReport() {
    await this.ready;
    const moments = await this.#laboratory.loadMoments();
    return moments.report();
  }

  /**
   * The run so far as a PyTorch script: the same network from the same initial parameters, on the same data and
   * minibatches, with live changes at their steps. It prints the numbers of `toCSV`.
   * @returns {Promise<string>}
   */
  toPyTorch() {
    return this.#laboratory.toPyTorch();
  }
}
