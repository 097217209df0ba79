// @ts-check

/** @typedef {{ request: object, sent: boolean, resolve: (answer: any) => void, reject: (error: Error) => void }} Pending */

/** Requests to the worker that have not been answered. They are sent once their network has been built. */
export class PendingRequests {
  /** @type {Map<number, Pending>} */
  #pending = new Map();
  #lastId = 0;

  /** Keeps a request until `send`; resolves to the answer. @param {object} request @returns {Promise<any>} */
  add(request) {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { request, sent: false, resolve, reject });
    });
  }

  /** Sends the requests that have not been sent. @param {(message: import('./messages.js').Request) => void} post */
  send(post) {
    for (const [id, pending] of this.#pending) {
      if (!pending.sent) post(/** @type {import('./messages.js').Request} */ ({ ...pending.request, id }));
      pending.sent = true;
    }
  }

  /** Removes and returns a request, which is then answered. @param {number} id */
  take(id) {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  /** @param {string} reason */
  rejectAll(reason) {
    for (const { reject } of this.#pending.values()) reject(new Error(`no answer: ${reason}`));
    this.#pending.clear();
  }
}
