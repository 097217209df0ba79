// @ts-check
/**
 * Notices a worker that does not answer any more. A closed or crashed worker gives no message: its lock is free then.
 * One that hangs, or whose step takes very long, only stays silent.
 */

/** Milliseconds between two looks, and pings. */
const INTERVAL = 1000;
/** Seconds of silence after which one is told. */
const NOTICE_AFTER = 10;
/** Seconds of silence, beside the time of a step, after which the worker is given up. */
const GIVE_UP_AFTER = 60;

let watches = 0;

export class WorkerWatch {
  /** The name of the lock that the worker is to hold. */
  lock = `gradient-flow worker ${(watches += 1)} ${Math.random()}`;
  /** Seconds in which the page was visible and waited for an answer. */
  #silence = 0;
  #controller = new AbortController();
  /** @type {ReturnType<typeof setInterval>} */
  #timer;

  /**
   * @param {{ isAwaited: () => boolean, patience: () => number, ping: () => void, onsilent: (seconds: number) => void,
   *   ondead: () => void }} listener `patience` is how many seconds a step may take; `onsilent` is called once in a silence.
   */
  constructor(listener) {
    this.listener = listener;
    this.#timer = setInterval(() => this.#look(), INTERVAL);
  }

  #look() {
    const { isAwaited, patience, ping, onsilent, ondead } = this.listener;
    // The browser may have stopped the worker of a page that nobody sees.
    if (document.hidden || !isAwaited()) {
      this.#silence = 0;
      return;
    }
    this.#silence += INTERVAL / 1000;
    if (this.#silence === NOTICE_AFTER) onsilent(this.#silence);
    if (this.#silence >= GIVE_UP_AFTER + patience()) ondead();
    else ping();
  }

  /** The worker has sent a message. */
  heard() {
    this.#silence = 0;
  }

  /** The worker holds its lock: waits for it to be free. */
  locked() {
    const { signal } = this.#controller;
    const grant = () => {
      if (!signal.aborted) this.listener.ondead();
    };
    navigator.locks?.request(this.lock, { signal }, grant).catch(() => {});
  }

  stop() {
    clearInterval(this.#timer);
    this.#controller.abort();
  }
}
