// @ts-check
/** Makes the runs of a map's cells. Nothing is shared between runs but the data, so their order does not matter. */
import init, { Trainer } from '../../wasm/gradient_flow.js';

/** @typedef {import('./messages.js').Request} Request */
/** @typedef {import('./messages.js').Reply} Reply */

export class CellRuns {
  /** @type {Trainer | undefined} */
  #trainer;
  /** @type {import('../../types.js').Cells | undefined} */
  #cells;
  /** What came before the wasm was ready. @type {Request[] | undefined} */
  #waiting = [];
  #hasEnded = false;

  /** @param {(reply: Reply) => void} post */
  constructor(post) {
    this.post = post;
  }

  /** @param {Request} request */
  receive(request) {
    if (request.type === 'start') this.#start(request);
    else if (this.#waiting) this.#waiting.push(request);
    else this.#run(request);
  }

  /** @param {Extract<Request, { type: 'start' }>} request */
  async #start({ module, cells }) {
    this.#cells = cells;
    try {
      await init({ module_or_path: module });
    } catch {
      this.post({ type: 'failed' });
      return;
    }
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    this.post({ type: 'started' });
    for (const request of waiting) this.receive(request);
  }

  /** @param {Extract<Request, { type: 'run' }>} request */
  #run({ id, config, steps, pace }) {
    if (this.#hasEnded) return;
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
      // After a trap the instance is in an unknown state: nothing runs any more.
      this.#hasEnded = error instanceof WebAssembly.RuntimeError;
      if (this.#hasEnded) this.post({ type: 'failed' });
      else answer(undefined);
    }
  }

  /** The trainer of a config, on the data of the one before where they are the same. @param {string} config */
  #build(config) {
    if (!this.#trainer) this.#trainer = new Trainer(config, this.#cells);
    else if (!this.#trainer.rebuild(config)) this.#trainer.reload(config, this.#cells);
    return this.#trainer;
  }
}
