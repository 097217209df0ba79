// @ts-check
/**
 * Takes a run to a step: for `goTo`, for the attributes `at` and `then`, and for a moment, which a link brings back. Loaded
 * when it is asked for.
 *
 * A run is its first config and the live changes on its way. Going back begins it again and makes the same changes after the
 * same steps, so that the state has the same bits.
 */
import { refusedArgument } from '../shared/arguments.js';
import { toError } from '../shared/errors.js';
import { message, problem, toProblem } from '../shared/problems.js';
import { wasm } from '../shared/wasm.js';
import { stateDigest } from './digest.js';
import { momentOf, parseMoment } from './link.js';
import { MomentLine } from './moment-line.js';
import { LAST_STEP, changesOf, parsePlan, parseStep, refusal, startOf, withoutPlanned } from './plan.js';

/** @typedef {import('../types.js').LiveChange} LiveChange */
/** @typedef {import('../types.js').Snapshot} Snapshot */
/** @typedef {import('./link.js').Moment} Moment */

/** The value of the setting `data` for an uploaded table. */
const UPLOAD = 'upload';
/** What the run tells of itself. */
const TOLD = ['AbortError', 'LoadError', 'WorkerError'];

export class Moments {
  #line;
  /** The number of the last journey: an older one is superseded. */
  #journey = 0;
  /** The step to which the run is on its way. @type {number | undefined} */
  #goal;
  /** The step to which the attributes have taken it. @type {number | undefined} */
  #arrival;
  /** The attributes as they were read. @type {Record<string, string | null>} */
  #read = {};
  /** A moment was opened, and nothing has been changed by hand since. */
  #isMoment = false;
  /** A moment waits for the reader's table. */
  #needsTable = false;
  /** The config is being changed from here. */
  #isOwnChange = false;

  /** @param {import('../element/laboratory.js').Laboratory} laboratory */
  constructor(laboratory) {
    this.laboratory = laboratory;
    const { host, words, screen, run } = laboratory;
    this.#line = new MomentLine(words, screen, () => run.pause());
    host.addEventListener('gradient-flow-snapshot', () => this.#follow());
    host.addEventListener('gradient-flow-config', () => this.#noticeChange());
  }

  // ---- goTo ----

  /**
   * Takes the run to a step: forward by training, backward by beginning again with the live changes that were made on the way.
   * @param {number} step @returns {Promise<Snapshot>}
   */
  async goTo(step) {
    if (!Number.isInteger(step) || step < 0 || step > LAST_STEP) throw refusedArgument('goTo', 'step', step, message('allowed-steps', { min: 0, max: LAST_STEP }));
    const journey = this.#setOut();
    this.#leave(false);
    const { run } = this.laboratory;
    const now = await this.laboratory.step(0);
    this.#check(journey);
    if (now.step <= step) {
      const arrived = await this.#advance(journey, now.step, step);
      // It has run on while the way was planned.
      return arrived.step > step ? this.goTo(step) : arrived;
    }
    const { configs, plan } = run;
    return this.#replay(journey, startOf(configs), [...changesOf(configs, step), ...plan.filter((change) => change.step > step)], step);
  }

  /** Begins a journey: one that is under way is superseded. */
  #setOut() {
    this.#journey += 1;
    this.laboratory.run.pause();
    return this.#journey;
  }

  /** @param {number} journey */
  #check(journey) {
    if (journey !== this.#journey) throw toError(problem('AbortError', 'aborted-step'));
  }

  /** Begins a run and takes it to a step. @param {number} journey @param {string} config @param {LiveChange[]} plan @param {number} step @param {boolean} [isKept] */
  #replay(journey, config, plan, step, isKept = false) {
    const { laboratory } = this;
    this.#showConfig(config);
    laboratory.screen.returnToLatest();
    laboratory.run.rebuild({ config, table: laboratory.table.table, plan });
    return this.#advance(journey, 0, step, isKept);
  }

