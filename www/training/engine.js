// @ts-check
/**
 * The page's end of a training worker: builds the newest config, runs, steps, hands on snapshots.
 *
 * A worker in the middle of a long step or a large build hears nothing. When a newer config waits
 * for longer than `IMPATIENCE`, the worker is replaced: it costs a millisecond, since the compiled
 * module is at hand.
 */
import { load, wasm } from '../shared/wasm.js';
import { trainer } from '../shared/assets.js';
import { inflated, table } from './data.js';
import { unpack } from './snapshot.js';
import { problem } from '../types.js';

/** @typedef {import('../types.js').Snapshot} Snapshot */
/** @typedef {import('../types.js').Problem} Problem */

const IMPATIENCE = 300;

export class Engine {
  /** @type {import('../shared/assets.js').Trainer | undefined} */ #worker;
  /** @type {WebAssembly.Module | undefined} */ #module;
  /** Names of the data files that the worker holds. @type {Set<string>} */ #held = new Set();
  /** The number of the newest run that was asked for. */ #run = 0;
  /** The run that the worker is known to have begun. */ #begun = 0;
  /** The config that waits for the worker. @type {string | undefined} */ #waiting;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** @type {{ speed: number, limit: number } | undefined} */ #running;
  /** What was asked and is not answered; `sent` once the worker has the run that it is asked about.
   * @type {Map<number, { request: object, sent: boolean, resolve: (answer: any) => void, reject: (error: Error) => void }>} */
  #asked = new Map();
  #lastAsked = 0;
  /** The table of one's own, for a config that asks for it. @type {string | undefined} */ #own;
  /** The one that the worker holds. @type {string | undefined} */ #heldOwn;
  /** @type {import('../types.js').Watch | undefined} */ #watch;
  /** Those of the last snapshot. @type {Snapshot['histograms']} */ #values = {};

  /**
   * @param {{ onsnapshot: (snapshot: Snapshot, first: boolean) => void, onstop: () => void,
   *   onrefused: (problem: Problem) => void, onfailed: (problem: Problem) => void }} listener
   */
  constructor(listener) {
    this.listener = listener;
  }

