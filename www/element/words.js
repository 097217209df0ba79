// @ts-check

/** @typedef {import('../types.js').Snapshot} Snapshot */
/** @typedef {import('../types.js').Status} Status */

/** Milliseconds between changes of words and numbers during a run: nobody reads faster. */
const INTERVAL = 100;

/** Renders words and numbers, less often than snapshots come. */
export class Words {
  /** @type {{ snapshot: Snapshot, status: Status } | undefined} */
  #latest;
  #lastRender = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {(snapshot: Snapshot, status: Status) => void} renderStatus */
  constructor(renderStatus) {
    this.renderStatus = renderStatus;
  }

  /** Renders a snapshot, at once or later. @param {Snapshot} snapshot @param {Status} status @param {boolean} now */
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
