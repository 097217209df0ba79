// @ts-check
/** The training loop in the page, where a worker is not to be had: between slices the page draws and answers. */
import { TrainingLoop } from './loop.js';

/** @typedef {import('./messages.js').TrainingWorker} TrainingWorker */

/** Takes the place of a worker. @implements {TrainingWorker} */
export class InPageWorker {
  /** @type {TrainingWorker['onmessage']} */
  onmessage = null;
  /** @type {TrainingWorker['onerror']} */
  onerror = null;
  #loop = new TrainingLoop((data) => queueMicrotask(() => this.onmessage?.(new MessageEvent('message', { data }))));
  #isTerminated = false;

  /** @param {import('./messages.js').Request} request */
  postMessage(request) {
    // After what the page does now, as a worker would.
    queueMicrotask(() => {
      if (!this.#isTerminated) this.#loop.receive(request);
    });
  }

  terminate() {
    this.onmessage = null;
    this.#loop.end();
    this.#isTerminated = true;
  }
}
