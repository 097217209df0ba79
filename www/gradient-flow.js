// @ts-check
/// <reference path="./elements.d.ts" preserve="true" />
/**
 * `<gradient-flow>`: a laboratory for vanishing and exploding gradients.
 *
 * Attributes: every field of the config, and `charts`, `controls`, `autoplay`, `speed`, `theme`, `lang`.
 * Events: `gradient-flow-snapshot`, `gradient-flow-config`, `gradient-flow-diagnosis`, `gradient-flow-error`.
 *
 * Attributes and properties say the same: what the config has otherwise than its defaults stands in attributes
 * at once, and a changed attribute is in the config in a microtask. An attribute that is refused stays as it
 * was written, and the config keeps its last good value.
 */
import { load, wasm } from './shared/wasm.js';
import { dress } from './shared/assets.js';
import { Controls } from './controls/controls.js';
import { Engine } from './training/engine.js';
import { Figures } from './charts/figures.js';
import { StepRecord, plain } from './training/step-record.js';
import { Bar } from './element/run-bar.js';
import { Look } from './element/theme-probe.js';
import { Sight } from './element/visibility.js';
import { StatusLine } from './element/status-line.js';
import { pack } from './training/snapshot.js';
import { OWN, OwnTable, noTable } from './element/uploaded-table.js';
import { VIEW, chosenCharts, chosenControls, isSpeed, usual } from './element/view.js';
import { problem } from './types.js';
import { el } from './shared/dom.js';

/** @typedef {import('./types.js').Config} Config */
/** @typedef {import('./types.js').Values} Values */
/** @typedef {import('./types.js').Schema} Schema */
/** @typedef {import('./types.js').Snapshot} Snapshot */
/** @typedef {import('./types.js').Problem} Problem */

const FORBIDDEN =
  'The security policy (CSP) of this page forbids WebAssembly, in which the laboratory computes. ' +
  "Whoever runs the site can allow it with: script-src 'self' 'wasm-unsafe-eval'.";
