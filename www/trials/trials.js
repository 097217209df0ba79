// @ts-check
/**
 * Tries what may help against a verdict, one change after the other: the second wasm module plans (here), a worker trains.
 * Loaded when a verdict calls for it.
 */
import { VisibilityObserver } from '../element/visibility.js';
import { loadTools, tools } from '../shared/tools.js';
import { load, wasm } from '../shared/wasm.js';
import { fetchTable } from '../training/data.js';
import { makeReport } from './report.js';
import { TrialWorker } from './trial-worker.js';

/** @typedef {import('../training/engine.js').Experiment} Experiment */
/** @typedef {import('./report.js').TrialReport} TrialReport */
/** @typedef {import('./report.js').State} State */
/**
 * What is diagnosed: an experiment, the kind of its verdict, its steps so far, and what guessing reaches (NaN: there is none).
 * @typedef {Experiment & { kind: string, steps: number, guess: { accuracy: number, loss: number } }} Case
 */

/** Milliseconds of work that one trial may take, and all of them together. */
const LIMIT = 2000;
const LIMIT_OF_ALL = 20_000;
/** The steps of a trial of a run that has made fewer: deep networks show little before. */
const USUAL_STEPS = 200;
/** The fewest steps of a trial: fewer show nothing. */
const LEAST_STEPS = 100;
/** With so many processors or fewer, trials and a run on the screen are in each other's way. */
const FEW_PROCESSORS = 2;
/** The share of the time that trials take there during a run: beside one at full speed, and beside one that leaves much of it. */
const SHARE = { fast: 0.1, slow: 0.5 };
/** The most steps a second of a run that leaves much. */
const SLOW = 60;
/** Once the run has made so many times the steps of trials of which none learned, more steps are tried. */
const AGAIN = 4;
const MOST_STEPS = 1000;

export class Trials {
  /** @type {Case | undefined} */
  #case;
  /** The number of the last case: what was begun for an older one is abandoned. */
  #turn = 0;
  /** @type {tools.Trials | undefined} */
  #plan;
  /** @type {State} */
  #state = 'running';
  /** The cells of the data, and their name. @type {{ name?: string, cells?: import('../types.js').Cells }} */
  #data = {};
  /** Milliseconds of work that are left. */
  #left = 0;
  #worker;
  #visibility;
  #onvisibilitychange = () => this.pace();

