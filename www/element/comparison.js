// @ts-check
/** What the charts show beside the latest step of the run: a pinned run beneath it, or an earlier step in its place. */

/** @typedef {import('../charts/figures.js').Figures} Figures */

export class Comparison {
  /** The earlier step that the charts show, and what the run bar shows of it. @type {import('../types.js').StepNumbers | undefined} */
  numbers;
  /** How to come to the pinned run again. @type {{ configs: { step: number, config: string }[], step: number } | undefined} */
  kept;

  /**
   * @param {import('../shared/words.js').Words} words
   * @param {{ root: HTMLElement, bar: import('./run-bar.js').RunBar, status: import('./status-line.js').StatusLine,
   *   run: import('./run.js').Run, showNumbers: (numbers: import('../types.js').StepNumbers) => void }} parts
   */
  constructor(words, parts) {
    this.words = words;
    this.parts = parts;
  }

  /** @param {Figures | undefined} figures */
  pin(figures) {
    const { snapshot, configs } = this.parts.run;
    if (!snapshot) return;
    this.kept = { configs, step: snapshot.step };
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
    if (differences === null) this.kept = undefined;
    status.compare(differences);
    bar.pinned = differences !== null;
    figures?.invalidate();
  }

  /** The charts show an earlier step; undefined is the latest. @param {number | undefined} step @param {import('../types.js').StepNumbers} [numbers] */
  showStep(step, numbers) {
    const { root, run, showNumbers } = this.parts;
    const shown = numbers ?? run.snapshot;
    if (shown && (numbers || this.numbers)) showNumbers(shown);
    this.numbers = numbers;
    root.classList.toggle('back', step !== undefined);
    if (step !== undefined && run.running) run.pause();
    this.showLatest(run.snapshot?.step ?? 0);
  }

  /** The latest step of the run has changed. @param {number} latest */
  showLatest(latest) {
    const step = this.numbers?.step;
    this.parts.status.travelText = step === undefined ? undefined : this.words.text('status-viewing', { step, latest });
  }

  /** @param {Figures | undefined} figures */
  returnToLatest(figures) {
    if (this.parts.root.classList.contains('back')) figures?.travel(undefined);
  }
}
