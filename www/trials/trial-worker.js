// @ts-check
/** The page's side of the worker that tries changes. There is no other way than a worker: in the page, trials would be in the way. */
import { startWorker } from '../shared/assets.js';

/** @typedef {import('./messages.js').Request} Request */
/** @typedef {import('./messages.js').Reply} Reply */
/** @typedef {import('../types.js').Cells} Cells */

/** Milliseconds of work that a worker may be behind before it is taken for stuck in a step. */
const PATIENCE = 2000;

export class TrialWorker {
  /** @type {Worker | undefined} */
  #worker;
  #hasStarted = false;
  /** The cells that the worker has, by name. @type {Map<string, Cells>} */
  #known = new Map();
  #share = 1;
  #lastId = 0;
  /** What waits for its answer. @type {{ id: number, limit: number } | undefined} */
  #trial;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {{ onoutcome: (outcome: Float64Array, time: number) => void, onskip: (expected: number, time: number) => void, onmissing: () => void }} listener
   *   `onskip`: it would take so many milliseconds (Infinity: nobody knows), or is refused (0). `onmissing`: there is no worker here.
   */
  constructor(listener) {
    this.listener = listener;
  }

  /** Tries a config. @param {WebAssembly.Module} module @param {Omit<Extract<Request, { type: 'try' }>, 'type' | 'id'>} trial */
  try(module, { cells, ...trial }) {
    if (!this.#worker && !this.#start(module)) return;
    const { name = '' } = trial;
    const isKnown = cells !== undefined && this.#known.get(name) === cells;
    if (cells) this.#known.set(name, cells);
    this.#trial = { id: (this.#lastId += 1), limit: trial.limit };
    this.#post({ type: 'try', ...trial, id: this.#lastId, cells: isKnown ? undefined : cells });
    this.#watch();
  }

  /** The share of the time in which it works. */
  set share(/** @type {number} */ share) {
    if (share === this.#share) return;
    this.#share = share;
    this.#post({ type: 'pace', share });
    this.#watch();
  }

  /** Ends the worker and what it tries. */
  stop() {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = this.#trial = undefined;
    this.#hasStarted = false;
    this.#known.clear();
  }

  /** Returns whether there is a worker, as far as is known by now. @param {WebAssembly.Module} module */
  #start(module) {
    try {
      const worker = (this.#worker = startWorker('trials/worker.js'));
      worker.onmessage = ({ data }) => {
        // What a worker sent before it was stopped may come later.
        if (worker === this.#worker) this.#receive(data);
      };
      worker.onerror = (event) => {
        event.preventDefault();
        if (worker === this.#worker) this.#fail();
      };
    } catch {
      this.listener.onmissing();
      return false;
    }
    this.#post({ type: 'start', module });
    this.#post({ type: 'pace', share: this.#share });
    return true;
  }

  /** @param {Request} request */
  #post(request) {
    this.#worker?.postMessage(request);
  }

  /** A step of a large network may take very long, and the worker cannot say so. */
  #watch() {
    clearTimeout(this.#timer);
    if (!this.#trial || this.#share <= 0) return;
    this.#timer = setTimeout(() => this.#fail(), (2 * this.#trial.limit + PATIENCE) / this.#share);
  }

  /** It has died, or does not answer. */
  #fail() {
    const hadStarted = this.#hasStarted;
    this.stop();
    if (hadStarted) this.listener.onskip(Infinity, 0);
    else this.listener.onmissing();
  }

  /** @param {Reply} reply */
  #receive(reply) {
    if (reply.type === 'started') this.#hasStarted = true;
    else if (reply.type === 'failed') this.#fail();
    else if (reply.id === this.#trial?.id) {
      this.#trial = undefined;
      clearTimeout(this.#timer);
      if (reply.type === 'outcome') this.listener.onoutcome(reply.outcome, reply.time);
      else if (reply.type === 'too-long') this.listener.onskip(reply.expected, reply.time);
      else this.listener.onskip(0, 0);
    }
  }
}
