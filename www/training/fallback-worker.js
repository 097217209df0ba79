// @ts-check
import { startWorker } from '../shared/assets.js';

/** @typedef {import('./messages.js').Request} Request */
/** @typedef {import('./messages.js').TrainingWorker} TrainingWorker */

/**
 * A worker, or the same code in the page where a worker is not to be had: the browser has none, a policy (CSP, Trusted
 * Types) forbids it, or its script cannot be loaded.
 * @implements {TrainingWorker}
 */
export class FallbackWorker {
  /** @type {TrainingWorker['onmessage']} */
  onmessage = null;
  /** @type {TrainingWorker['onerror']} */
  onerror = null;
  /** What was posted before the first answer. @type {Request[] | undefined} */
  #unanswered = [];
  /** Undefined while the page's own way is being loaded. @type {TrainingWorker | undefined} */
  #worker;
  #isTerminated = false;

  constructor() {
    try {
      const worker = (this.#worker = startWorker('training/worker.js'));
      worker.onmessage = (event) => {
        this.#unanswered = undefined;
        this.onmessage?.(event);
      };
      worker.onerror = (event) => {
        event.preventDefault();
        if (this.#unanswered) this.#trainInPage();
        else this.onerror?.(event);
      };
    } catch {
      this.#trainInPage();
    }
  }

  async #trainInPage() {
    this.#worker?.terminate();
    this.#worker = undefined;
    try {
      const { InPageWorker } = await import('./in-page.js');
      if (this.#isTerminated) return;
      const worker = (this.#worker = new InPageWorker());
      worker.onmessage = (event) => this.onmessage?.(event);
      for (const message of this.#unanswered ?? []) worker.postMessage(message);
      this.#unanswered = undefined;
    } catch (error) {
      this.onerror?.(new ErrorEvent('error', { message: String(error) }));
    }
  }

  /** @param {Request} message */
  postMessage(message) {
    this.#unanswered?.push(message);
    this.#worker?.postMessage(message);
  }

  terminate() {
    this.#isTerminated = true;
    this.#worker?.terminate();
  }
}
