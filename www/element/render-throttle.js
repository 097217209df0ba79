// @ts-check

/** @typedef {import('../types.js').Snapshot} Snapshot */
/** @typedef {import('../types.js').Status} Status */

/** Milliseconds between updates of words and numbers during a run: faster updates could not be read. */
const INTERVAL = 100;

/** Throttles the rendering of words and numbers: snapshots arrive faster than anyone can read. */
export class RenderThrottle {
  /** @type {{ snapshot: Snapshot, status: Status } | undefined} */
  #latest;
  #lastRender = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {(snapshot: Snapshot, status: Status) => void} renderStatus */
  constructor(renderStatus) {
    this.renderStatus = renderStatus;
  }

  /** Renders a snapshot now, or when the interval has passed. @param {Snapshot} snapshot @param {Status} status @param {boolean} now */
  update(snapshot, status, now) {
    this.#latest = { snapshot, status };
    const wait = this.#lastRender + INTERVAL - performance.now();
    if (now || wait <= 0) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), wait);
  }

  /** Renders the latest snapshot now. */
  flush() {
    this.cancel();
    this.#lastRender = performance.now();
    if (this.#latest) this.renderStatus(this.#latest.snapshot, this.#latest.status);
  }

  cancel() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