  /**
   * Builds the network of a config; of several in a row only the newest.
   * @param {string} config
   * @param {string} [own] The table of one's own.
   */
  build(config, own) {
    this.#run += 1;
    this.#waiting = config;
    this.#own = own;
    this.#reject('the network was built anew');
    if (this.#timer === undefined) this.#send();
  }

  async #send() {
    const run = this.#run;
    const config = /** @type {string} */ (this.#waiting);
    // While this is set, newer configs wait.
    this.#timer = setTimeout(() => this.#overdue(), IMPATIENCE);
    try {
      this.#module ??= await load();
      const name = wasm.dataFile(config);
      const own = name === 'upload';
      const fetched = name && !own && !this.#held.has(name) ? await table(name) : undefined;
      if (!this.#worker) this.#start();
      if (name) this.#held.add(name);
      const text = own && this.#own !== this.#heldOwn ? this.#own : fetched;
      if (own) this.#heldOwn = this.#own;
      this.#worker?.postMessage({ type: 'build', run, config, name, table: text });
      if (this.#run === run) this.#waiting = undefined;
    } catch (error) {
      this.#settled();
      this.listener.onfailed(problem(error));
    }
  }

  /** The worker has not answered in time: replaced if a newer config waits, otherwise left in peace. */
  #overdue() {
    this.#timer = undefined;
    if (this.#waiting === undefined && this.#begun === this.#run) return;
    if (this.#waiting === undefined) {
      // Nothing newer: the build may be large. Look again later.
      this.#timer = setTimeout(() => this.#overdue(), IMPATIENCE);
      return;
    }
    this.#stopWorker();
    this.#send();
  }

  #settled() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting !== undefined) this.#send();
  }

  #start() {
    const worker = trainer();
    this.#forget();
    worker.onmessage = ({ data }) => this.#hear(data);
    worker.onerror = (event) => {
      event.preventDefault();
      const message = event.message || 'The training worker could not be started.';
      this.#stopWorker();
      this.#reject(message);
      this.#settled();
      this.listener.onfailed({ name: 'WorkerError', message });
    };
    worker.postMessage({ type: 'start', module: /** @type {WebAssembly.Module} */ (this.#module) });
    if (this.#watch) worker.postMessage({ type: 'watch', watch: this.#watch });
    this.#worker = worker;
    if (this.#running) worker.postMessage({ type: 'run', ...this.#running });
  }

  #stopWorker() {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#forget();
  }

  /** A new worker holds no tables. */
  #forget() {
    this.#held.clear();
    this.#heldOwn = undefined;
  }

  /** @param {import('./worker.js').Reply} reply */
  #hear(reply) {
    if (reply.type === 'building') return;
    if (reply.type === 'script') {
      const { text, problem } = reply;
      const answer = this.#answered(reply.id);
      if (problem) answer?.reject(Object.assign(new Error(problem.message), problem));
      else if (text === undefined) answer?.reject(new Error('no network has been built'));
      else answer?.resolve(text);
      return;
    }
    if (reply.type === 'refused') {
      if (reply.run === this.#run) {
        this.#begun = this.#run;
        this.#reject(reply.problem.message);
        this.listener.onrefused(reply.problem);
      }
      this.#settled();
      return;
    }
    const first = reply.run > this.#begun;
    if (first) {
      this.#begun = reply.run;
      this.#settled();
    }
    // What is left of a run that a newer config has replaced is of no use any more.
    if (reply.run !== this.#run) return;
    const snapshot = this.#completed(unpack(reply.packed));
    this.listener.onsnapshot(snapshot, first);
    if (first && this.#running && !reply.running && !snapshot.first_nonfinite) {
      // What stopped was the run before, which had ended by itself.
      this.#worker?.postMessage({ type: 'run', ...this.#running });
    } else if (!reply.running && this.#running) {
      this.#running = undefined;
      this.listener.onstop();
    }
    if (first) this.#sendAsked();
    if (reply.id !== undefined) this.#answered(reply.id)?.resolve(snapshot);
  }

  /** Between looks the worker leaves out histograms that no open chart shows. @param {Snapshot} snapshot */
  #completed(snapshot) {
    const { histograms } = snapshot;
    if (histograms.u.length === 0) Object.assign(histograms, { ...this.#values, dw: histograms.dw });
    this.#values = histograms;
    return snapshot;
  }

  /** Whoever asked. @param {number} id */
  #answered(id) {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    return asked;
  }

  /** Takes live fields over into the running network. @param {string} config */
  configure(config) {
    this.#worker?.postMessage({ type: 'configure', config });
  }

  /** What snapshots show beside the usual. @param {import('../types.js').Watch} watch */
  watch(watch) {
    if (JSON.stringify(watch) === JSON.stringify(this.#watch)) return;
    this.#watch = watch;
    this.#worker?.postMessage({ type: 'watch', watch });
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

  /** Makes steps; the promise brings the snapshot after them. @param {number} count @returns {Promise<Snapshot>} */
  step(count) {
    this.#running = undefined;
    return this.#ask({ type: 'step', count });
  }

  /** The run so far as a PyTorch script. @returns {Promise<string>} */
  async script() {
    return this.#ask({ type: 'script', template: await inflated('pytorch.py') });
  }

  /** @param {object} request @returns {Promise<any>} */
  #ask(request) {
    this.#lastAsked += 1;
    const id = this.#lastAsked;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { request, sent: false, resolve, reject });
      if (this.#begun === this.#run) this.#sendAsked();
    });
  }

  /** What was asked for while a network was being built is meant for that network. */
  #sendAsked() {
    for (const [id, asked] of this.#asked) {
      if (!asked.sent) this.#worker?.postMessage(/** @type {import('./worker.js').Request} */ ({ ...asked.request, id }));
      asked.sent = true;
    }
  }

  /** The page draws what it has, and can take the next snapshot. */
  frame() {
    this.#worker?.postMessage({ type: 'frame' });
  }

  /** @param {string} why */
  #reject(why) {
    for (const { reject } of this.#asked.values()) reject(new Error(`no answer: ${why}`));
    this.#asked.clear();
  }

  /** Ends the worker. A later build starts another. */
  stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running = undefined;
    this.#waiting = undefined;
    this.#reject('the element was removed');
    this.#stopWorker();
  }
}
