// @ts-check
/**
 * The page's side of a training worker: builds the newest config, runs, steps, and hands on snapshots.
 *
 * A worker handles no messages during a long step or a large build. When a newer config has waited for longer than
 * `REPLACE_AFTER`, the worker is replaced, which takes about a millisecond since the module is already compiled.
 */
import { load, wasm } from '../shared/wasm.js';
import { startTrainingWorker } from '../shared/assets.js';
import { toError, toProblem } from '../shared/errors.js';
import { fetchTable, fetchText } from './data.js';
import { PendingRequests } from './pending-requests.js';
import { unpack } from './snapshot.js';

/** @typedef {import('../types.js').Snapshot} Snapshot */
/** @typedef {import('../types.js').Problem} Problem */
/** @typedef {import('./messages.js').SnapshotRequest} SnapshotRequest */

/** Milliseconds. */
const REPLACE_AFTER = 300;

export class Engine {
  /** @type {import('./messages.js').TrainingWorker | undefined} */
  #worker;
  /** @type {WebAssembly.Module | undefined} */
  #module;
  /** The names of the data files that the worker has. @type {Set<string>} */
  #workerTables = new Set();
  /** The number of the newest network that was requested. */
  #run = 0;
  /** The number of the newest network that the worker has answered for, with a snapshot or a refusal. */
  #begunRun = 0;
  /** The config that has not been sent to the worker yet. @type {string | undefined} */
  #unsentConfig;
  /** While it is set, newer configs wait until the worker has answered. @type {ReturnType<typeof setTimeout> | undefined} */
  #answerTimer;
  /** The number of the newest attempt to send a config. Older attempts, which still wait for data, are abandoned. */
  #attempt = 0;
  /** Undefined while it does not run. @type {{ speed: number, limit: number } | undefined} */
  #running;
  #requests = new PendingRequests();
  /** The uploaded table, for configs that use it. @type {string | undefined} */
  #uploadedTable;
  /** The uploaded table that the worker has. @type {string | undefined} */
  #workerUploadedTable;
  /** @type {SnapshotRequest | undefined} */
  #snapshotRequest;
  /** Those of the last snapshot that had them. @type {Snapshot['histograms']} */
  #histograms = {};

  /**
   * @param {{ onsnapshot: (snapshot: Snapshot, isFirst: boolean, words: Uint32Array) => void, onstop: () => void,
   *   onrefused: (problem: Problem) => void, onfailed: (problem: Problem) => void }} listener
   *   `isFirst` says that the snapshot begins a new run; `words` is the snapshot as it came, for the charts; `onstop`, that the run has reached its limit or overflowed.
   */
  constructor(listener) {
    this.listener = listener;
  }