  /** @param {number} journey @param {number} from @param {number} to @param {boolean} [isKept] */
  async #advance(journey, from, to, isKept = false) {
    this.#goal = to;
    if (to > from) this.#line.begin(from, to, isKept);
    try {
      const snapshot = await this.laboratory.run.step(to - from, to);
      this.#check(journey);
      return snapshot;
    } finally {
      if (journey === this.#journey) {
        this.#goal = undefined;
        this.#line.hide();
      }
    }
  }

  /** Shows another config, which is not a change by hand. @param {string} config */
  #showConfig(config) {
    if (config === this.laboratory.store.json) return;
    this.#isOwnChange = true;
    this.laboratory.replaceConfig(config);
    this.#isOwnChange = false;
  }

  /** A network is about to be built: what planned changes have made of the config is undone, for they will be made again. */
  rewind() {
    if (this.laboratory.run.plan.length > 0) this.#showConfig(this.startConfig);
  }

  /** The config with which a restart begins. */
  get startConfig() {
    const { run, store } = this.laboratory;
    return run.plan.length > 0 ? withoutPlanned(run.configs, store.json) : store.json;
  }

  /** What is on the screen, for links and reports. */
  describe() {
    return momentOf(this.laboratory);
  }

  /** What is on the screen as a page. */
  async report() {
    const { makeReport } = await import('./report.js');
    return makeReport(this.laboratory, /** @type {import('./link.js').MomentParts} */ (this.describe()));
  }

  // ---- the attributes ----

  /** Reads the attributes, and goes where they say. */
  async read() {
    const { host, run, store, errors, figures } = this.laboratory;
    // Removed meanwhile: it is read again when the element is back.
    if (!figures) return;
    const attributes = Object.fromEntries(['at', 'then', 'moment'].map((name) => [name, host.getAttribute(name)]));
    const { at, then, moment } = attributes;
    const { plan, refused } = parsePlan(then ?? '', /** @type {import('../types.js').Schema} */ (store.schema), store.json);
    const isOtherPlan = then !== (this.#read.then ?? null);
    this.#read = attributes;
    if (moment !== null || isOtherPlan) this.#isMoment = moment !== null;
    const step = at === null ? undefined : parseStep(at);
    if (at !== null && step === undefined) refused.push(refusal('at', at, message('allowed-steps', { min: 0, max: LAST_STEP })));
    for (const problem of refused) errors.report(problem);
    if (isOtherPlan) run.replacePlan(plan);
    if (step === undefined) {
      this.#arrival = undefined;
      if (isOtherPlan && plan.length > 0) run.rebuild({ config: store.json, table: this.laboratory.table.table, plan });
      return;
    }
    const journey = this.#setOut();
    await this.#open(journey, step, plan, moment === null ? undefined : parseMoment(moment)).catch((error) => {
      // Whoever has stopped or superseded it knows; what has failed with the run is on the screen.
      if (journey !== this.#journey) return;
      this.#leave(false);
      if (!TOLD.includes(error.name)) errors.report({ ...toProblem(error) });
    });
  }

  /** @param {number} journey @param {number} step @param {LiveChange[]} plan @param {Moment} [moment] */
  async #open(journey, step, plan, moment) {
    const { laboratory } = this;
    const { host, store, figures, screen } = laboratory;
    this.#needsTable = moment !== undefined && host.hasAttribute('table') && store.value.data !== UPLOAD;
    if (this.#needsTable) {
      this.#line.say('moment-needs-table');
      return;
    }
    const config = store.json;
    if (moment?.kept !== undefined) await this.#replayKept(journey, moment.kept);
    const snapshot = await this.#replay(journey, config, plan, step);
    this.#arrival = snapshot.step;
    if (moment?.layer !== undefined) figures?.select(moment.layer - 1);
    figures?.deselectBeyond(snapshot.layers.dw_rms.length);
    if (moment) await this.#enterLesson(moment);
    this.#check(journey);
    if (moment?.digest) this.#compare(moment.digest, stateDigest(snapshot));
    if (!moment && host.autoplay) laboratory.start(laboratory.run.limit);
    screen.flush();
  }

  /** @param {number} journey @param {string} kept A query with `at` and `then`. */
  async #replayKept(journey, kept) {
    const { screen, store } = this.laboratory;
    const parameters = new URLSearchParams(kept);
    const [at, then] = ['at', 'then'].map((name) => parameters.get(name) ?? '');
    for (const name of ['at', 'then']) parameters.delete(name);
    const config = wasm.configFromQuery(parameters.toString());
    const { plan } = parsePlan(then, /** @type {import('../types.js').Schema} */ (store.schema), config);
    if (wasm.dataFile(config) === UPLOAD && store.value.data !== UPLOAD) return;
    await this.#replay(journey, config, plan, parseStep(at) ?? 0, true);
    screen.pin();
  }

  /** A lesson is entered after the run is what it was. @param {Moment} moment */
  async #enterLesson({ lesson, part, answers }) {
    if (lesson) await this.laboratory.lesson.with((lessons) => lessons.enter(lesson, part, { answers, keepRun: true }));
  }

  /** @param {string} expected @param {string} digest */
  #compare(expected, digest) {
    if (expected === digest) this.#line.say('moment-same', { digest });
    else this.#line.warn('moment-differs', { digest, expected });
  }

  // ---- leaving ----

  /** A snapshot has come. */
  #follow() {
    const step = this.laboratory.run.snapshot?.step ?? 0;
    if (this.#goal !== undefined) this.#line.advance(step);
    else if (this.#arrival !== undefined && step !== this.#arrival) this.#leave(false);
  }

  /** The config has changed. */
  #noticeChange() {
    const { run, store } = this.laboratory;
    // A planned change is made by the run itself.
    if (this.#isOwnChange || run.configs.at(-1)?.config === store.json) return;
    if (this.#needsTable && store.value.data === UPLOAD) this.read();
    else this.#leave(true);
  }

  /** The state is not the one that the attributes name any more. @param {boolean} isByHand A setting was changed. */
  #leave(isByHand) {
    const { host, run } = this.laboratory;
    if (isByHand && this.#isMoment && this.#goal !== undefined) run.pause();
    this.#arrival = undefined;
    this.#line.hide();
    const names = isByHand && this.#isMoment ? ['at', 'moment', 'then'] : ['at', 'moment'];
    if (names.includes('then')) run.replacePlan([]);
    for (const name of names) {
      if (host.getAttribute(name) === (this.#read[name] ?? null)) host.removeAttribute(name);
      this.#read[name] = null;
    }
    this.#isMoment &&= !isByHand;
  }
}