  /**
   * @param {import('../element/element.js').GradientFlow} host
   * @param {import('../shared/words.js').Words} words
   * @param {(report: TrialReport) => void} onreport Is called after each trial.
   */
  constructor(host, words, onreport) {
    this.host = host;
    this.words = words;
    this.onreport = onreport;
    this.#worker = new TrialWorker({
      onoutcome: (outcome, time) => this.#record(outcome, time),
      onskip: (expected, time) => this.#skip(expected, time),
      onmissing: () => this.#giveUp('no-worker'),
    });
    this.#visibility = new VisibilityObserver(host, () => this.pace());
  }

  /** Begins the trials of a case; a `reason` says why nothing may be trained. @param {Case} of @param {'off'} [reason] */
  async start(of, reason) {
    this.stop();
    const turn = this.#turn;
    this.#case = of;
    await this.words.load('trials');
    await loadTools();
    if (turn !== this.#turn) return;
    this.#newPlan(Math.max(of.steps, USUAL_STEPS));
    if (reason) {
      this.#giveUp(reason);
      return;
    }
    this.#left = LIMIT_OF_ALL;
    const name = wasm.dataFile(of.config);
    this.#data = {};
    if (name === 'upload') this.#data = { name, cells: of.table?.cells };
    else if (name) this.#data = { name, cells: await fetchTable(name) };
    const module = await load();
    if (turn !== this.#turn) return;
    this.#visibility.observe();
    document.addEventListener('visibilitychange', this.#onvisibilitychange);
    this.pace();
    this.#report();
    this.#tryNext(module);
  }

  /** Ends what is tried, at once. */
  stop() {
    this.#turn += 1;
    this.#worker.stop();
    this.#end();
    this.#plan?.free();
    this.#plan = undefined;
    this.#case = undefined;
  }

  /** No more is tried. */
  #end() {
    this.#worker.stop();
    this.#visibility.disconnect();
    document.removeEventListener('visibilitychange', this.#onvisibilitychange);
  }

  /** Chooses how much of the time trials may take now. */
  pace() {
    const isSeen = !document.hidden && this.#visibility.isVisible;
    const { running, speed } = this.host;
    const isCrowded = running && (navigator.hardwareConcurrency ?? FEW_PROCESSORS) <= FEW_PROCESSORS;
    const isFast = speed === 'max' || Number(speed) > SLOW;
    this.#worker.share = isSeen ? (isCrowded ? SHARE[isFast ? 'fast' : 'slow'] : 1) : 0;
  }

  /** Whether the run has gone on for so long that more steps are worth a trial. @param {number} steps The run's. */
  isDueAgain(steps) {
    const { steps: tried = MOST_STEPS } = this.#plan ?? {};
    return tried < MOST_STEPS && steps >= AGAIN * tried;
  }

  /** Tells it again, in the language of the words. */
  retell() {
    if (this.#plan) this.#report();
  }

  /** @param {number} steps */
  #newPlan(steps) {
    const { config, kind, guess } = /** @type {Case} */ (this.#case);
    this.#plan?.free();
    this.#plan = new tools.Trials(config, kind, !Number.isNaN(guess.accuracy), steps);
    this.#state = 'running';
  }

  /** @param {WebAssembly.Module} module */
  #tryNext(module) {
    const plan = /** @type {tools.Trials} */ (this.#plan);
    const config = plan.next();
    if (config === undefined || this.#left <= 0) {
      this.#finish();
      return;
    }
    // An element may have been hidden without anyone being told.
    this.pace();
    const steps = plan.nextSteps;
    this.#worker.try(module, { config, steps, limit: (LIMIT * steps) / plan.steps, ...this.#data });
  }

  /** @param {Float64Array} outcome @param {number} time */
  #record([accuracy, loss, guessAccuracy, guessLoss, overflowed], time) {
    this.#left -= time;
    this.#plan?.record(accuracy, loss, guessAccuracy, guessLoss, overflowed > 0);
    this.#goOn();
  }

  /** A trial would take too long. @param {number} expected Milliseconds. @param {number} time */
  #skip(expected, time) {
    const plan = /** @type {tools.Trials} */ (this.#plan);
    this.#left -= time;
    const isFirst = this.#planned().made === 0;
    // Fewer steps may be affordable; a fifth is kept for what takes longer than the first one.
    const affordable = Math.floor((0.8 * LIMIT * plan.steps) / expected);
    if (isFirst && expected > 0 && affordable < plan.steps) {
      if (affordable < LEAST_STEPS) {
        this.#giveUp('too-large');
        return;
      }
      this.#newPlan(affordable);
    } else if (plan.nextSteps > plan.steps) {
      // What cannot be confirmed for lack of time is no failure: it is offered with what it has reached.
      this.#finish();
      return;
    } else this.#pass();
    this.#goOn();
  }

  #goOn() {
    const turn = this.#turn;
    if (this.#plan?.next() === undefined || this.#left <= 0) {
      this.#finish();
      return;
    }
    this.#report();
    load().then((module) => turn === this.#turn && this.#tryNext(module));
  }

  /** Passes over a trial, which counts as one that does not learn. */
  #pass() {
    const { accuracy, loss } = /** @type {Case} */ (this.#case).guess;
    this.#plan?.record(NaN, NaN, accuracy, loss, false);
  }

  /** What the plan tells. @returns {import('./report.js').PlanReport} */
  #planned() {
    return JSON.parse(/** @type {tools.Trials} */ (this.#plan).report(this.words.table));
  }

  #finish() {
    this.#state = 'finished';
    this.#end();
    this.#report();
  }

  /** Nothing can be tried: proposals are listed as they are. @param {'off' | 'too-large' | 'no-worker'} reason */
  #giveUp(reason) {
    this.#state = reason;
    this.#end();
    this.#report();
  }

  #makeReport() {
    if (!this.#plan || !this.#case) return undefined;
    const isTrained = this.#state === 'running' || this.#state === 'finished';
    const untried = isTrained ? [] : JSON.parse(this.#plan.untried(this.words.table));
    return makeReport({ ...this.#planned(), untried }, this.#state, this.#case.guess, this.words);
  }

  #report() {
    const report = this.#makeReport();
    if (report) this.onreport(report);
  }
}
