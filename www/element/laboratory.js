// @ts-check
/** Creates the parts of an element and connects them: what happens in one part is passed on to the others. */
import { Figures } from '../charts/figures.js';
import { snapshotRequest } from '../charts/snapshot-request.js';
import { toError } from '../shared/errors.js';
import { problem, toProblem } from '../shared/problems.js';
import { MOMENT_ATTRIBUTES } from '../shared/view-attributes.js';
import { load, wasm } from '../shared/wasm.js';
import { ENGLISH, Words } from '../shared/words.js';
import { ConfigStore } from './config-store.js';
import { Dialogs } from './dialogs.js';
import { ErrorReporter } from './errors.js';
import { emit } from './events.js';
import { Language } from './language.js';
import { LessonLink } from './lesson-link.js';
import { Run } from './run.js';
import { Screen } from './screen.js';
import { TrialWatch } from './trial-watch.js';
import { UPLOAD, UploadedTable, missingTable } from './uploaded-table.js';
import { View } from './view.js';

/** @typedef {import('./element.js').GradientFlow} GradientFlow */
/** @typedef {import('../training/engine.js').Experiment} Experiment */
/** @typedef {import('../types.js').Problem} Problem */
/** @typedef {import('../types.js').Schema} Schema */
/** @typedef {import('../types.js').Snapshot} Snapshot */
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
  /** The number of times that somebody has paused it: steps that were asked for before are not made. */
  #pauses = 0;
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
  /** What takes the run to a step, once it is loaded. @type {import('../moments/moments.js').Moments | undefined} */
  moments;
  /** @type {Promise<import('../moments/moments.js').Moments> | undefined} */
  #loadingMoments;
  lesson = new LessonLink(this);
  /** One has been told that a language could not be loaded. */
  #isLanguageMissing = false;
  #dialogs;
  #language;
  #attributes;

  /** @param {GradientFlow} host */
  constructor(host) {
    this.host = host;
    const { words } = this;
    this.#language = new Language(host, words, {
      onchange: () => this.#changeLanguage(),
      onready: () => this.screen.reveal('language'),
      onfailed: (tag) => {
        this.#isLanguageMissing = true;
        this.errors.report(problem('LoadError', 'load-language', { tag }));
      },
    });
    this.trials = new TrialWatch(host, words, {
      experiment: () => this.#experiment(),
      isSilent: () => this.screen.root.matches('.mute, .unsolved'),
      onreport: (isFinal) => this.#showTrials(isFinal),
    });
    this.run = new Run(
      host,
      { experiment: () => (this.moments?.rewind(), this.#experiment()), speed: () => this.screen.bar.stepsPerSecond },
      {
        onsnapshot: (snapshot, numbers, begun) => this.#show(snapshot, numbers, begun),
        onconfigured: (config, patch) => {
          if (patch) this.replaceConfig(wasm.configWith(this.store.json, JSON.stringify(patch)));
          this.figures?.charts.configure(config);
          this.screen.comparison.update(this.figures);
          this.#followVerdict();
        },
        onrunning: () => {
          this.screen.bar.running = this.run.running;
          this.trials.pace();
        },
        onstop: () => this.screen.flush(),
        onvisible: () => {
          if (!this.#isAwake) this.wake();
          // A page that was hidden tells nothing of a theme that changes.
          this.screen.paint();
        },
        onrefused: (refusal, refused, lastGood) => this.#refuse(refusal, refused, lastGood),
        onfailed: (failure, failed, lastGood) => this.#fail(failure, failed, lastGood),
        onsilent: (seconds) => this.#showSilence(seconds),
      },
    );
    this.screen = new Screen(host, words, this.run, {
      config: () => this.store.value,
      fix: (patch) => this.#applyFix(patch),
      share: () => this.#dialogs.share(),
      export: () => this.#export(),
      lessons: () => this.lesson.with((lessons) => lessons.openMenu()),
      onshowsamples: () => this.#requestSnapshots(),
    });
    const { root, status, bar } = this.screen;
    this.#dialogs = new Dialogs(host, words, status, () => this.loadMoments());
    this.table = new UploadedTable(words, host, root, (file) => this.#chooseTable(file));
    this.errors = new ErrorReporter(host, words, status, () => this.#chooseTable());
    this.store = new ConfigStore(host, {
      check: (config) => this.#checkTable(config),
      onchange: (previous, config) => this.#changeConfig(previous, config),
      onunchanged: () => this.#showConfig(),
      onrefused: (refusal) => this.errors.report(refusal),
    });
    this.view = new View(
      host,
      words,
      { root, bar, status, table: this.table, errors: this.errors },
      {
        change: (patch) => (patch.data === UPLOAD && !this.table.table ? this.#chooseTable() : this.store.change(patch)),
        randomSeed: () => wasm.randomSeed(),
        share: () => this.#dialogs.share(),
        export: () => this.#export(),
        updateSpeed: () => {
          this.run.updateSpeed();
          this.trials.pace();
        },
        updateTrials: () => this.#restartTrials(),
        followLesson: () => this.lesson.follow(),
        onshowcharts: () => {
          this.#requestSnapshots();
          this.screen.updateCharts();
        },
        onshowcontrols: () => this.#showConfig(),
      },
    );
    // Attributes count even while the element is not in a document.
    this.#attributes = new MutationObserver((changes) => this.#readAttributes(changes));
    this.#attributes.observe(host, { attributes: true });
  }

  /** What the next network is built from. */
  #experiment() {
    return { config: this.store.json, table: this.table.table };
  }

  #export() {
    this.#dialogs.export(this.figures?.ids ?? []);
  }

  /** Says everything again in the language that the words have now; run and state stay. */
  #changeLanguage() {
    const { figures, screen } = this;
    if (this.#isLanguageMissing) screen.status.dismiss();
    this.#isLanguageMissing = false;
    screen.speak();
    this.table.updateButton();
    if (!figures) return;
    figures.speak();
    const schema = this.#readSchema();
    this.store.load(schema);
    figures.picker.offer(schema.charts);
    this.view.speak(schema);
    this.#showConfig();
    screen.comparison.update(figures);
    this.#showTrials(false);
    this.trials.retell();
  }

  /** @returns {Schema} */
  #readSchema() {
    return JSON.parse(wasm.schema(this.words.table));
  }

  // ---- life cycle ----

  /** The element has been put into a document. */
  connect() {
    this.screen.connect();
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
    this.run.prepare();
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
    const figures = (this.figures = new Figures(this.host, this.words, {
      ondraw: () => this.run.beginDrawing(),
      onwords: (milliseconds) => this.screen.spend(milliseconds),
      onselect: () => this.#requestSnapshots(),
      ontravel: (step) => this.screen.comparison.showStep(step, step === undefined ? undefined : this.figures?.charts.shown()),
      onchoose: (ids) => this.view.chooseCharts(ids),
      onread: (text) => this.screen.announcer.announce(text),
      onapply: (row) => this.#applyRow(row),
      uploaded: () => this.table.table?.cells,
    }));
    figures.picker.offer(schema.charts);
    this.screen.figures = figures;
    this.run.activate();
    this.store.load(schema);
    this.view.begin(schema, figures);
    this.run.build();
    if (this.host.autoplay) this.start(this.run.limit);
    this.#readMoment(MOMENT_ATTRIBUTES.filter((name) => this.host.hasAttribute(name)));
  }

  /** The element has been removed: frees everything. */
  end() {
    this.lesson.end();
    this.screen.disconnect();
    this.#removals += 1;
    this.#isBeginning = this.#hasFailed = false;
    this.#language.disconnect();
    this.trials.cancel();
    this.run.disconnect();
    this.screen.root.classList.remove('failed');
    this.screen.root.classList.add('loading');
    this.#ready.reject(toError(problem('AbortError', 'aborted-removed')));
    this.#ready = promiseReady();
    if (!this.figures) return;
    this.screen.figures = undefined;
    this.figures.dispose();
    this.figures = undefined;
    this.view.end();
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
    this.screen.root.classList.remove('failed');
    this.screen.root.classList.add('loading');
    this.screen.status.showLoading();
    if (this.figures) this.run.build();
    else this.wake();
  }

  // ---- the config ----

  /** @param {MutationRecord[]} changes */
  #readAttributes(changes) {
    if (!this.store.schema || changes.length === 0) return;
    const names = new Set(changes.map((change) => change.attributeName ?? ''));
    for (const name of names) if (!this.store.fieldOf(name)) this.view.apply(name);
    this.store.readAttributes(names);
    this.#readMoment(MOMENT_ATTRIBUTES.filter((name) => names.has(name)));
  }

  /** @param {string[]} names The attributes of a moment that are there, or have changed. */
  #readMoment(names) {
    if (names.length === 0) return;
    this.loadMoments().then((moments) => moments.read(), (error) => this.errors.fail(toProblem(error)));
  }

  /** In the order in which they were asked for, whoever waits gets them. @returns {Promise<import('../moments/moments.js').Moments>} */
  loadMoments() {
    this.#loadingMoments ??= this.#importMoments();
    // The failure may be temporary: whoever asks next tries again.
    this.#loadingMoments.catch(() => (this.#loadingMoments = undefined));
    return this.#loadingMoments;
  }

  async #importMoments() {
    await Promise.all([this.words, ENGLISH].map((words) => words.load('moments')));
    const { Moments } = await import('../moments/moments.js');
    return (this.moments = new Moments(this));
  }

  /** Throws if a config needs an uploaded table and there is none. @param {string} config */
  #checkTable(config) {
    if (wasm.dataFile(config) === UPLOAD && !this.table.table) throw missingTable();
  }

  /** @param {string} previous @param {string} config */
  #changeConfig(previous, config) {
    this.screen.status.dismiss();
    this.trials.cancel();
    this.#showConfig();
    if (!this.run.changeLive(previous, config)) this.run.build();
    emit(this.host, 'config', this.store.value);
  }

  #showConfig() {
    this.table.updateButton();
    this.view.showConfig(this.store);
  }

  /** Shows another config, which the run has already or is to be built from. @param {string} config */
  replaceConfig(config) {
    this.trials.cancel();
    this.store.replace(config);
    this.#showConfig();
    emit(this.host, 'config', this.store.value);
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
    this.screen.pin();
    this.store.set(patch);
    this.run.build();
    this.start(Infinity);
    this.screen.expectFix();
  }

  /** Applies a change of the chart `fixes`. @param {number} row */
  #applyRow(row) {
    const patch = this.trials.report?.patches[row];
    if (patch) this.#applyFix(patch);
  }

  /** @param {File} [file] One that was dropped. */
  #chooseTable(file) {
    if (file && /\.(md|markdown)$/i.test(file.name)) {
      this.lesson.with((lessons) => lessons.enter(file));
      return;
    }
    // The control already shows `upload`: show the actual value again until a table is chosen.
    this.#showConfig();
    this.#dialogs.table(file);
  }

  /** @param {string} csv @param {import('../types.js').Reading & { name?: string }} [options] */
  async useTable(csv, { name = this.words.say('table-unnamed'), ...reading } = {}) {
    const info = await this.table.take(csv, name, reading);
    if (this.store.value.data === UPLOAD) {
      this.screen.status.dismiss();
      this.#showConfig();
      this.run.build();
    } else {
      this.store.set({ data: UPLOAD });
    }
    return info;
  }

  /** Once they are loaded. */
  get lessons() {
    return this.lesson.lessons;
  }

  // ---- the run ----

  /** Runs, for at most so many steps. @param {number} limit */
  start(limit) {
    this.run.limit = this.lessons?.limit(limit) ?? limit;
    this.wake();
    this.screen.returnToLatest();
    this.run.run();
  }

  /** Also ends steps that are still to be made. */
  pause() {
    this.#pauses += 1;
    this.run.pause();
  }

  /** Waits for something that steps need, unless they have been stopped by then. @template T @param {PromiseLike<T>} wait */
  async #beforeSteps(wait) {
    const pauses = this.#pauses;
    const value = await wait;
    if (pauses !== this.#pauses) throw toError(problem('AbortError', 'aborted-step'));
    return value;
  }

  /** Where there is a network, at once: what is asked next comes after these steps. @param {number} count @returns {Promise<Snapshot>} */
  async step(count) {
    if (!this.figures || !this.run.snapshot || this.#hasFailed) await this.#beforeSteps(this.ready);
    // What was set before counts.
    this.#readAttributes(this.#attributes.takeRecords());
    this.screen.returnToLatest();
    return this.run.step(count);
  }

  /** @param {number} step @returns {Promise<Snapshot>} */
  async goTo(step) {
    return (await this.#beforeSteps(this.loadMoments())).goTo(step);
  }

  /** @returns {Promise<string>} */
  async toPyTorch() {
    await this.ready;
    return this.run.script();
  }

  /** Requests from the worker what the charts on the screen need. */
  #requestSnapshots() {
    const { figures, run, screen } = this;
    run.observe({ ...snapshotRequest(figures?.infos ?? [], figures?.selected ?? 0, screen.outcome.hasSamples), ...figures?.charts.requests });
  }

  /** @param {Snapshot} snapshot @param {Uint32Array} numbers The snapshot as it came. @param {Experiment} [begun] What a new run was built from. */
  #show(snapshot, numbers, begun) {
    const { figures } = this;
    if (!figures) return;
    if (begun) this.#showNewRun(figures, snapshot, begun);
    if (this.#isSilenceShown) this.screen.status.dismiss();
    this.#isSilenceShown = false;
    const diagnosis = figures.charts.push(numbers, snapshot.classes, snapshot.first_nonfinite, snapshot.passage);
    this.trials.follow(diagnosis, snapshot, () => figures.charts.verdict());
    const isNewDiagnosis = diagnosis !== this.#diagnosis;
    this.#diagnosis = diagnosis;
    this.screen.show(snapshot, begun !== undefined || isNewDiagnosis || !this.run.running);
    if (isNewDiagnosis) emit(this.host, 'diagnosis', figures.charts.status());
    this.screen.draw(figures, begun !== undefined);
    this.#ready.resolve(this.host);
    emit(this.host, 'snapshot', snapshot);
  }

  // ---- the verdict ----

  /** Has fixes tried, or no longer, as the verdict on the latest snapshot calls for it. */
  #followVerdict() {
    const { figures, run } = this;
    const isLoading = this.screen.root.classList.contains('loading');
    if (figures && run.snapshot && !isLoading) this.trials.follow(this.#diagnosis, run.snapshot, () => figures.charts.verdict());
  }

  /** The attribute `trials` has changed. */
  #restartTrials() {
    this.trials.cancel();
    this.#followVerdict();
  }

  /** Trials have found more, or what they have found is out of date. @param {boolean} isFinal All are made. */
  #showTrials(isFinal) {
    const { figures, screen, run } = this;
    if (!figures) return;
    figures.charts.setTrials(this.trials.chart, this.trials.found);
    figures.invalidate();
    if (!run.snapshot || screen.root.classList.contains('loading')) return;
    // During a run words keep to their pace.
    screen.show(run.snapshot, isFinal || !run.running);
    if (!isFinal) return;
    emit(this.host, 'diagnosis', figures.charts.status());
    const { told } = this.trials.report ?? {};
    if (told) screen.announcer.announce(told);
  }

  /** @param {Figures} figures @param {Snapshot} snapshot Its first. @param {Experiment} begun */
  #showNewRun(figures, snapshot, begun) {
    this.screen.begin(figures, snapshot, begun.config);
    figures.charts.setTrials(this.trials.chart, this.trials.found);
    if (!this.#hasFailed) return;
    this.#hasFailed = false;
    this.#ready = promiseReady();
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
    this.screen.root.classList.add('failed');
    this.screen.root.classList.remove('loading');
    if (!this.view.hasControls) this.screen.root.classList.add('bare');
    this.errors.failToStart(failure, { text: this.words.text('status-try-again'), act: () => this.#tryAgain() });
    this.screen.announcer.announce(this.screen.status.text.textContent ?? '');
    this.#ready.reject(toError(failure));
  }

  /** @param {number} seconds */
  #showSilence(seconds) {
    this.#isSilenceShown = true;
    const startAgain = { text: this.words.text('status-start-again'), act: () => this.host.reset() };
    this.screen.status.showProblem([this.words.text('worker-silent', { seconds })], startAgain);
  }

  // ---- keys ----

  togglePin() {
    this.screen.togglePin();
  }

  present() {
    this.screen.present();
  }

  restart() {
    this.screen.restart();
  }

  /** Goes back by one; returns whether there was anything to go back from. */
  escape() {
    return this.view.closeHelp() || this.screen.escape() || (this.lessons?.escape() ?? false);
  }
}
