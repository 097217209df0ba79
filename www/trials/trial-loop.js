// @ts-check
/**
 * Trains one config after the other, in slices, between which messages are handled. It works a share of the time only, so
 * that the run on the screen has the rest.
 */
import { Trainer } from '../wasm/gradient_flow.js';
import { advanceFor, Instance } from '../shared/instance.js';

/** @typedef {import('./messages.js').Request} Request */
/** @typedef {import('./messages.js').Reply} Reply */
/** @typedef {import('../types.js').Cells} Cells */

/** Milliseconds of training between checks for messages. */
const SLICE = 12;
/**
 * From so many steps and such a part of the limit on, the time of all of them can be told: the first ones are slow, and on a
 * busy machine one may wait for others.
 */
const TELLING_STEPS = 4;
const TELLING_PART = 0.1;

export class TrialLoop {
  /** @type {Trainer | undefined} */
  #trainer;
  /** Tables by name. @type {Map<string, Cells>} */
  #tables = new Map();
  /** @type {Instance<Exclude<Request, { type: 'start' }>>} */
  #instance = new Instance({
    handle: (request) => this.#handle(request),
    onstart: () => this.post({ type: 'started' }),
    onfail: () => this.post({ type: 'failed' }),
  });
  /** What is being tried; `time` is the work in milliseconds. @type {{ id: number, steps: number, limit: number, made: number, time: number } | undefined} */
  #trial;
  #share = 1;
  /** A message to itself is handled right after those that are waiting; a timer would come later. */
  #channel = new MessageChannel();
  #isScheduled = false;

  /** @param {(reply: Reply) => void} post */
  constructor(post) {
    this.post = post;
    this.#channel.port1.onmessage = () => {
      this.#isScheduled = false;
      this.#instance.run(() => this.#trainSlice());
    };
  }

  /** @param {Request} request */
  receive(request) {
    if (request.type === 'start') this.#instance.start(request.module);
    else this.#instance.receive(request);
  }

  /** @param {Exclude<Request, { type: 'start' }>} request */
  #handle(request) {
    if (request.type === 'pace') {
      this.#share = request.share;
      this.#schedule();
    } else if (request.type === 'try') this.#try(request);
  }

  /** @param {Extract<Request, { type: 'try' }>} request */
  #try({ id, config, steps, limit, name, cells }) {
    const begin = performance.now();
    if (name && cells) this.#tables.set(name, cells);
    const table = name ? this.#tables.get(name) : undefined;
    this.#trial = undefined;
    try {
      // The data stay where they can, as in the training loop.
      if (!this.#trainer) this.#trainer = new Trainer(config, table);
      else if (cells || !this.#trainer.rebuild(config)) this.#trainer.reload(config, table);
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) throw error;
      this.post({ type: 'refused', id });
      return;
    }
    this.#trial = { id, steps, limit, made: 0, time: performance.now() - begin };
    this.#schedule(this.#trial.time);
  }

  /** Goes on, after a rest from so many milliseconds of work. */
  #schedule(worked = 0) {
    if (!this.#trial || this.#share <= 0 || this.#isScheduled) return;
    this.#isScheduled = true;
    const rest = worked * (1 / this.#share - 1);
    if (rest > 0) setTimeout(() => this.#channel.port2.postMessage(0), rest);
    else this.#channel.port2.postMessage(0);
  }

  #trainSlice() {
    const [trial, trainer] = [this.#trial, this.#trainer];
    if (!trial || !trainer || this.#share <= 0) return;
    const { steps, stopped, time } = advanceFor(trainer, trial.steps - trial.made, SLICE);
    trial.made += steps;
    trial.time += time;
    if (trial.made >= trial.steps || stopped) this.#finish(trainer, trial);
    else if (!this.#isTooLong(trial)) this.#schedule(time);
  }

  /** @param {Trainer} trainer @param {{ id: number, time: number }} trial */
  #finish(trainer, { id, time }) {
    const begin = performance.now();
    const outcome = trainer.outcome();
    this.#trial = undefined;
    this.post({ type: 'outcome', id, outcome, time: time + performance.now() - begin });
  }

  /** Gives up what would take too long. @param {{ id: number, made: number, steps: number, time: number, limit: number }} trial */
  #isTooLong({ id, made, steps, time, limit }) {
    const canTell = made >= TELLING_STEPS && time >= TELLING_PART * limit;
    const expected = canTell ? (time / made) * steps : time;
    if (expected <= limit) return false;
    this.#trial = undefined;
    this.post({ type: 'too-long', id, expected: (time / Math.max(made, 1)) * steps, time });
    return true;
  }
}