/** Milliseconds between changes of words and numbers while it runs: faster nobody reads. */
const READABLE = 100;
/** Properties that a script may have set before this one was here. */
const EARLY = ['config', 'autoplay', ...VIEW];
export class GradientFlow extends HTMLElement {
  #first = /** @type {PromiseWithResolvers<GradientFlow>} */ (Promise.withResolvers());
  /** @type {Schema | undefined} */ #schema;
  /** The whole config as JSON; the last good one. @type {string} */ #config = '';
  /** The config of the run on the screen. */ #good = '';
  /** @type {Snapshot | undefined} */ #snapshot;
  /** What was asked for before the schema was here. @type {Values} */ #early = {};
  /** @type {Controls | undefined} */ #controls;
  /** @type {Figures | undefined} */ #figures;
  /** @type {import('./wasm/gradient_flow.js').Charts | undefined} */ #charts;
  #engine = new Engine({
    onsnapshot: (snapshot, first) => this.#show(snapshot, first),
    onstop: () => {
      this.#say();
      this.#shown();
    },
    onrefused: (refused) => this.#refused(refused),
    onfailed: (failed) => this.#failed(failed),
  });
  #bar = new Bar({
    run: () => (this.running ? this.pause() : this.run()),
    step: () => this.step().catch(() => {}),
    reset: () => this.reset(),
    pin: () => (this.#bar.pinned ? this.unpin() : this.pin()),
    speed: (speed) => this.setAttribute('speed', speed),
    theme: () => this.setAttribute('theme', this.#look.dark ? 'light' : 'dark'),
    share: () => this.#share(),
    settings: () => this.#root.classList.toggle('sheet'),
  });
  #status = new StatusLine({ cure: (patch) => this.#cure(patch), unpin: () => this.unpin() });
  #record = new StepRecord();
  #root = el('div', { class: 'lab loading' });
  #own = new OwnTable(this, this.#root, (file) => this.#askTable(file));
  /** What the last diagnosis found. */ #diagnosis = '';
  /** Somebody has seen it or asked for it: until then it loads nothing. */ #awake = false;
  #waiting = false;
  #building = 0;
  #limit = Infinity;
  #look = new Look(() => this.#paint());
  #watch = new MutationObserver((changes) => this.#attributes(changes.map((change) => change.attributeName ?? '')));
  #sight = new Sight(this, () => this.#frame());
  /** What the diagnosis says of the last snapshot. @type {import('./types.js').Status | undefined} */ #sentence;
  /** When words changed. */ #said = 0;
  /** Until they change again. @type {ReturnType<typeof setTimeout> | undefined} */ #later;
  /** Was it seen when the last snapshot came? */ #seen = false;

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    // Nothing is shown before it has its style.
    this.#root.hidden = true;
    const styled = () => {
      this.#root.hidden = false;
      this.#paint();
    };
    shadow.append(this.#root);
    dress(shadow, styled);
    // The words are English, whatever the page speaks.
    this.#root.lang = 'en';
    this.#root.append(this.#look.element, this.#bar.element, this.#status.element);
    this.addEventListener('keydown', (event) => this.#key(event));
    // Also while it is in no document.
    this.#watch.observe(this, { attributes: true });
    // A property set before the class was there hides the class's own.
    for (const name of EARLY) {
      if (!Object.hasOwn(this, name)) continue;
      const value = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }

  connectedCallback() {
    this.#sight.begin();
    if (this.#awake) this.#wake();
  }

  disconnectedCallback() {
    // What is only moved is in its document again by then, and runs on.
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  #wake() {
    this.#awake = true;
    if (this.isConnected && !this.#charts) this.#begin().catch((error) => this.#failed(problem(error)));
  }

  async #begin() {
    await load();
    if (!this.isConnected || this.#charts) return;
    const schema = (this.#schema ??= /** @type {Schema} */ (JSON.parse(wasm.schema())));
    const charts = (this.#charts = new wasm.Charts());
    this.#figures = new Figures(charts, {
      drawing: () => this.#frame(this.#seen),
      selected: () => this.#watched(),
      travelled: (step) => this.#travelled(step),
      choose: (ids) => this.#choose(ids),
    });
    this.#figures.views.offer(schema.charts, () => this.#takeAlong());
    this.#root.append(this.#figures.element);
    this.#paint();
    if (this.#config === '') {
      this.#config = this.#good = wasm.configFromQuery('');
      this.#attributes(schema.fields.map(({ attribute }) => attribute).filter((name) => this.hasAttribute(name)));
      this.#apply(this.#early);
    }
    for (const name of VIEW) this.#view(name);
    this.#build();
    if (this.hasAttribute('autoplay')) this.run(this.#limit);
  }

  /** Gives back all that it holds: it has been removed. */
  #end() {
    cancelAnimationFrame(this.#building);
    clearTimeout(this.#later);
    this.#later = undefined;
    this.#building = 0;
    this.#waiting = false;
    this.#sight.end();
    this.#engine.stop();
    this.#shown();
    if (!this.#charts) return;
    this.#travelled(undefined);
    this.#figures?.end();
    this.#charts.free();
    this.#figures = this.#charts = undefined;
    this.#compared();
    if (this.#root.classList.contains('loading')) return;
    this.#root.classList.add('loading');
    this.#first = Promise.withResolvers();
  }

  /** Resolves when the element has its first snapshot. Asking for it wakes an element that is out of sight. */
  get ready() {
    this.#wake();
    return this.#first.promise;
  }

  // ---- attributes ----

  /** @param {string[]} names */
  #attributes(names) {
    if (!this.#schema) return;
    /** @type {Values} */
    const patch = {};
    const defaults = JSON.parse(wasm.configDefaults(this.#config));
    for (const name of new Set(names)) {
      const field = this.#schema.fields.find((known) => known.attribute === name);
      const value = this.getAttribute(name);
      if (!field) this.#view(name);
      // A flag that is there and says nothing is set, as HTML's own are.
      else patch[field.name] = field.type === 'flag' && value === '' ? true : (value ?? defaults[field.name]);
    }
    this.#apply(patch);
  }

  /** An attribute of the view. @param {string} name */
  #view(name) {
    const schema = /** @type {Schema} */ (this.#schema);
    if (name === 'charts') {
      const { charts, unknown, allowed } = chosenCharts(schema, this.getAttribute('charts'));
      if (unknown) {
        this.#complain('charts', unknown, allowed);
        if (this.#figures && this.#figures.ids.length > 0) return;
      }
      this.#figures?.show(charts);
      this.#watched();
    } else if (name === 'controls') {
      this.#makeControls();
    } else if (name === 'speed') {
      const speed = this.getAttribute('speed');
      if (!isSpeed(speed)) {
        this.#complain('speed', String(speed), 'steps a second, above 0 up to 1000, or max');
        return;
      }
      this.#bar.speed = speed;
      if (this.running) this.#engine.run(this.#bar.stepsPerSecond, this.#limit);
    } else if (name === 'theme') {
      const theme = this.getAttribute('theme') ?? 'auto';
      if (!['auto', 'light', 'dark'].includes(theme)) this.#complain('theme', theme, 'auto, light or dark');
    }
  }

  /** An attribute, by a property. @param {string} name @param {string | null} value */
  #attribute(name, value) {
    if (value === null || value === undefined) this.removeAttribute(name);
    else this.setAttribute(name, value);
  }

  /** Ids of the charts, in order; null shows the usual ones. @returns {string | null} */
  get charts() {
    return this.getAttribute('charts');
  }

  set charts(ids) {
    this.#attribute('charts', ids);
  }

  /** `all` (null), `none`, or names of fields. @returns {string | null} */
  get controls() {
    return this.getAttribute('controls');
  }

  set controls(names) {
    this.#attribute('controls', names);
  }

  /** Steps a second, or `max`; null is the usual. @returns {string | null} */
  get speed() {
    return this.getAttribute('speed');
  }

  set speed(speed) {
    this.#attribute('speed', speed);
  }

  /** `auto` (null: as the page around it), `light` or `dark`. @returns {string | null} */
  get theme() {
    return this.getAttribute('theme');
  }

  set theme(theme) {
    this.#attribute('theme', theme);
  }

  /** Does it run when it is first seen? */
  get autoplay() {
    return this.hasAttribute('autoplay');
  }

  set autoplay(autoplay) {
    this.toggleAttribute('autoplay', autoplay);
  }

  #makeControls() {
    const schema = /** @type {Schema} */ (this.#schema);
    const { names, all, none, unknown, allowed } = chosenControls(schema, this.getAttribute('controls'));
    if (unknown) this.#complain('controls', unknown, allowed);
    this.#controls?.element.remove();
    this.#controls = undefined;
    this.#root.classList.toggle('bare', names.length === 0);
    this.#bar.bare = none;
    // Whoever chose the controls chose the charts too.
    if (this.#figures) this.#figures.views.element.hidden = !all;
    if (names.length === 0) return;
    this.#controls = new Controls(schema, names, {
      change: (patch) => (patch.data === OWN && !this.#own.text ? this.#askTable() : this.#change(patch)),
      dice: () => wasm.randomSeed(),
    });
    this.#controls.append('data', this.#own.button);
    const share = el('button', { type: 'button', class: 'share-below' }, ['Share …']);
    share.addEventListener('click', () => this.#share());
    this.#controls.element.append(share);
    this.#status.element.after(this.#controls.element);
    this.#showConfig();
  }

  async #share() {
    try {
      if (this.#schema) (await import('./dialogs/share.js')).share(this);
    } catch (error) {
      this.#status.complain(problem(error).message);
    }
  }

  /** Opens these charts. @param {string[]} ids */
  #choose(ids) {
    const schema = /** @type {Schema} */ (this.#schema);
    const opened = ids.find((id) => !this.#figures?.ids.includes(id));
    if (ids.join() === usual(schema).join()) this.removeAttribute('charts');
    else this.setAttribute('charts', ids.join(' '));
    // Attributes are heard of in a microtask.
    if (opened) queueMicrotask(() => this.#figures?.reveal(opened));
  }

  /** Tells the worker what the open charts need beside the usual. */
  #watched() {
    const ids = this.#figures?.ids ?? [];
    this.#engine.watch({
      step_line: ids.includes('step-line'),
      predictions: ids.includes('boundary'),
      values: ids.includes('saturation'),
      layer: ids.includes('weights') ? (this.#figures?.selected ?? 0) : -1,
    });
  }

  // ---- the config ----

  /**
   * The whole config, once the element is ready. Setting takes a part; what is refused is told by an event, and
   * the rest counts.
   * @returns {Config}
   */
  get config() {
    return this.#config ? JSON.parse(this.#config) : /** @type {any} */ ({ ...this.#early });
  }

  /** @param {Partial<Config>} patch */
  set config(patch) {
    if (this.#schema) this.#apply(patch);
    else this.#early = { ...this.#early, ...patch };
  }

  /** Changes the config from outside: what is refused is told, field by field. @param {Values} patch */
  #apply(patch) {
    if (Object.keys(patch).length === 0) return;
    try {
      this.#change(patch);
    } catch {
      // One bad field does not spoil the others.
      const refused = [];
      for (const [name, value] of Object.entries(patch)) {
        try {
          this.#change({ [name]: value });
        } catch (error) {
          refused.push(problem(error));
        }
      }
      for (const one of refused) this.#tell(one);
    }
  }

  /** Changes the config; throws what is refused and then changes nothing. @param {Values} patch */
  #change(patch) {
    const next = wasm.configWith(this.#config, JSON.stringify(patch));
    if (wasm.dataFile(next) === OWN && !this.#own.text) throw noTable();
    if (next === this.#config) {
      this.#showConfig();
      return;
    }
    const before = this.config;
    const live = this.#snapshot !== undefined && !this.#snapshot.first_nonfinite && wasm.isLiveChange(this.#config, next);
    this.#config = next;
    this.#status.dismiss();
    this.#showConfig();
    this.#reflect(before);
    if (live && !this.#building) {
      this.#good = next;
      this.#engine.configure(next);
      this.#charts?.configure(next);
      this.#compared();
    } else {
      this.#build();
    }
    this.#emit('config', this.config);
  }

  /** What has changed stands in the attributes: the element's HTML is the experiment. @param {Values} before */
  #reflect(before) {
    /** @type {Values[]} */
    const [config, defaults] = [this.config, JSON.parse(wasm.configDefaults(this.#config))];
    for (const { name, attribute } of this.#schema?.fields ?? []) {
      const value = config[name];
      if (value !== before[name]) this.#attribute(attribute, value === defaults[name] ? null : String(value));
    }
  }

  #showConfig() {
    this.#own.show();
    this.#controls?.show(this.config, JSON.parse(wasm.configDefaults(this.#config)));
  }

  /** Builds the newest config, once a frame. */
  #build() {
    if (!this.isConnected || !this.#schema) return;
    this.#building ||= requestAnimationFrame(() => {
      this.#building = 0;
      this.#engine.build(this.#config, this.#own.text);
    });
  }

  /** Builds what waits for the next frame: what is asked of the worker next is meant for the new network. */
  #buildNow() {
    if (!this.#building) return;
    cancelAnimationFrame(this.#building);
    this.#building = 0;
    this.#engine.build(this.#config, this.#own.text);
  }

  /**
   * Before and after stand in the same charts. Always from the start: what a run has spoilt, a better
   * rate does not mend. @param {Values} patch
   */
  #cure(patch) {
    this.pin();
    this.#apply(patch);
    this.#build();
    this.run();
  }

  // ---- comparing, and going back ----

  /** Pins the run as it is: it stays beneath the runs to come. */
  pin() {
    if (!this.#snapshot) return;
    this.#charts?.pin();
    this.#compared();
  }

  /** Forgets the pinned run. */
  unpin() {
    this.#charts?.unpin();
    this.#compared();
  }

  #compared() {
    /** @type {import('./types.js').Difference[] | null} */
    const differences = JSON.parse(this.#charts?.differences() ?? 'null');
    this.#status.compare(differences);
    this.#bar.pinned = differences !== null;
    this.#figures?.touch();
  }

  /** The charts show an earlier step, or the latest again. @param {number | undefined} step */
  #travelled(step) {
    const back = step !== undefined;
    this.#root.classList.toggle('back', back);
    this.#status.back(back ? `Looking back at step ${step}. Space goes on from the end of the run.` : undefined);
    if (back && this.running) this.pause();
  }

  // ---- a table of one's own ----

  /**
   * Trains on a table of one's own, which never leaves the browser. How it is written is guessed; what
   * is guessed can be told. At most 8 MB, 20 000 rows, 500 columns, 20 classes. Throws (a `ConfigError`
   * with `field`, `value` and `allowed`, or a `DataError` that names row and column) what cannot be
   * learned from; the last good state stays.
   * @param {string} csv Its text; comma, semicolon or tab between the cells.
   * @param {import('./types.js').Reading & { name?: string }} [reading] `name` stands beside the data.
   * @returns {Promise<import('./types.js').TableInfo>} What it holds.
   */
  async useTable(csv, { name = 'Your table', ...reading } = {}) {
    const info = await this.#own.take(csv, name, reading);
    if (this.config.data === OWN) {
      this.#status.dismiss();
      this.#showConfig();
      this.#build();
    } else {
      this.config = { data: OWN };
    }
    return info;
  }

  /** Asks for a table. @param {File} [file] One that was dropped. */
  async #askTable(file) {
    this.#showConfig();
    try {
      await (await import('./dialogs/table.js')).chooseTable(this, file);
    } catch (error) {
      this.#status.complain(problem(error).message);
    }
  }

  // ---- the run ----

  /** What the run shows now. */
  get snapshot() {
    return this.#snapshot;
  }

  /** The declaration of every setting and chart, once the element is ready. */
  get schema() {
    return this.#schema;
  }

  /** Does it run? It may stand still all the same, because nobody sees it. */
  get running() {
    return this.#engine.running;
  }

  /** Runs, for at most `limit` steps. */
  run(limit = Infinity) {
    this.#limit = limit;
    this.#wake();
    if (this.#root.classList.contains('back')) this.#figures?.travel(undefined);
    if (this.#snapshot?.first_nonfinite && !this.#building) this.#build();
    this.#buildNow();
    this.#engine.run(this.#bar.stepsPerSecond, limit);
    this.#shown();
  }

  /** Stands still. */
  pause() {
    this.#engine.pause();
    this.#shown();
  }

  /** The same run from its start. */
  reset() {
    this.pause();
    this.#build();
  }

  /** Makes steps; brings the snapshot after them. @returns {Promise<Snapshot>} */
  async step(count = 1) {
    await this.ready;
    this.#buildNow();
    if (this.#root.classList.contains('back')) this.#figures?.travel(undefined);
    this.#shown();
    const snapshot = this.#engine.step(count);
    this.#shown();
    return snapshot;
  }

  // ---- taking along ----

  /** The charts, once they are there. @param {string} method */
  #drawn(method) {
    if (!this.#charts) throw new Error(`${method}: the element is not ready yet; await its \`ready\``);
    return this.#charts;
  }

  /**
   * A chart as an SVG document.
   * @param {string} chart Its id.
   * @param {number} [width] CSS pixels.
   * @param {number} [height] CSS pixels.
   * @returns {string}
   */
  toSVG(chart, width = 900, height = 360) {
    return this.#drawn('toSVG').svg(chart, width, height);
  }

  /**
   * A chart as a PNG image.
   * @param {string} chart Its id.
   * @param {number} [width] CSS pixels.
   * @param {number} [height] CSS pixels.
   * @param {number} [scale] Dots for each CSS pixel.
   * @returns {Promise<Blob>}
   */
  async toPNG(chart, width = 900, height = 360, scale = 2) {
    const canvas = el('canvas');
    this.#drawn('toPNG').draw(chart, canvas, width, height, scale);
    return new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('toPNG: the image is too large'))));
    });
  }

  /**
   * The history as CSV: a line per step with the loss of its minibatch, the norm of the whole gradient,
   * the factor of clipping, loss and accuracy of the test part where it was looked at, and the RMS of
   * every layer's dW. A run of more than 8 million numbers keeps every second step, or fourth, ...
   * @returns {string}
   */
  toCSV() {
    return this.#record.toCSV();
  }

  /**
   * The history and the state as an object for JSON: `config`, `query`, `history` (arrays over the steps), `tests`,
   * `layers` (all statistics of the latest step), `classes`, `first_nonfinite`. Numbers that are not finite
   * are strings ("NaN", "Infinity"). `JSON.stringify(element)` uses it.
   * @returns {Record<string, unknown>}
   */
  toJSON() {
    const { layers = {}, classes = [], first_nonfinite = null } = this.#snapshot ?? {};
    return {
      config: this.config,
      query: this.#config && wasm.configToQuery(this.#config),
      history: this.#record.history(),
      tests: this.#record.tests,
      layers: Object.fromEntries(Object.entries(layers).map(([name, values]) => [name, Array.from(values, plain)])),
      classes,
      first_nonfinite,
    };
  }

  /**
   * The run so far as a PyTorch script: the same network from the same initial parameters, on the same
   * data and minibatches, with the live changes made at their steps. It prints what `toCSV` tells.
   * @returns {Promise<string>}
   */
  async toPyTorch() {
    await this.ready;
    this.#buildNow();
    return this.#engine.script();
  }

  /** Opens what offers all of it. */
  async #takeAlong() {
    try {
      (await import('./dialogs/export.js')).takeAlong(this, this.#figures?.ids ?? []);
    } catch (error) {
      this.#status.complain(problem(error).message);
    }
  }

  /** @param {Snapshot} snapshot @param {boolean} first */
  #show(snapshot, first) {
    const charts = this.#charts;
    if (!charts) return;
    // Before anything changes: afterwards the browser would have to compute all style for the answer.
    this.#seen = this.#sight.seen;
    if (first) {
      charts.begin(this.#config);
      this.#record.begin();
      this.#good = this.#config;
      this.#own.begun();
      this.#figures?.travel(undefined);
      this.#figures?.keep(snapshot.layers.dw_rms.length);
      this.#compared();
      this.#root.classList.remove('loading', 'failed');
    }
    charts.push(pack(snapshot), snapshot.classes, snapshot.first_nonfinite);
    this.#record.push(snapshot);
    this.#snapshot = snapshot;
    const status = (this.#sentence = /** @type {import('./types.js').Status} */ (JSON.parse(charts.status())));
    const kind = status.kind ?? status.tone;
    const other = kind !== this.#diagnosis;
    this.#diagnosis = kind;
    const wait = this.#said + READABLE - performance.now();
    if (first || other || !this.running || wait <= 0) this.#say();
    else this.#later ??= setTimeout(() => this.#say(), wait);
    if (other) this.#emit('diagnosis', status);
    this.#waiting = true;
    this.#figures?.touch(false);
    this.#first.resolve(this);
    this.#emit('snapshot', snapshot);
  }

  /** Says in words what the last snapshot shows. */
  #say() {
    clearTimeout(this.#later);
    this.#later = undefined;
    this.#said = performance.now();
    if (!this.#snapshot || !this.#sentence) return;
    this.#bar.show(this.#snapshot);
    this.#status.show(this.#sentence);
    this.#figures?.scrubber.reached(this.#snapshot.step);
    this.#figures?.touch();
  }

  /** The page draws: meanwhile the next snapshot may come, where somebody sees it. */
  #frame(seen = this.#sight.seen) {
    if ((this.#awake && !this.#waiting) || !seen) return;
    if (!this.#awake) this.#wake();
    if (!this.#waiting) return;
    this.#waiting = false;
    this.#engine.frame();
  }

  #shown() {
    this.#bar.running = this.running;
  }

  /** The charts take the page's colours over. */
  #paint() {
    if (!this.#charts || this.#root.hidden) return;
    this.#charts.paint(this.#look.dark, this.#look.colours);
    this.#figures?.touch();
  }

  // ---- what goes wrong ----

  /** @param {string} field @param {string} value @param {string} allowed */
  #complain(field, value, allowed) {
    this.#tell({ name: 'ConfigError', message: `${field} = ${value} is refused; allowed: ${allowed}`, field, value, allowed });
  }

  /** Says what was refused; the last good state stays. @param {Problem} refused */
  #tell(refused) {
    const lacking = refused.field === 'data' && refused.value === OWN;
    this.#status.complain(refused.message, lacking ? { text: 'Choose a table …', act: () => this.#askTable() } : undefined);
    this.#emit('error', refused);
  }

  /** The worker has refused a config that only it could judge. @param {Problem} refused */
  #refused(refused) {
    const before = this.config;
    this.#config = this.#good;
    this.#own.refused();
    this.#showConfig();
    this.#reflect(before);
    this.#tell(refused);
  }

  /** Nothing can be computed. @param {Problem} failed */
  #failed(failed) {
    const first = this.#snapshot === undefined;
    this.#root.classList.toggle('failed', first);
    this.#root.classList.remove('loading');
    let text = failed.message;
    // As Chromium and Safari, and as Firefox say it.
    if (/unsafe-eval|blocked by CSP|Content Security Policy/i.test(text)) text = FORBIDDEN;
    else if (first) text += ' The laboratory needs WebAssembly and a page that is served over HTTP; reloading may help.';
    if (!this.#controls) this.#root.classList.add('bare');
    if (first) this.#status.fail(text);
    else this.#status.complain(text);
    this.#emit('error', failed);
  }

  /** @param {'snapshot' | 'config' | 'diagnosis' | 'error'} kind @param {unknown} detail */
  #emit(kind, detail) {
    this.dispatchEvent(new CustomEvent(`gradient-flow-${kind}`, { detail, bubbles: true, composed: true }));
  }

  // ---- keys ----

  /** Space runs and pauses, s steps, r resets, p pins, where no control has the keys. @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // While it has the focus its keys are its own: no book or slides around it turn a page by them.
    if (event.key !== 'Escape' && event.key !== 'Tab') event.stopPropagation();
    const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
    if (target.matches('input, select, textarea, button, summary')) return;
    const act = { ' ': () => (this.running ? this.pause() : this.run()), s: () => this.step().catch(() => {}), r: () => this.reset(), p: () => this.pin() }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
}

// Two copies of this module may meet in one page, a notebook's say: the first serves for both.
if (!customElements.get('gradient-flow')) customElements.define('gradient-flow', GradientFlow);
