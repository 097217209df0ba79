// @ts-check

/** @typedef {import('../types.js').Snapshot} Snapshot */

/** Milliseconds between updates of words and numbers during a run: faster updates could not be read. */
const INTERVAL = 100;
/** Milliseconds between them where they are slow. */
const LONGEST_INTERVAL = 500;
/** The part of the time that they may take, with the frame that shows them, as far as scripts can measure it. */
const SHARE = 0.1;

/** Throttles the rendering of words and numbers: snapshots arrive faster than anyone can read, or a slow device can render. */
export class RenderThrottle {
  /** @type {Snapshot | undefined} */
  #latest;
  #lastRender = 0;
  /** Milliseconds that the last update has taken. */
  #cost = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {(snapshot: Snapshot) => void} renderStatus */
  constructor(renderStatus) {
    this.renderStatus = renderStatus;
  }

  /** Renders a snapshot now, or when the interval has passed. @param {Snapshot} snapshot @param {boolean} now */
  update(snapshot, now) {
    this.#latest = snapshot;
    const interval = Math.min(LONGEST_INTERVAL, Math.max(INTERVAL, this.#cost / SHARE));
    const wait = this.#lastRender + interval - performance.now();
    if (now || wait <= 0) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), wait);
  }

  /** Renders the latest snapshot now. */
  flush() {
    this.cancel();
    const begin = performance.now();
    if (this.#latest) this.renderStatus(this.#latest);
    this.#lastRender = begin;
    this.#cost = performance.now() - begin;
  }

  /** The frame after the last update has taken so long. @param {number} milliseconds */
  spend(milliseconds) {
    this.#cost += milliseconds;
  }

  cancel() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
