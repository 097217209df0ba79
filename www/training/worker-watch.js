// @ts-check
/**
 * Notices a worker that does not answer any more: a closed or crashed one by its lock; one that hangs, or whose step takes
 * very long, only stays silent.
 */
import { WorkerLock } from '../shared/worker-lock.js';

/** Milliseconds between two looks, and pings. */
const INTERVAL = 1000;
/** Seconds of silence after which one is told. */
const NOTICE_AFTER = 10;
/** Seconds of silence, beside the time of a step, after which the worker is given up. */
const GIVE_UP_AFTER = 60;

export class WorkerWatch {
  /** Seconds in which the page was visible and waited for an answer. */
  #silence = 0;
  #lock;
  /** @type {ReturnType<typeof setInterval>} */
  #timer;

  /**
   * @param {{ isAwaited: () => boolean, patience: () => number, ping: () => void, onsilent: (seconds: number) => void,
   *   ondead: () => void }} listener `patience` is how many seconds a step may take; `onsilent` is called once in a silence.
   */
  constructor(listener) {
    this.listener = listener;
    this.#lock = new WorkerLock(() => listener.ondead());
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

  /** The name of the lock that the worker is to hold. */
  get lock() {
    return this.#lock.name;
  }

  /** The worker has sent a message. */
  heard() {
    this.#silence = 0;
  }

  /** The worker holds its lock. */
  locked() {
    this.#lock.held();
  }

  stop() {
    clearInterval(this.#timer);
    this.#lock.stop();
  }
}
