// @ts-check
/** What the charts show beside the latest step of the run: a pinned run beneath it, or an earlier step in its place. */

/** @typedef {import('../charts/figures.js').Figures} Figures */

export class Comparison {
  /**
   * @param {{ root: HTMLElement, bar: import('./run-bar.js').RunBar, status: import('./status-line.js').StatusLine,
   *   run: import('./run.js').Run }} parts
   */
  constructor(parts) {
    this.parts = parts;
  }

  /** @param {Figures | undefined} figures */
  pin(figures) {
    if (!this.parts.run.snapshot) return;
    figures?.charts.pin();
    this.update(figures);
  }

  /** @param {Figures | undefined} figures */
  unpin(figures) {
    figures?.charts.unpin();
    this.update(figures);
  }

  /** Shows what the pinned run has otherwise; without charts nothing is pinned. @param {Figures | undefined} figures */
  update(figures) {
    const { status, bar } = this.parts;
    /** @type {import('./status-line.js').Difference[] | null} */
    const differences = JSON.parse(figures?.charts.differences() ?? 'null');
    status.compare(differences);
    bar.pinned = differences !== null;
    figures?.invalidate();
  }

  /** The charts show an earlier step; undefined is the latest. @param {number | undefined} step */
  showStep(step) {
    const { root, status, run } = this.parts;
    const isEarlier = step !== undefined;
    root.classList.toggle('back', isEarlier);
    status.travelText = isEarlier ? `Looking back at step ${step}. Space goes on from the end of the run.` : undefined;
    if (isEarlier && run.running) run.pause();
  }

  /** @param {Figures | undefined} figures */
  returnToLatest(figures) {
    if (this.parts.root.classList.contains('back')) figures?.travel(undefined);
  }
}
