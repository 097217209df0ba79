// @ts-check
/** A lock that a worker holds for as long as it lives (hold-lock.js): one that is closed or crashes gives no message, but its lock is free then. */

let locks = 0;

export class WorkerLock {
  name = `gradient-flow worker ${(locks += 1)} ${Math.random()}`;
  #controller = new AbortController();
  #onfree;

  /** @param {() => void} onfree The worker has ended. */
  constructor(onfree) {
    this.#onfree = onfree;
  }

  /** The worker holds it: waits for it to be free. */
  held() {
    const { signal } = this.#controller;
    const grant = () => {
      if (!signal.aborted) this.#onfree();
    };
    navigator.locks?.request(this.name, { signal }, grant).catch(() => {});
  }

  /** The end of the worker is not waited for any more. */
  stop() {
    this.#controller.abort();
  }
}
