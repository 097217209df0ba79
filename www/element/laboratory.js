// @ts-check
/** Creates the parts of an element and connects them: what happens in one part is passed on to the others. */
import { Figures } from '../charts/figures.js';
import { snapshotRequest } from '../charts/snapshot-request.js';
import { attachStyles } from '../shared/assets.js';
import { el, retell } from '../shared/dom.js';
import { toError } from '../shared/errors.js';
import { problem, toProblem } from '../shared/problems.js';
import { load, wasm } from '../shared/wasm.js';
import { Words } from '../shared/words.js';
import { Comparison } from './comparison.js';
import { ConfigStore } from './config-store.js';
import { Dialogs } from './dialogs.js';
import { ErrorReporter } from './errors.js';
import { emit } from './events.js';
import { Language } from './language.js';
import { RenderThrottle } from './render-throttle.js';
import { Run } from './run.js';
import { RunBar } from './run-bar.js';
import { StatusLine } from './status-line.js';
import { ThemeProbe } from './theme-probe.js';
import { UPLOAD, UploadedTable, missingTable } from './uploaded-table.js';
import { View } from './view.js';

/** @typedef {import('./element.js').GradientFlow} GradientFlow */
/** @typedef {import('../training/engine.js').Experiment} Experiment */
/** @typedef {import('../types.js').Problem} Problem */
/** @typedef {import('../types.js').Schema} Schema */
/** @typedef {import('../types.js').Snapshot} Snapshot */
/** @typedef {import('../types.js').Status} Status */
/** @typedef {import('../types.js').Values} Values */

/** A promise of the first snapshot. */
function promiseReady() {
  /** @type {(lab: GradientFlow) => void} */
  let resolve = () => {};
  /** @type {(error: Error) => void} */
  let reject = () => {};
  /** @type {Promise<GradientFlow>} */
  const promise = new Promise((...settle) => ([resolve, reject] = settle));
  // A failure is on the screen and an event: nobody has to wait for it.
  promise.catch(() => {});
  return { promise, resolve, reject };
}

