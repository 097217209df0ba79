// @ts-check
/** The run of an element: its training engine, the pace of its snapshots, and whether anyone sees them. */
import { wasm } from '../shared/wasm.js';
import { Engine } from '../training/engine.js';
import { StepRecord } from '../training/step-record.js';
import { VisibilityObserver } from './visibility.js';

/** @typedef {import('../training/messages.js').PackedSnapshot} PackedSnapshot */
/** @typedef {import('../types.js').Snapshot} Snapshot */
/** @typedef {import('../types.js').Problem} Problem */

export class Run {
  /** The latest. @type {Snapshot | undefined} */
  snapshot;
  /** Every step in numbers. */
  record = new StepRecord();
  /** The most steps that the element runs. */
  limit = Infinity;
  #engine;
  #visibility;
  /** Snapshots are wanted: the element is in a document, and its charts are there. */
  #isActive = false;
  /** The animation frame in which the newest config is built; 0 is none. */
  #buildFrame = 0;
  /** A snapshot has been shown, and the next one has not been requested. */
  #nextIsDue = false;
  /** The element was visible when the latest snapshot came. */
  #wasVisible = false;

  /**
   * @param {HTMLElement} host
   * @param {{ config: () => string, table: () => string | undefined, speed: () => number }} settings What is built next
   *   (a config is empty before there is one), and steps per second.
   * @param {{ onsnapshot: (snapshot: Snapshot, packed: PackedSnapshot, isFirst: boolean) => void, onrunning: () => void, onstop: () => void,
   *   onvisible: () => void, onrefused: (problem: Problem) => void, onfailed: (problem: Problem) => void }} listener
   *   `onrunning` hears that it may run or stand still now; `onstop`, that a run has come to its end.
   */
  constructor(host, settings, listener) {
    this.host = host;
    this.settings = settings;
    this.listener = listener;
    this.#engine = new Engine({
      onsnapshot: (snapshot, packed, isFirst) => this.#receive(snapshot, packed, isFirst),
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

  /** The element is in a document: hears when it can be seen. */
  connect() {
    this.#visibility.observe();
  }

  /** Takes snapshots from now on. */
  activate() {
    this.#isActive = true;
  }

  /** The element has been removed: gives back the worker. */
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

  /** Does not wait for the frame: what is asked of the worker next is meant for the new network. */
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
   * Changes the running network; false where it cannot, and must be built anew.
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

  /** It runs, though perhaps standing still because nobody sees it. */
  get running() {
    return this.#engine.running;
  }

  /** Runs on; a run that has overflowed starts anew. */
  run() {
    if (this.snapshot?.first_nonfinite && !this.#buildFrame) this.build();
    this.buildNow();
    this.#engine.run(this.settings.speed(), this.limit);
    this.listener.onrunning();
  }

  /** The speed has changed. */
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

  /** Says what snapshots shall contain. @param {import('../training/messages.js').SnapshotRequest} request */
  observe(request) {
    this.#engine.observe(request);
  }

  /** @param {Snapshot} snapshot @param {PackedSnapshot} packed @param {boolean} isFirst */
  #receive(snapshot, packed, isFirst) {
    if (!this.#isActive) return;
    // Read visibility before DOM writes, to avoid a forced style recalculation.
    this.#wasVisible = this.#visibility.isVisible;
    if (isFirst) this.record.clear();
    this.record.push(snapshot);
    this.snapshot = snapshot;
    this.#nextIsDue = true;
    this.listener.onsnapshot(snapshot, packed, isFirst);
  }

  /** The page begins to draw: meanwhile the worker may make the next snapshot, if anyone sees it. */
  beginDrawing() {
    if (this.#wasVisible) this.#requestNext();
  }

  #requestNext() {
    if (!this.#nextIsDue) return;
    this.#nextIsDue = false;
    this.#engine.requestFrame();
  }
}
