// @ts-check
/** Makes the runs of a map's cells. Nothing is shared between runs but the data, so their order does not matter. */
import { holdLock } from '../../shared/hold-lock.js';
import { Instance } from '../../shared/instance.js';
import { Trainer } from '../../wasm/gradient_flow.js';

/** @typedef {import('./messages.js').Request} Request */
/** @typedef {import('./messages.js').Reply} Reply */

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
      holdLock(request.lock, () => this.post({ type: 'locked' }));
      this.#cells = request.cells;
      this.#instance.start(request.module);
    } else this.#instance.receive(request);
  }

  /** @param {Extract<Request, { type: 'run' }>} request */
  #run({ id, config, steps, pace }) {
    const begin = performance.now();
    const answer = (/** @type {Float64Array | undefined} */ numbers) => this.post({ type: 'cell', id, numbers, time: performance.now() - begin });
    try {
      const trainer = this.#build(config);
      let [numbers, made] = [trainer.probe(), 0];
      while (made < steps) {
        const count = Math.min(pace, steps - made);
        const advanced = trainer.advance(count);
        made += advanced;
        numbers = trainer.probe();
        if (advanced < count) break;
      }
      answer(numbers);
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) throw error;
      answer(undefined);
    }
  }

  /** The trainer of a config, on the data of the one before where they are the same. @param {string} config */
  #build(config) {
    if (!this.#trainer) this.#trainer = new Trainer(config, this.#cells);
    else if (!this.#trainer.rebuild(config)) this.#trainer.reload(config, this.#cells);
    return this.#trainer;
  }
}
