// @ts-check
/** The run of an element: its training engine, when the network is built, and when the next snapshot is requested. */
import { wasm } from '../shared/wasm.js';
import { Engine } from '../training/engine.js';
import { StepRecord } from '../training/step-record.js';
import { VisibilityObserver } from './visibility.js';

/** @typedef {import('../types.js').Snapshot} Snapshot */
/** @typedef {import('../types.js').Problem} Problem */

export class Run {
  /** The latest. @type {Snapshot | undefined} */
  snapshot;
  /** The history of every step. */
  record = new StepRecord();
  /** The number of steps after which `run` stops. */
  limit = Infinity;
  #engine;
  #visibility;
  /** The charts exist: without them, snapshots are dropped. */
  #isActive = false;
  /** The animation frame in which the newest config is built; 0 is none. */
  #buildFrame = 0;
  /** The next snapshot has not been requested yet. */
  #nextIsDue = false;
  /** The element was visible when the latest snapshot came. */
  #wasVisible = false;

  /**
   * @param {HTMLElement} host
   * @param {{ config: () => string, table: () => string | undefined, speed: () => number }} settings The newest config
   *   (empty until there is one), the uploaded table, and steps per second.
   * @param {{ onsnapshot: (snapshot: Snapshot, isFirst: boolean, words: Uint32Array) => void, onrunning: () => void, onstop: () => void,
   *   onvisible: () => void, onrefused: (problem: Problem) => void, onfailed: (problem: Problem) => void }} listener
   *   `onrunning`: `running` may have changed. `onstop`: the run has reached its limit, or overflowed.
   */
  constructor(host, settings, listener) {
    this.host = host;
    this.settings = settings;
    this.listener = listener;
    this.#engine = new Engine({
      onsnapshot: (snapshot, isFirst, words) => this.#receive(snapshot, isFirst, words),
      onstop: () => {
        listener.onstop();
        listener.onrunning();
      },
      onrefused: listener.onrefused,
      onfailed: listener.onfailed,
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

  /** The charts exist now. */
  activate() {
    this.#isActive = true;
  }

  /** The element has been removed: stops the worker. */
  disconnect() {
    cancelAnimationFrame(this.#buildFrame);
    this.#buildFrame = 0;
    this.#nextIsDue = false;
    this.#isActive = false;
    this.#visibility.disconnect();
    this.#engine.stop();
    this.listener.onrunning();
  }

  // ---- building ----

  /** Builds the newest config, at most once per frame. */
  build() {
    if (!this.host.isConnected || !this.settings.config()) return;
    this.#buildFrame ||= requestAnimationFrame(() => {
      this.#buildFrame = 0;
      this.#sendBuild();
    });
  }

  /** Builds a pending config without waiting for the frame: the next request is meant for the new network. */
  buildNow() {
    if (!this.#buildFrame) return;
    cancelAnimationFrame(this.#buildFrame);
    this.#buildFrame = 0;
    this.#sendBuild();
  }

  #sendBuild() {
    this.#engine.build(this.settings.config(), this.settings.table());
  }

  /**
   * Applies a change to the running network; false if the network must be rebuilt.
   * @param {string} previous
   * @param {string} config
   */
  changeLive(previous, config) {
    const { snapshot } = this;
    if (!snapshot || snapshot.first_nonfinite || this.#buildFrame || !wasm.isLiveChange(previous, config)) return false;
    this.#engine.configure(config);
    return true;
  }

  // ---- running ----

  /** True also while the run waits because the element is not visible. */
  get running() {
    return this.#engine.running;
  }

  /** Continues the run; one that has overflowed is restarted. */
  run() {
    if (this.snapshot?.first_nonfinite && !this.#buildFrame) this.build();
    this.buildNow();
    this.#engine.run(this.settings.speed(), this.limit);
    this.listener.onrunning();
  }

  /** Applies a changed speed. */
  updateSpeed() {
    if (this.running) this.#engine.run(this.settings.speed(), this.limit);
  }

  pause() {
    this.#engine.pause();
    this.listener.onrunning();
  }

  /** Makes steps; the promise brings the snapshot after them. @param {number} count @returns {Promise<Snapshot>} */
  step(count) {
    const snapshot = this.#engine.step(count);
    this.listener.onrunning();
    return snapshot;
  }

  /** The run so far as a PyTorch script. @returns {Promise<string>} */
  script() {
    return this.#engine.script();
  }

  // ---- snapshots ----

  /** Chooses what snapshots contain. @param {import('../training/messages.js').SnapshotRequest} request */
  observe(request) {
    this.#engine.observe(request);
  }

  /** @param {Snapshot} snapshot @param {boolean} isFirst @param {Uint32Array} words The snapshot as it came. */
  #receive(snapshot, isFirst, words) {
    if (!this.#isActive) return;
    // Read visibility before DOM writes, to avoid a forced style recalculation.
    this.#wasVisible = this.#visibility.isVisible;
    if (isFirst) this.record.clear();
    this.record.push(snapshot);
    this.snapshot = snapshot;
    this.#nextIsDue = true;
    this.listener.onsnapshot(snapshot, isFirst, words);
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
