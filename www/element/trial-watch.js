// @ts-check
/**
 * Has fixes tried when a verdict that is not calm stands. What tries them (www/trials) is loaded then: no first picture
 * needs it.
 */

/** @typedef {import('../trials/report.js').TrialReport} TrialReport */
/** @typedef {import('../types.js').Snapshot} Snapshot */
/** @typedef {import('../types.js').Status} Status */

/** Milliseconds for which a verdict stands before fixes are tried. */
const STANDS = 500;

export class TrialWatch {
  /** What was found so far for the verdict on the screen. @type {TrialReport | undefined} */
  report;
  /** The kind of the last verdict. */
  #kind = '';
  /** The kind against which fixes are tried. */
  #cause = '';
  /** The config of the last verdict. */
  #config = '';
  /** The last verdict was calm. */
  #isCalm = false;
  /** The steps of the run. */
  #steps = 0;
  /** What guessing reaches. */
  #guess = { accuracy: NaN, loss: NaN };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** The number of the last start. */
  #turn = 0;
  /** @type {import('../trials/trials.js').Trials | undefined} */
  #trials;

  /**
   * @param {import('./element.js').GradientFlow} host
   * @param {import('../shared/words.js').Words} words
   * @param {{ experiment: () => import('../training/engine.js').Experiment, isSilent: () => boolean, onreport: (isFinal: boolean) => void }} actions
   *   `isSilent`: the fixes would give something away. `onreport`: the report is another one, or there is none any more. `isFinal`: it is the last one.
   */
  constructor(host, words, actions) {
    this.host = host;
    this.words = words;
    this.actions = actions;
  }

  /** What was found, for the status. @returns {Partial<Status>} */
  get found() {
    if (!this.report) return {};
    const { fixes, progress, cause } = this.report;
    return { ...cause, fixes, progress };
  }

  /** What was found, for the charts. Without a report they are waiting (0), or all is well (1). @returns {TrialReport['chart']} */
  get chart() {
    return this.report?.chart ?? [Float64Array.of(Number(this.#isCalm), 0, 0, 0, 0, NaN), ''];
  }

  /**
   * Follows the verdict on a snapshot.
   * @param {string} kind Its kind. @param {Snapshot} snapshot @param {() => Status} verdict All of it, which takes longer.
   */
  follow(kind, { step, guess_accuracy, guess_loss }, verdict) {
    this.#steps = step;
    const { config } = this.actions.experiment();
    if (kind === this.#kind && config === this.#config) {
      if (this.report?.state === 'finished' && this.report.fixes.length === 0 && this.#trials?.isDueAgain(step)) {
        this.report = undefined;
        this.#wait();
      }
      return;
    }
    this.#forget();
    const { tone, cause = kind } = verdict();
    [this.#kind, this.#config, this.#cause, this.#isCalm] = [kind, config, cause, tone === 'calm'];
    this.#guess = { accuracy: guess_accuracy ?? NaN, loss: guess_loss ?? NaN };
    if (!this.#isCalm) this.#wait();
    this.actions.onreport(false);
  }

  #wait() {
    this.#timer = setTimeout(() => this.#start(), STANDS);
  }

  /** Ends what is tried, and forgets what was found: it was for another verdict or config. */
  cancel() {
    const hadReport = this.report !== undefined;
    this.#forget();
    if (hadReport) this.actions.onreport(false);
  }

  #forget() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#turn += 1;
    this.#trials?.stop();
    this.#kind = this.#config = '';
    this.#isCalm = false;
    this.report = undefined;
  }

  async #start() {
    this.#timer = undefined;
    const turn = this.#turn;
    if (this.actions.isSilent()) return;
    try {
      const { Trials } = await import('../trials/trials.js');
      if (turn !== this.#turn) return;
      this.#trials ??= new Trials(this.host, this.words, (report) => {
        const isFinal = report.state !== 'running' && report.state !== this.report?.state;
        this.report = report;
        this.actions.onreport(isFinal);
      });
      const of = { ...this.actions.experiment(), kind: this.#cause, steps: this.#steps, guess: this.#guess };
      await this.#trials.start(of, this.host.trials === 'off' ? 'off' : undefined);
    } catch {
      // They are help, and nothing depends on them: the next verdict tries again.
    }
  }

  /** The run has begun or paused. */
  pace() {
    this.#trials?.pace();
  }

  /** Tells it in the language that the words have now. */
  retell() {
    if (this.report) this.#trials?.retell();
  }
}
