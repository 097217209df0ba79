// @ts-check
/** Makes the runs of a map's cells. Nothing is shared between runs but the data, so their order does not matter. */
import { advanceFor, holdLock, Instance } from '../../shared/instance.js';
import { Trainer } from '../../wasm/gradient_flow.js';

/** @typedef {import('./messages.js').Request} Request */
/** @typedef {import('./messages.js').Reply} Reply */

/** Milliseconds between two signs of life while many steps are made. */
const SIGN_INTERVAL = 1000;

export class CellRuns {
  /** @type {Trainer | undefined} */
  #trainer;
  /** @type {import('../../types.js').Cells | undefined} */
  #cells;
  /** @type {Instance<Extract<Request, { type: 'run' }>>} */
  #instance = new Instance({
    handle: (request) => this.#run(request),
    onstart: () => this.post({ type: 'started' }),
    onfail: () => this.post({ type: 'failed' }),
  });

  /** @param {(reply: Reply) => void} post */
  constructor(post) {
    this.post = post;
  }

  /** @param {Request} request */
  receive(request) {
    if (request.type === 'start') {
      this.#cells = request.cells;
      holdLock(request.lock, () => this.post({ type: 'locked' }));
      this.#instance.start(request.module);
    } else this.#instance.receive(request);
  }

  /** @param {Extract<Request, { type: 'run' }>} request */
  #run({ id, config, steps, pace }) {
    const begin = performance.now();
    const answer = (/** @type {Float64Array | undefined} */ numbers) => this.post({ type: 'cell', id, numbers, time: performance.now() - begin });
    try {
      const trainer = this.#build(config);
      let numbers = trainer.probe();
      for (let made = 0, isWhole = true; made < steps && isWhole; made += pace) {
        isWhole = this.#advance(trainer, Math.min(pace, steps - made));
        numbers = trainer.probe();
      }
      answer(numbers);
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) throw error;
      answer(undefined);
    }
  }

  /** Makes steps, and tells in between that it does. Returns whether all were made: not so if the network has overflowed. @param {Trainer} trainer @param {number} steps */
  #advance(trainer, steps) {
    for (let left = steps; left > 0; ) {
      const made = advanceFor(trainer, left, SIGN_INTERVAL);
      if (made.stopped) return false;
      left -= made.steps;
      if (left > 0) this.post({ type: 'alive' });
    }
    return true;
  }

  /** The trainer of a config, on the data of the one before where they are the same. @param {string} config */
  #build(config) {
    if (!this.#trainer) this.#trainer = new Trainer(config, this.#cells);
    else if (!this.#trainer.rebuild(config)) this.#trainer.reload(config, this.#cells);
    return this.#trainer;
  }
}