export class Laboratory {
  #ready = promiseReady();
  /** It could not start: whoever asks for it again has it tried again. */
  #hasFailed = false;
  /** The number of times that the element was removed: what was begun before is abandoned. */
  #removals = 0;
  #isBeginning = false;
  /** One has been told that the network does not answer. */
  #isSilenceShown = false;
  /** The element has been seen, or a script has asked for it. Until then it loads nothing. */
  #isAwake = false;
  /** The kind of the last diagnosis. */
  #diagnosis = '';
  /** The charts, while the element is in a document. @type {Figures | undefined} */
  figures;
  /** Said by all parts in the language that it has now. */
  words = new Words();
  #root = el('div', { class: 'lab loading', lang: 'en' });
  #theme = new ThemeProbe(() => this.#paintCharts());
  #status = new StatusLine(this.words, {
    fix: (patch) => this.#applyFix(patch),
    unpin: () => this.unpin(),
    returnToLatest: () => this.#comparison.returnToLatest(this.figures),
  });
  #throttle = new RenderThrottle((snapshot, status) => this.#renderStatus(snapshot, status));
  #areStylesReady = false;
  /** One has been told that a language could not be loaded. */
  #isLanguageMissing = false;

  #dialogs;
  #comparison;
  #language;

  /** @param {GradientFlow} host */
  constructor(host) {
    this.host = host;
    const { words } = this;
    this.#language = new Language(host, words, {
      onchange: () => this.#changeLanguage(),
      onready: () => this.#reveal(),
      onfailed: (tag) => {
        this.#isLanguageMissing = true;
        this.errors.report(problem('LoadError', 'load-language', { tag }));
      },
    });
    this.#dialogs = new Dialogs(host, words, this.#status);
    this.bar = new RunBar(words, {
      run: () => (host.running ? host.pause() : host.run()),
      step: () => host.step().catch(() => {}),
      reset: () => host.reset(),
      pin: () => (this.bar.pinned ? this.unpin() : this.pin()),
      speed: (speed) => host.setAttribute('speed', speed),
      theme: () => host.setAttribute('theme', this.#theme.isDark ? 'light' : 'dark'),
      share: () => this.#dialogs.share(),
      settings: () => this.#root.classList.toggle('sheet'),
    });
    this.table = new UploadedTable(words, host, this.#root, (file) => this.#chooseTable(file));
    this.errors = new ErrorReporter(host, words, this.#status, () => this.#chooseTable());
    this.store = new ConfigStore(host, {
      check: (config) => this.#checkTable(config),
      onchange: (previous, config) => this.#changeConfig(previous, config),
      onunchanged: () => this.#showConfig(),
      onrefused: (refusal) => this.errors.report(refusal),
    });
    this.run = new Run(
      host,
      { experiment: () => ({ config: this.store.json, table: this.table.table }), speed: () => this.bar.stepsPerSecond },
      {
        onsnapshot: (snapshot, numbers, begun) => this.#show(snapshot, numbers, begun),
        onconfigured: (config) => {
          this.figures?.charts.configure(config);
          this.#comparison.update(this.figures);
        },
        onrunning: () => this.#updateRunButton(),
        onstop: () => this.#throttle.flush(),
        onvisible: () => {
          if (!this.#isAwake) this.wake();
          // A page that was hidden tells nothing of a theme that changes.
          this.#paintCharts();
        },
        onrefused: (refusal, refused, lastGood) => this.#refuse(refusal, refused, lastGood),
        onfailed: (failure, failed, lastGood) => this.#fail(failure, failed, lastGood),
        onsilent: (seconds) => this.#showSilence(seconds),
      },
    );
    this.view = new View(
      host,
      words,
      { root: this.#root, bar: this.bar, status: this.#status, table: this.table, errors: this.errors },
      {
        change: (patch) => (patch.data === UPLOAD && !this.table.table ? this.#chooseTable() : this.store.change(patch)),
        randomSeed: () => wasm.randomSeed(),
        share: () => this.#dialogs.share(),
        updateSpeed: () => this.run.updateSpeed(),
        onshowcharts: () => this.#requestSnapshots(),
        onshowcontrols: () => this.#showConfig(),
      },
    );
    this.#comparison = new Comparison(words, { root: this.#root, bar: this.bar, status: this.#status, run: this.run });
    this.#attach();
  }

  #attach() {
    const shadow = this.host.attachShadow({ mode: 'open' });
    // Stays hidden until its style sheets and its language are loaded.
    this.#root.hidden = true;
    shadow.append(this.#root);
    attachStyles(shadow, () => {
      this.#areStylesReady = true;
      this.#reveal();
    });
    this.#root.append(this.#theme.element, this.bar.element, this.#status.element);
    // Attributes count even while the element is not in a document.
    const observer = new MutationObserver((changes) => this.#readAttributes(changes.map((change) => change.attributeName ?? '')));
    observer.observe(this.host, { attributes: true });
  }

  #reveal() {
    if (!this.#areStylesReady || !this.#language.isReady) return;
    this.#root.hidden = false;
    this.#paintCharts();
  }

  /** Says everything again in the language that the words have now; run and state stay. */
  #changeLanguage() {
    const { words, figures } = this;
    if (this.#isLanguageMissing) this.#status.dismiss();
    this.#isLanguageMissing = false;
    this.#root.lang = words.tag;
    retell(this.#root);
    this.table.updateButton();
    if (!figures) return;
    figures.speak();
    const schema = this.#readSchema();
    this.store.load(schema);
    figures.picker.offer(schema.charts, () => this.#dialogs.export(figures.ids));
    this.view.speak(schema);
    this.#showConfig();
    this.#comparison.update(figures);
    const { snapshot } = this.run;
    if (snapshot && !this.#root.classList.contains('loading')) this.#throttle.update(snapshot, JSON.parse(figures.charts.status()), true);
    figures.invalidate();
  }

  /** @returns {Schema} */
  #readSchema() {
    return JSON.parse(wasm.schema(this.words.table));
  }

  // ---- life cycle ----

  /** The element has been put into a document. */
  connect() {
    this.#language.connect();
    this.run.connect();
    if (this.#isAwake) this.wake();
  }

  /** Loads what the element needs and builds its network, unless that has begun. */
  wake() {
    this.#isAwake = true;
    if (this.host.isConnected && !this.figures && !this.#isBeginning) this.#begin();
  }

  async #begin() {
    const removals = this.#removals;
    this.#isBeginning = true;
    try {
      await load();
      if (removals !== this.#removals) return;
      this.#isBeginning = false;
      this.#createParts();
    } catch (error) {
      if (removals !== this.#removals) return;
      this.#isBeginning = false;
      this.#fail(toProblem(error));
    }
  }

  #createParts() {
    const schema = this.#readSchema();
    const figures = (this.figures = new Figures(this.words, {
      ondraw: () => this.run.beginDrawing(),
      onselect: () => this.#requestSnapshots(),
      ontravel: (step) => this.#comparison.showStep(step),
      onchoose: (ids) => this.view.chooseCharts(ids),
    }));
    figures.picker.offer(schema.charts, () => this.#dialogs.export(figures.ids));
    this.#root.append(figures.element);
    this.#paintCharts();
    this.run.activate();
    this.store.load(schema);
    this.view.begin(schema, figures);
    this.run.build();
    if (this.host.autoplay) this.start(this.run.limit);
  }

  /** The element has been removed: frees everything. */
  end() {
    this.#removals += 1;
    this.#isBeginning = this.#hasFailed = false;
    this.#throttle.cancel();
    this.#language.disconnect();
    this.run.disconnect();
    this.#root.classList.remove('failed');
    this.#root.classList.add('loading');
    this.#ready.reject(toError(problem('AbortError', 'aborted-removed')));
    this.#ready = promiseReady();
    if (!this.figures) return;
    this.#comparison.showStep(undefined);
    this.figures.dispose();
    this.figures = undefined;
    this.view.end();
    this.#comparison.update(this.figures);
  }

  /** Resolves with the first snapshot; wakes the element. */
  get ready() {
    if (this.#hasFailed) this.#tryAgain();
    this.wake();
    return this.#ready.promise;
  }

  #tryAgain() {
    this.#hasFailed = false;
    this.#ready = promiseReady();
    this.#root.classList.remove('failed');
    this.#root.classList.add('loading');
    this.#status.showLoading();
    if (this.figures) this.run.build();
    else this.wake();
  }

  // ---- the config ----

  /** @param {string[]} changed The names of attributes. */
  #readAttributes(changed) {
    if (!this.store.schema) return;
    const names = new Set(changed);
    for (const name of names) if (!this.store.fieldOf(name)) this.view.apply(name);
    this.store.readAttributes(names);
  }

  /** Throws if a config needs an uploaded table and there is none. @param {string} config */
  #checkTable(config) {
    if (wasm.dataFile(config) === UPLOAD && !this.table.table) throw missingTable();
  }

  /** @param {string} previous @param {string} config */
  #changeConfig(previous, config) {
    this.#status.dismiss();
    this.#showConfig();
    if (!this.run.changeLive(previous, config)) this.run.build();
    emit(this.host, 'config', this.store.value);
  }

  #showConfig() {
    this.table.updateButton();
    this.view.showConfig(this.store);
  }

  /** The worker has refused a config, for reasons that only it can check. @param {Problem} refusal @param {Experiment} refused @param {Experiment} [lastGood] */
  #refuse(refusal, refused, lastGood) {
    this.#restore(refused, lastGood);
    if (!this.run.hasNetwork) this.run.build();
    this.errors.report(refusal);
  }

  /** @param {Experiment} refused @param {Experiment} [lastGood] */
  #restore(refused, lastGood) {
    this.table.table = lastGood?.table;
    this.store.restore(refused.config, lastGood?.config);
    this.#showConfig();
    emit(this.host, 'config', this.store.value);
  }

  /**
   * Applies a fix and runs from the start: even a live change cannot repair weights that are already ruined. The
   * previous run is pinned, to compare both in the same charts.
   * @param {Values} patch
   */
  #applyFix(patch) {
    this.pin();
    this.store.set(patch);
    this.run.build();
    this.start(Infinity);
  }

  /** @param {File} [file] One that was dropped. */
  #chooseTable(file) {
    // The control already shows `upload`: show the actual value again until a table is chosen.
    this.#showConfig();
    this.#dialogs.table(file);
  }

  /** @param {string} csv @param {import('../types.js').Reading & { name?: string }} [options] */
  async useTable(csv, { name = this.words.say('table-unnamed'), ...reading } = {}) {
    const info = await this.table.take(csv, name, reading);
    if (this.store.value.data === UPLOAD) {
      this.#status.dismiss();
      this.#showConfig();
      this.run.build();
    } else {
      this.store.set({ data: UPLOAD });
    }
    return info;
  }

  // ---- the run ----

  /** Runs, for at most so many steps. @param {number} limit */
  start(limit) {
    this.run.limit = limit;
    this.wake();
    this.#comparison.returnToLatest(this.figures);
    this.run.run();
  }

  /** @param {number} count @returns {Promise<Snapshot>} */
  async step(count) {
    await this.ready;
    this.#comparison.returnToLatest(this.figures);
    return this.run.step(count);
  }

  /** @returns {Promise<string>} */
  async toPyTorch() {
    await this.ready;
    return this.run.script();
  }

  #updateRunButton() {
    this.bar.running = this.run.running;
  }

  /** Requests from the worker what the charts on the screen need. */
  #requestSnapshots() {
    this.run.observe(snapshotRequest(this.figures?.infos ?? [], this.figures?.selected ?? 0));
  }

  /** @param {Snapshot} snapshot @param {Uint32Array} numbers The snapshot as it came. @param {Experiment} [begun] What a new run was built from. */
  #show(snapshot, numbers, begun) {
    const { figures } = this;
    if (!figures) return;
    if (begun) this.#showNewRun(figures, snapshot, begun);
    if (this.#isSilenceShown) this.#status.dismiss();
    this.#isSilenceShown = false;
    figures.charts.push(numbers, snapshot.classes, snapshot.first_nonfinite);
    const status = /** @type {Status} */ (JSON.parse(figures.charts.status()));
    const diagnosis = status.kind ?? status.tone;
    const isNewDiagnosis = diagnosis !== this.#diagnosis;
    this.#diagnosis = diagnosis;
    this.#throttle.update(snapshot, status, begun !== undefined || isNewDiagnosis || !this.run.running);
    if (isNewDiagnosis) emit(this.host, 'diagnosis', status);
    figures.invalidate(false, this.run.running);
    this.#ready.resolve(this.host);
    emit(this.host, 'snapshot', snapshot);
  }

  /** @param {Figures} figures @param {Snapshot} snapshot Its first. @param {Experiment} begun */
  #showNewRun(figures, snapshot, begun) {
    figures.charts.begin(begun.config);
    figures.travel(undefined);
    figures.deselectBeyond(snapshot.layers.dw_rms.length);
    this.#comparison.update(this.figures);
    this.#root.classList.remove('loading', 'failed');
    if (!this.#hasFailed) return;
    this.#hasFailed = false;
    this.#ready = promiseReady();
  }

  /** Shows a snapshot in words and numbers. @param {Snapshot} snapshot @param {Status} status */
  #renderStatus(snapshot, status) {
    this.bar.show(snapshot);
    this.#status.show(status);
    if (!this.figures) return;
    this.figures.scrubber.latestStep = snapshot.step;
    this.#comparison.showLatest(snapshot.step);
    this.figures.invalidate(true, this.run.running);
  }

  /** Redraws the charts in the page's colours. */
  #paintCharts() {
    if (!this.figures || this.#root.hidden) return;
    this.figures.charts.paint(this.#theme.isDark, this.#theme.colours);
    this.figures.invalidate();
  }

  /**
   * Something has failed that another try may mend.
   * @param {Problem} failure @param {Experiment} [failed] What could not be built. @param {Experiment} [lastGood]
   */
  #fail(failure, failed, lastGood) {
    if (lastGood) {
      if (failed) this.#restore(failed, lastGood);
      const startAgain = { text: this.words.text('status-start-again'), act: () => this.host.reset() };
      this.errors.fail(failure, this.run.hasNetwork ? undefined : startAgain);
      return;
    }
    this.#hasFailed = true;
    this.#root.classList.add('failed');
    this.#root.classList.remove('loading');
    if (!this.view.hasControls) this.#root.classList.add('bare');
    this.errors.failToStart(failure, { text: this.words.text('status-try-again'), act: () => this.#tryAgain() });
    this.#ready.reject(toError(failure));
  }

  /** @param {number} seconds */
  #showSilence(seconds) {
    this.#isSilenceShown = true;
    const startAgain = { text: this.words.text('status-start-again'), act: () => this.host.reset() };
    this.#status.showProblem([this.words.text('worker-silent', { seconds })], startAgain);
  }

  // ---- comparing ----

  pin() {
    this.#comparison.pin(this.figures);
  }

  unpin() {
    this.#comparison.unpin(this.figures);
  }
}
