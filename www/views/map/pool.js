// @ts-check
/** The workers that measure a map, as many as the machine has room for. Which worker makes a run changes none of its numbers. */
import { startWorker } from '../../shared/assets.js';
import { WorkerWatch } from '../../shared/worker-watch.js';

/** @typedef {import('./messages.js').Reply} Reply */
/** @typedef {Omit<Extract<import('./messages.js').Request, { type: 'run' }>, 'type'>} Run */

/** The most workers. */
const MOST = 8;
/** A worker has so many runs at hand, so that it does not wait for the page. */
const AHEAD = 2;

/** One processor is left to the page and to the run on the screen. */
export const usualSize = () => Math.max(1, Math.min(MOST, (navigator.hardwareConcurrency ?? 2) - 1));

/** @typedef {{ worker: Worker, watch: WorkerWatch, hasStarted: boolean, runs: number[] }} Member A worker, and the ids of what it has to do, in order. */

export class Pool {
  /** @type {Set<Member>} */
  #members = new Set();
  /** The runs during which a worker has died. @type {Set<number>} */
  #deadly = new Set();
  /** @type {{ module: WebAssembly.Module, cells?: import('../../types.js').Cells } | undefined} */
  #material;

  /**
   * @param {number} size
   * @param {{ next: () => Run | undefined, onresult: (id: number, numbers: Float64Array | undefined) => void, onreturn: (id: number) => void,
   *   onmissing: () => void }} actions `next` hands out a run, if there is one now. `onreturn`: a run was handed out and will not be made.
   *   `onmissing`: there are no workers here.
   */
  constructor(size, actions) {
    this.size = size;
    this.actions = actions;
  }

  /** Starts the workers. @param {WebAssembly.Module} module @param {import('../../types.js').Cells} [cells] */
  start(module, cells) {
    this.#material = { module, cells };
    for (let count = this.#members.size; count < this.size; count += 1) {
      if (!this.#add()) return;
    }
    this.feed();
  }

  /** Ends all workers and what they do. */
  stop() {
    const members = [...this.#members];
    this.#members.clear();
    this.#deadly.clear();
    this.#material = undefined;
    for (const { worker, watch, runs } of members) {
      watch.stop();
      worker.terminate();
      runs.forEach((id) => this.actions.onreturn(id));
    }
  }

  /** Whether a worker has something to do. */
  get isBusy() {
    return [...this.#members].some(({ runs }) => runs.length > 0);
  }

  /** Gives the workers what there is to do, evenly. */
  feed() {
    for (let depth = 0; depth < AHEAD; depth += 1) {
      for (const member of this.#members) {
        if (member.runs.length > depth) continue;
        const run = this.actions.next();
        if (!run) return;
        member.runs.push(run.id);
        member.worker.postMessage({ type: 'run', ...run });
      }
    }
  }

  #add() {
    /** @type {Worker} */
    let worker;
    try {
      worker = startWorker('views/map/worker.js');
    } catch {
      this.#giveUp();
      return false;
    }
    const fail = () => this.#members.has(member) && this.#fail(member);
    const watch = new WorkerWatch({
      isAwaited: () => member.runs.length > 0,
      patience: () => 0,
      ping: () => {},
      onsilent: () => {},
      ondead: fail,
    });
    /** @type {Member} */
    const member = { worker, watch, hasStarted: false, runs: [] };
    this.#members.add(member);
    worker.onmessage = ({ data }) => {
      // What a worker sent before it was stopped may come later.
      if (!this.#members.has(member)) return;
      watch.heard();
      this.#receive(member, data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      fail();
    };
    worker.postMessage({ type: 'start', lock: watch.lock, ...this.#material });
    return true;
  }

  /** @param {Member} member @param {Reply} reply */
  #receive(member, reply) {
    if (reply.type === 'started') member.hasStarted = true;
    else if (reply.type === 'locked') member.watch.locked();
    else if (reply.type === 'failed') this.#fail(member);
    else if (reply.type === 'cell') {
      member.runs.splice(member.runs.indexOf(reply.id), 1);
      this.actions.onresult(reply.id, reply.numbers);
      this.feed();
    }
  }

  /** A worker has died. The run that it was making is made once more: it may not have been the reason. @param {Member} member */
  #fail(member) {
    this.#members.delete(member);
    member.watch.stop();
    member.worker.terminate();
    const [last, ...others] = member.runs;
    others.forEach((id) => this.actions.onreturn(id));
    const isReason = member.hasStarted && this.#deadly.has(last);
    if (last !== undefined && !isReason) this.actions.onreturn(last);
    if (!member.hasStarted) {
      if (this.#members.size === 0) this.#giveUp();
      return;
    }
    this.#deadly.add(last);
    if (isReason) this.actions.onresult(last, undefined);
    if (this.#material && this.#add()) this.feed();
  }

  #giveUp() {
    if (this.#members.size > 0) return;
    this.stop();
    this.actions.onmissing();
  }
}