  /**
   * Builds the network of a config. Of several configs in a row only the newest is built.
   * @param {string} config
   * @param {string} [uploadedTable]
   */
  build(config, uploadedTable) {
    this.#run += 1;
    this.#unsentConfig = config;
    this.#uploadedTable = uploadedTable;
    this.#requests.rejectAll('the network was built anew');
    if (this.#answerTimer === undefined) this.#sendConfig();
  }

  async #sendConfig() {
    this.#attempt += 1;
    const attempt = this.#attempt;
    const run = this.#run;
    const config = /** @type {string} */ (this.#unsentConfig);
    this.#answerTimer = setTimeout(() => this.#replaceBusyWorker(), REPLACE_AFTER);
    try {
      this.#module ??= await load();
      const name = wasm.dataFile(config);
      const uploaded = name === 'upload';
      const fetched = name && !uploaded && !this.#workerTables.has(name) ? await fetchTable(name) : undefined;
      if (attempt !== this.#attempt) return;
      if (!this.#worker) this.#startWorker();
      if (name) this.#workerTables.add(name);
      const table = uploaded && this.#uploadedTable !== this.#workerUploadedTable ? this.#uploadedTable : fetched;
      if (uploaded) this.#workerUploadedTable = this.#uploadedTable;
      this.#worker?.postMessage({ type: 'build', run, config, name, table });
      if (this.#run === run) this.#unsentConfig = undefined;
    } catch (error) {
      if (attempt !== this.#attempt) return;
      this.#sendNext();
      this.listener.onfailed(toProblem(error));
    }
  }

  /** The worker has not answered in time. */
  #replaceBusyWorker() {
    this.#answerTimer = undefined;
    if (this.#unsentConfig === undefined && this.#begunRun === this.#run) return;
    if (this.#unsentConfig === undefined) {
      // No newer config waits: the build may just be large.
      this.#answerTimer = setTimeout(() => this.#replaceBusyWorker(), REPLACE_AFTER);
      return;
    }
    this.#stopWorker();
    this.#sendConfig();
  }

  /** The worker has answered, or never will: sends the config that was waiting. */
  #sendNext() {
    clearTimeout(this.#answerTimer);
    this.#answerTimer = undefined;
    if (this.#unsentConfig !== undefined) this.#sendConfig();
  }

  #startWorker() {
    const worker = startTrainingWorker();
    this.#forgetTables();
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      const message = event.message || 'The training worker could not be started.';
      this.#stopWorker();
      this.#requests.rejectAll(message);
      this.#sendNext();
      this.listener.onfailed({ name: 'WorkerError', message });
    };
    worker.postMessage({ type: 'start', module: /** @type {WebAssembly.Module} */ (this.#module) });
    if (this.#snapshotRequest) worker.postMessage({ type: 'observe', request: this.#snapshotRequest });
    this.#worker = worker;
    if (this.#running) worker.postMessage({ type: 'run', ...this.#running });
  }

  #stopWorker() {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#forgetTables();
  }

  /** A new worker starts without tables. */
  #forgetTables() {
    this.#workerTables.clear();
    this.#workerUploadedTable = undefined;
  }

  /** @param {import('./messages.js').Reply} reply */
  #receive(reply) {
    if (reply.type === 'snapshot') this.#receiveSnapshot(reply);
    else if (reply.type === 'refused') this.#receiveRefusal(reply);
    else if (reply.type === 'script') this.#receiveScript(reply);
  }

  /** @param {Extract<import('./messages.js').Reply, { type: 'snapshot' }>} reply */
  #receiveSnapshot(reply) {
    const isFirst = reply.run > this.#begunRun;
    if (isFirst) {
      this.#begunRun = reply.run;
      this.#sendNext();
    }
    // A newer config has replaced this run.
    if (reply.run !== this.#run) return;
    const snapshot = this.#withHistograms(unpack(reply.packed));
    this.listener.onsnapshot(snapshot, isFirst, reply.packed.words);
    if (isFirst && this.#running && !reply.running && !snapshot.first_nonfinite) {
      // The previous run had reached its limit; the new one is to run.
      this.#worker?.postMessage({ type: 'run', ...this.#running });
    } else if (!reply.running && this.#running) {
      this.#running = undefined;
      this.listener.onstop();
    }
    if (isFirst) this.#sendRequests();
    if (reply.id !== undefined) this.#requests.take(reply.id)?.resolve(snapshot);
  }

  /** @param {Extract<import('./messages.js').Reply, { type: 'refused' }>} reply */
  #receiveRefusal({ run, problem }) {
    if (run === this.#run) {
      this.#begunRun = this.#run;
      this.#requests.rejectAll(problem.message);
      this.listener.onrefused(problem);
    }
    this.#sendNext();
  }

  /** @param {Extract<import('./messages.js').Reply, { type: 'script' }>} reply */
  #receiveScript({ id, text, problem }) {
    const pending = this.#requests.take(id);
    if (problem) pending?.reject(toError(problem));
    else if (text === undefined) pending?.reject(new Error('no network has been built'));
    else pending?.resolve(text);
  }

  /**
   * Adds the last histograms of a, z and u to a snapshot without them: between evaluations the worker leaves them out
   * unless a chart shows them.
   * @param {Snapshot} snapshot
   */
  #withHistograms(snapshot) {
    const { histograms } = snapshot;
    if (histograms.u.length === 0) Object.assign(histograms, { ...this.#histograms, dw: histograms.dw });
    this.#histograms = histograms;
    return snapshot;
  }

  /** Applies changed live settings to the running network. @param {string} config */
  configure(config) {
    this.#worker?.postMessage({ type: 'configure', config });
  }

  /** Chooses what snapshots contain. @param {SnapshotRequest} request */
  observe(request) {
    if (JSON.stringify(request) === JSON.stringify(this.#snapshotRequest)) return;
    this.#snapshotRequest = request;
    this.#worker?.postMessage({ type: 'observe', request });
  }

  /** Runs at `speed` steps a second, for at most `limit` steps. @param {number} speed @param {number} limit */
  run(speed, limit = Infinity) {
    this.#running = { speed, limit };
    this.#worker?.postMessage({ type: 'run', speed, limit });
  }

  pause() {
    this.#running = undefined;
    this.#worker?.postMessage({ type: 'pause' });
  }

  get running() {
    return this.#running !== undefined;
  }

  /** Makes steps; resolves to the snapshot after them. @param {number} count @returns {Promise<Snapshot>} */
  step(count) {
    this.#running = undefined;
    return this.#ask({ type: 'step', count });
  }

  /** The run so far as a PyTorch script. @returns {Promise<string>} */
  async script() {
    return this.#ask({ type: 'script', template: await fetchText('pytorch.py') });
  }

  /** @param {object} request @returns {Promise<any>} */
  #ask(request) {
    const answer = this.#requests.add(request);
    // Requests wait while a network is built: they are meant for that network.
    if (this.#begunRun === this.#run) this.#sendRequests();
    return answer;
  }

  #sendRequests() {
    this.#requests.send((message) => this.#worker?.postMessage(message));
  }

  /** Requests the next snapshot of the run. */
  requestFrame() {
    this.#worker?.postMessage({ type: 'frame' });
  }

  /** Stops the worker. A later build starts another one. */
  stop() {
    clearTimeout(this.#answerTimer);
    this.#answerTimer = undefined;
    this.#running = undefined;
    this.#attempt += 1;
    this.#unsentConfig = undefined;
    this.#requests.rejectAll('the element was removed');
    this.#stopWorker();
  }
}
