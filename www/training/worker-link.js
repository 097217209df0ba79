// @ts-check
/**
 * The link to the worker of an engine: starts one, tells it what every worker must know, sends data only once, and notices
 * its end. Another worker can be started after the one before has ended.
 */
import { message } from '../shared/problems.js';
import { WorkerWatch } from '../shared/worker-watch.js';
import { FallbackWorker } from './fallback-worker.js';

/** @typedef {import('../types.js').Cells} Cells */
/** @typedef {import('./messages.js').Request} Request */
/** @typedef {import('./messages.js').Reply} Reply */
/** @typedef {import('./messages.js').SnapshotRequest} SnapshotRequest */

/** The name under which an uploaded table is sent: another one takes its place. */
const UPLOAD = 'upload';

export class WorkerLink {
  /** @type {import('./messages.js').TrainingWorker | undefined} */
  #worker;
  /** Loads its script before there is a module to start with. @type {FallbackWorker | undefined} */
  #prepared;
  /** @type {WorkerWatch | undefined} */
  #watch;
  /** The worker has started: before, it cannot answer. */
  hasStarted = false;
  /** The data files that the worker has. @type {Set<string>} */
  #files = new Set();
  /** The uploaded table that the worker has. @type {Cells | undefined} */
  #table;
  /** @type {SnapshotRequest | undefined} */
  #snapshotRequest;

  /**
   * @param {{ onreply: (reply: Reply) => void, ondead: (reason?: import('../shared/words.js').Value) => void,
   *   onsilent: (seconds: number) => void, isAwaited: () => boolean, patience: () => number }} listener
   *   `ondead`: the worker has ended, and `stop` has not been called. The rest is as in `WorkerWatch`.
   */
  constructor(listener) {
    this.listener = listener;
  }

  /** There is a worker. */
  get isOpen() {
    return this.#worker !== undefined;
  }

  /** Has the next worker load its script, while the page still loads the module. */
  prepare() {
    if (this.#worker || this.#prepared) return;
    const worker = (this.#prepared = new FallbackWorker());
    // `start` tries again, and tells.
    worker.onerror = () => this.#discard(worker);
  }

  /** @param {FallbackWorker | undefined} worker */
  #discard(worker) {
    worker?.terminate();
    if (worker === this.#prepared) this.#prepared = undefined;
  }

  /** Starts a worker; throws where it cannot. @param {WebAssembly.Module} module */
  start(module) {
    const { onreply, ondead, onsilent, isAwaited, patience } = this.listener;
    const worker = this.#prepared ?? new FallbackWorker();
    this.#prepared = undefined;
    const watch = new WorkerWatch({ isAwaited, patience, onsilent, ping: () => worker.postMessage({ type: 'ping' }), ondead: () => ondead(message('worker-ended')) });
    this.#worker = worker;
    this.#watch = watch;
    worker.onmessage = ({ data }) => {
      // What a worker sent before it was stopped may come later.
      if (worker !== this.#worker) return;
      watch.heard();
      if (data.type === 'started') this.hasStarted = true;
      if (data.type === 'locked') watch.locked();
      onreply(data);
    };
    worker.onerror = (event) => {
      if (worker === this.#worker) ondead(event.message);
    };
    worker.postMessage({ type: 'start', module, lock: watch.lock });
    if (this.#snapshotRequest) worker.postMessage({ type: 'observe', request: this.#snapshotRequest });
  }

  /** Ends the worker, and its data with it. */
  stop() {
    this.#discard(this.#prepared);
    this.#watch?.stop();
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#watch = undefined;
    this.hasStarted = false;
    this.#files.clear();
    this.#table = undefined;
  }

  /** Where there is no worker, nothing is told: the next one is told what it must know. @param {Request} request */
  post(request) {
    this.#worker?.postMessage(request);
  }

  /** Chooses what snapshots contain, of this worker and of those to come. @param {SnapshotRequest} request */
  observe(request) {
    if (JSON.stringify(request) === JSON.stringify(this.#snapshotRequest)) return;
    this.#snapshotRequest = request;
    this.post({ type: 'observe', request });
  }

  /** The cells of a file, unless the worker has them; from now on it has. @param {string} [name] @param {Cells} [cells] */
  unknownCells(name, cells) {
    if (!name) return undefined;
    const isKnown = name === UPLOAD ? cells === this.#table : this.#files.has(name);
    if (name === UPLOAD) this.#table = cells;
    else this.#files.add(name);
    return isKnown ? undefined : cells;
  }
}
