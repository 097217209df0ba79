// @ts-check
import { toError } from '../shared/errors.js';

/** @typedef {import('./messages.js').Request} Request */
/** A request without its number. @typedef {{ type: 'step', count: number, to?: number, command: number } | { type: 'script', template: string, tools: WebAssembly.Module }} Unnumbered */
/** @typedef {{ request: Unnumbered, sent: boolean, resolve: (answer: any) => void, reject: (error: Error) => void }} Pending */

/** Requests to the worker that have not been answered. They are sent once their network has been built. */
export class PendingRequests {
  /** @type {Map<number, Pending>} */
  #pending = new Map();
  #lastId = 0;

  /** Whether the worker has requests to answer. */
  get areAwaited() {
    return [...this.#pending.values()].some(({ sent }) => sent);
  }

  /** Keeps a request until `send`; resolves to the answer. @param {Unnumbered} request @returns {Promise<any>} */
  add(request) {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { request, sent: false, resolve, reject });
    });
  }

  /** Sends the requests that have not been sent. @param {(message: Request) => void} post */
  send(post) {
    for (const [id, pending] of this.#pending) {
      if (!pending.sent) post({ ...pending.request, id });
      pending.sent = true;
    }
  }

  /** Removes and returns a request, which is then answered. @param {number} id */
  take(id) {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  /**
   * @param {import('../types.js').Problem} problem Why.
   * @param {Unnumbered['type']} [type] Only requests of this kind.
   */
  rejectAll(problem, type) {
    for (const [id, { request, reject }] of this.#pending) {
      if (type && request.type !== type) continue;
      this.#pending.delete(id);
      reject(toError(problem));
    }
  }
}
