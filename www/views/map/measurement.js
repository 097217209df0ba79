// @ts-check
/** Measures a map: hands its cells to the workers, takes in what they have reached, and tells how far it is. */
import { load, wasm } from '../../shared/wasm.js';
import { fetchTable } from '../../training/data.js';
import { Pool, usualSize } from './pool.js';

/** @typedef {import('../../shared/tools.js').tools.TrainabilityMap} TrainabilityMap */
/** @typedef {'idle' | 'running' | 'paused' | 'done' | 'no-worker' | 'failed'} State */

/** Milliseconds between two reports: a picture is drawn at most so often. */
const REPORT_INTERVAL = 100;
/** Milliseconds of the page's time that theory takes at once. */
const THEORY_SLICE = 6;
/** Milliseconds after which the time left can be told. */
const TELLING_TIME = 1500;

export class Measurement {
  /** @type {State} */
  state = 'idle';
  /** Why it has failed. @type {unknown} */
  failure;
  #map;
  #onreport;
  /** @type {Pool | undefined} */
  #pool;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #theoryTimer;
  /** The work that is done, and the milliseconds in which it was done. */
  #done = 0;
  #time = 0;
  #since = 0;
  /** The number of the last start: what was begun for an older one is abandoned. */
  #turn = 0;

  /** @param {TrainabilityMap} map @param {() => void} onreport Is called when there is something new, at most ten times a second. */
  constructor(map, onreport) {
    this.#map = map;
    this.#onreport = onreport;
  }

  /**
   * Begins to measure what the map plans.
   * @param {import('../../types.js').Config} config @param {import('../../types.js').Cells} [uploaded] The data that a user has brought.
   * @param {number} [size] The number of workers.
   */
  async start(config, uploaded, size = usualSize()) {
    this.cancel();
    const turn = this.#turn;
    this.state = 'running';
    [this.#done, this.#time, this.#since] = [0, 0, performance.now()];
    this.#onreport();
    try {
      const module = await load();
      const name = wasm.dataFile(JSON.stringify(config));
      const cells = name === 'upload' ? uploaded : name ? await fetchTable(name) : undefined;
      if (turn !== this.#turn) return;
      this.#since = performance.now();
      this.#pool = new Pool(size, {
        next: () => this.#next(),
        onresult: (id, numbers) => this.#record(id, numbers),
        onreturn: (id) => this.#map.giveBack(id),
        onmissing: () => this.#end('no-worker'),
      });
      this.#pool.start(module, cells);
    } catch (failure) {
      if (turn !== this.#turn) return;
      this.failure = failure;
      this.#end('failed');
    }
  }

  /** No more is handed out; what is under way comes to its end. */
  pause() {
    if (this.state !== 'running') return;
    this.state = 'paused';
    this.#time += performance.now() - this.#since;
    this.#onreport();
  }

  /** Goes on. */
  resume() {
    if (this.state !== 'paused') return;
    this.state = 'running';
    this.#since = performance.now();
    this.#onreport();
    this.#pool?.feed();
  }

  /** Ends it at once. What was measured stays. */
  cancel() {
    this.#turn += 1;
    this.#end('idle');
  }

  /** Milliseconds until all is measured, as far as one can tell; undefined at first. */
  get timeLeft() {
    const time = this.#time + (this.state === 'running' ? performance.now() - this.#since : 0);
    return this.#done > 0 && time > TELLING_TIME ? (this.#map.workLeft / this.#done) * time : undefined;
  }

  /** Computes theory's curves in slices between which the page is free. */
  computeTheory() {
    clearTimeout(this.#theoryTimer);
    const end = performance.now() + THEORY_SLICE;
    while (this.#map.advanceTheory()) {
      if (performance.now() < end) continue;
      this.#theoryTimer = setTimeout(() => this.computeTheory());
      return;
    }
    this.#onreport();
  }

  /** Nothing is measured or computed any more. */
  dispose() {
    this.cancel();
    clearTimeout(this.#theoryTimer);
  }

  /** @param {State} state */
  #end(state) {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const pool = this.#pool;
    this.#pool = undefined;
    pool?.stop();
    this.state = state;
    if (state !== 'idle') this.#onreport();
  }

  #next() {
    if (this.state !== 'running') return undefined;
    const id = this.#map.next();
    if (id === undefined) return undefined;
    const config = /** @type {string} */ (this.#map.config(id));
    return { id, config, steps: this.#map.steps, pace: this.#map.pace };
  }

  /** @param {number} id @param {Float64Array | undefined} numbers */
  #record(id, numbers) {
    this.#done += this.#map.work(id);
    this.#map.record(id, numbers ?? new Float64Array());
    if (this.#map.isDone) this.#end('done');
    else this.#timer ??= setTimeout(() => this.#report(), REPORT_INTERVAL);
  }

  #report() {
    this.#timer = undefined;
    this.#onreport();
  }
}
