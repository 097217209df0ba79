// @ts-check
/** What an element was at before a lesson, and the way back to it. */

/** Beyond so many steps nobody waits for the run to be made again. */
const MOST_STEPS = 2000;

export class Origin {
  /** The config as JSON. */
  #config;
  #step;
  #isRunning;
  #limit;

  /** @param {import('../element/laboratory.js').Laboratory} laboratory */
  constructor(laboratory) {
    this.laboratory = laboratory;
    const { store, run, host } = laboratory;
    this.#config = store.json;
    this.#step = run.snapshot?.step ?? 0;
    this.#isRunning = host.running;
    this.#limit = run.limit;
  }

  /** Another config is wanted than the one that was there. */
  forgetConfig() {
    this.#config = '';
    this.#step = 0;
  }

  restoreConfig() {
    if (this.#config) this.laboratory.store.set(JSON.parse(this.#config));
  }

  /** Brings back settings and run: the same settings make the same steps. */
  async restore() {
    const { store, run, host } = this.laboratory;
    host.pause();
    this.restoreConfig();
    run.build();
    const config = store.json;
    try {
      if (this.#step > 0 && this.#step <= MOST_STEPS) await host.step(this.#step);
      if (this.#isRunning && store.json === config) this.laboratory.start(this.#limit);
    } catch {
      // Something newer was asked for.
    }
  }
}
