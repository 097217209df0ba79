// @ts-check
/** The workers that measure a map, as many as the machine has room for. Which worker makes a run changes none of its numbers. */
import { startWorker } from '../../shared/assets.js';
import { WorkerLock } from '../../shared/worker-lock.js';

/** @typedef {import('./messages.js').Reply} Reply */
/** @typedef {Omit<Extract<import('./messages.js').Request, { type: 'run' }>, 'type'>} Run */

/** The most workers. */
const MOST = 8;
/** A worker has so many runs at hand, so that it does not wait for the page. */
const AHEAD = 2;

/** One processor is left to the page and to the run on the screen. */
export const usualSize = () => Math.max(1, Math.min(MOST, (navigator.hardwareConcurrency ?? 2) - 1));

/** @typedef {{ worker: Worker, lock: WorkerLock, hasStarted: boolean, runs: number[] }} Member A worker, and the ids of what it has to do, in order. */

export class Pool {
  /** @type {Set<Member>} */
  #members = new Set();
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
    this.#material = undefined;
    for (const { worker, lock, runs } of members) {
      lock.stop();
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
    /** @type {Member} */
    const member = { worker, lock: new WorkerLock(() => this.#fail(member)), hasStarted: false, runs: [] };
    this.#members.add(member);
    worker.onmessage = ({ data }) => {
      // What a worker sent before it was stopped may come later.
      if (this.#members.has(member)) this.#receive(member, data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (this.#members.has(member)) this.#fail(member);
    };
    worker.postMessage({ type: 'start', lock: member.lock.name, ...this.#material });
    return true;
  }

  /** @param {Member} member @param {Reply} reply */
  #receive(member, reply) {
    if (reply.type === 'started') member.hasStarted = true;
    else if (reply.type === 'locked') member.lock.held();
    else if (reply.type === 'failed') this.#fail(member);
    else {
      member.runs.splice(member.runs.indexOf(reply.id), 1);
      this.actions.onresult(reply.id, reply.numbers);
      this.feed();
    }
  }

  /** A worker has died: the run that it was making would end the next one too. @param {Member} member */
  #fail(member) {
    this.#members.delete(member);
    member.lock.stop();
    member.worker.terminate();
    const [deadly, ...others] = member.runs;
    others.forEach((id) => this.actions.onreturn(id));
    if (!member.hasStarted) {
      if (deadly !== undefined) this.actions.onreturn(deadly);
      if (this.#members.size === 0) this.#giveUp();
      return;
    }
    if (deadly !== undefined) this.actions.onresult(deadly, undefined);
    if (this.#material && this.#add()) this.feed();
  }

  #giveUp() {
    if (this.#members.size > 0) return;
    this.stop();
    this.actions.onmissing();
  }
}
