// @ts-check
/** What an element was at before a lesson, and the way back to it: the same settings and live changes make the same steps. */
import { changesOf, startOf } from '../moments/plan.js';
import { MOMENT_ATTRIBUTES } from '../shared/view-attributes.js';

/** Beyond so many steps nobody waits for a run to be made again. */
const MOST_STEPS = 2000;

/** A run that can be made again. @typedef {{ configs: { step: number, config: string }[], step: number }} Made */

export class Origin {
  /** The config, as JSON. */
  #config;
  /** Somebody wants another one than that. */
  #isForgotten = false;
  /** Of a moment, which takes the run there by itself. */
  #attributes;
  /** @type {Made} */
  #run;
  /** The run that was kept for comparison. @type {Made | undefined} */
  #kept;
  #isRunning;
  #limit;

  /** @param {import('../element/laboratory.js').Laboratory} laboratory @param {boolean} isStay The run stays as it is. */
  constructor(laboratory, isStay) {
    this.laboratory = laboratory;
    const { store, run, host, screen } = laboratory;
    this.#config = store.json;
    this.#run = { configs: run.configs, step: run.snapshot?.step ?? 0 };
    this.#kept = screen.comparison.kept;
    this.#isRunning = host.running;
    this.#limit = run.limit;
    const attributes = MOMENT_ATTRIBUTES.map((name) => /** @type {const} */ ([name, host.getAttribute(name)]));
    this.#attributes = isStay ? [] : attributes.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
    if (isStay) return;
    // The networks of a lesson make no changes of their own.
    run.replacePlan([]);
    for (const name of MOMENT_ATTRIBUTES) host.removeAttribute(name);
  }

  /** Another config is wanted than the one that was there. */
  forgetConfig() {
    this.#isForgotten = true;
  }

  /** Brings back the settings alone. */
  restoreConfig() {
    // A moment makes its live changes itself.
    const config = (this.#attributes.length > 0 && startOf(this.#run.configs)) || this.#config;
    if (!this.#isForgotten) this.laboratory.replaceConfig(config);
  }

  /** Brings back settings and run. The settings at once: what is set after that is meant to stay. */
  async restore() {
    const { run, host, screen } = this.laboratory;
    host.pause();
    this.restoreConfig();
    if (this.#isForgotten || this.#attributes.length > 0) {
      for (const { name, value } of this.#attributes) host.setAttribute(name, value);
      run.build();
      return;
    }
    try {
      // Live changes of a kept run would be shown as changes of this one's settings.
      if (this.#kept && this.#kept.step <= MOST_STEPS && changesOf(this.#kept.configs, this.#kept.step).length === 0) {
        await this.#make(this.#kept);
        screen.pin();
      }
      await this.#make(this.#run);
      if (this.#isRunning) this.laboratory.start(this.#limit);
    } catch {
      // Something newer was asked for.
    }
  }

  /** Makes a run again. @param {Made} made */
  #make({ configs, step }) {
    const { run, table } = this.laboratory;
    const isShort = step <= MOST_STEPS && configs.length > 0;
    const [config, plan] = isShort ? [startOf(configs), changesOf(configs, step)] : [this.#config, []];
    run.rebuild({ config, table: table.table, plan });
    return run.step(isShort ? step : 0);
  }
}
