// @ts-check
/** The run of an element: its training engine, when the network is built, and when the next snapshot is requested. */
import { wasm } from '../shared/wasm.js';
import { Engine } from '../training/engine.js';
import { StepRecord } from '../training/step-record.js';
import { VisibilityObserver } from './visibility.js';

/** @typedef {import('../types.js').Snapshot} Snapshot */
/** @typedef {import('../types.js').Problem} Problem */
/** @typedef {import('../types.js').LiveChange} LiveChange */
/** @typedef {import('../training/engine.js').Experiment} Experiment */

export class Run {
  /** The latest. @type {Snapshot | undefined} */
  snapshot;
  /** The history of every step. */
  record = new StepRecord();
  /** The number of steps after which `run` stops. */
  limit = Infinity;
  /** Live changes that every network to come makes on its way. @type {LiveChange[]} */
  plan = [];
  /** What the run was built with, then its live changes, each with the step since which it holds; planned ones with their patch. @type {{ step: number, config: string, patch?: LiveChange['patch'] }[]} */
  configs = [];
  #engine;
  #visibility;
  /** The charts exist: without them, snapshots are dropped. */
  #isActive = false;
  /** Builds the newest config soon, so that several changes in a row build one network. @type {ReturnType<typeof setTimeout> | undefined} */
  #buildTimer;
  /** The next snapshot has not been requested yet. */
  #nextIsDue = false;
  /** The element was visible when the latest snapshot came. */
  #wasVisible = false;

  /**
   * @param {HTMLElement} host
   * @param {{ experiment: () => Experiment, speed: () => number }} settings What the next network is built from (its
   *   config is empty until there is one), and steps per second.
   * @param {{ onsnapshot: (snapshot: Snapshot, words: Uint32Array, begun?: Experiment) => void, onconfigured: (config: string, patch?: LiveChange['patch']) => void,
   *   onrunning: () => void, onstop: () => void, onvisible: () => void,
   *   onrefused: (problem: Problem, refused: Experiment, lastGood?: Experiment) => void,
   *   onfailed: (problem: Problem, failed?: Experiment, lastGood?: Experiment) => void, onsilent: (seconds: number) => void }} listener
   *   As of the engine, and: `onrunning`: `running` may have changed. `onvisible`: the element is visible.
   */
  constructor(host, settings, listener) {
    this.host = host;
    this.settings = settings;
    this.listener = listener;
    this.#engine = new Engine({
      ...listener,
      onsnapshot: (snapshot, words, begun) => this.#receive(snapshot, words, begun),
      onconfigured: (config, step, patch) => {
        this.configs = [...this.configs, { step, config, patch }];
        listener.onconfigured(config, patch);
      },
      onstop: () => {
        listener.onstop();
        listener.onrunning();
      },
    });
    this.#visibility = new VisibilityObserver(host, () => {
      if (!this.#visibility.isVisible) return;
      listener.onvisible();
      this.#requestNext();
    });
  }

  /** Starts observing visibility: the element is in a document. */
  connect() {
    this.#visibility.observe();
  }

  /** There will be a network to build: its worker is loaded meanwhile. */
  prepare() {
    this.#engine.prepare();
  }

  /** The charts exist now. */
  activate() {
    this.#isActive = true;
  }

  /** The element has been removed: stops the worker. */
  disconnect() {
    clearTimeout(this.#buildTimer);
    this.#buildTimer = undefined;
    this.#nextIsDue = false;
    this.#isActive = false;
    this.#visibility.disconnect();
    this.#engine.stop();
    this.listener.onrunning();
  }

  // ---- building ----

  /** Whether there is a network to run, or will be. */
  get hasNetwork() {
    return this.#buildTimer !== undefined || this.#engine.hasNetwork;
  }

  /** Whether another network is to come than the one on the screen. */
  get isBuilding() {
    return this.#buildTimer !== undefined || this.#engine.isBuilding;
  }

  /** Builds the newest config. */
  build() {
    // Not in an animation frame: there are none while the page is hidden.
    if (this.#isActive) this.#buildTimer ??= setTimeout(() => this.buildNow());
  }

  /** Builds a config that is due: the next request is meant for the new network. */
  buildNow() {
    if (this.#buildTimer === undefined) return;
    clearTimeout(this.#buildTimer);
    this.#buildTimer = undefined;
    this.#engine.build({ plan: this.plan, ...this.settings.experiment() });
  }

  /** Builds this at once, whatever the newest config is. @param {Experiment} experiment */
  rebuild(experiment) {
    clearTimeout(this.#buildTimer);
    this.#buildTimer = undefined;
    this.#engine.build(experiment);
  }

  /** Replaces the live changes to come, of this network and of those after it. @param {LiveChange[]} plan */
  replacePlan(plan) {
    this.plan = plan;
    this.#engine.plan(plan);
  }

  /**
   * Applies a change to the running network; false if the network must be rebuilt.
   * @param {string} previous
   * @param {string} config
   */
  changeLive(previous, config) {
    const { isBuilding, hasNetwork } = this.#engine;
    const hasOverflowed = !isBuilding && this.snapshot?.first_nonfinite;
    if (this.#buildTimer !== undefined || !hasNetwork || hasOverflowed || !wasm.isLiveChange(previous, config)) return false;
    this.#engine.configure(config);
    return true;
  }

  // ---- running ----

  /** True also while the run waits because the element is not visible. */
  get running() {
    return this.#engine.running;
  }

  /** Continues the run; one that has overflowed, or whose network is gone, is restarted. */
  run() {
    const hasOverflowed = this.snapshot?.first_nonfinite && !this.#engine.isBuilding;
    if (hasOverflowed || !this.#engine.hasNetwork) this.build();
    this.buildNow();
    this.#engine.run(this.settings.speed(), this.limit);
    this.listener.onrunning();
  }

  /** Applies a changed speed. */
  updateSpeed() {
    this.#engine.setSpeed(this.settings.speed());
  }

  /** Also ends requests for steps. */
  pause() {
    this.#engine.pause();
    this.listener.onrunning();
  }

  /** Makes steps, or as many as lead to one (`to`); the promise brings the snapshot after them. @param {number} count @param {number} [to] @returns {Promise<Snapshot>} */
  step(count, to) {
    this.buildNow();
    const snapshot = this.#engine.step(count, to);
    this.listener.onrunning();
    return snapshot;
  }

  /** The run so far as a PyTorch script. @returns {Promise<string>} */
  script() {
    this.buildNow();
    return this.#engine.script();
  }

  // ---- snapshots ----

  /** Chooses what snapshots contain. @param {import('../training/messages.js').SnapshotRequest} request */
  observe(request) {
    this.#engine.observe(request);
  }

  /** @param {Snapshot} snapshot @param {Uint32Array} words @param {Experiment} [begun] */
  #receive(snapshot, words, begun) {
    if (!this.#isActive) return;
    // Read visibility before DOM writes, to avoid a forced style recalculation.
    this.#wasVisible = this.#visibility.isVisible;
    if (begun) this.record.clear();
    if (begun) this.configs = [{ step: 0, config: begun.config }];
    this.record.push(snapshot);
    this.snapshot = snapshot;
    this.#nextIsDue = true;
    this.listener.onsnapshot(snapshot, words, begun);
  }

  /** The page begins to draw a snapshot: if it is visible, the worker computes the next one meanwhile. */
  beginDrawing() {
    if (this.#wasVisible) this.#requestNext();
  }

  #requestNext() {
    if (!this.#nextIsDue) return;
    this.#nextIsDue = false;
    this.#engine.requestFrame();
  }
}
