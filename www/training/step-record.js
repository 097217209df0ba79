// @ts-check
/** Every step of a run in numbers, for `toCSV` and `toJSON`. */

/** @typedef {import('../types.js').Snapshot} Snapshot */
/** Loss and accuracy of the test part. @typedef {{ step: number, loss: number | null, accuracy: number | null }} Evaluation */

/** The largest number of numbers that are kept (32 MB). Beyond it, every second step is dropped. */
const MAX_NUMBERS = 8e6;
/** The largest number of evaluations that are kept. Beyond it, every second one is dropped, and fewer are kept. */
const MAX_EVALUATIONS = 10_000;
/** The columns of a row before those of the layers. */
export const GLOBAL_COLUMNS = /** @type {const} */ (['train_loss', 'grad_norm', 'clip_coefficient', 'learning_rate']);

export class StepRecord {
  #rows = new Float32Array(0);
  /** How many numbers of `#rows` are in use. */
  #used = 0;
  /** Numbers per row. */
  #width = 0;
  /** Steps from one row to the next. */
  #stride = 1;
  /** @type {Evaluation[]} */
  #evaluations = [];
  /** The least number of steps from one evaluation that is kept to the next. */
  #evaluationStride = 1;

  /** Forgets everything: a new run begins. */
  clear() {
    this.#rows = new Float32Array(0);
    this.#used = 0;
    this.#stride = 1;
    this.#evaluations = [];
    this.#evaluationStride = 1;
  }

  /** Adds the steps since the last snapshot. @param {Snapshot} snapshot */
  push({ step, log, layers, test_step, test_loss, test_accuracy }) {
    const layerCount = layers.dw_rms.length;
    this.#width = GLOBAL_COLUMNS.length + layerCount;
    const steps = log.train_loss.length;
    for (let i = 0; i < steps; i += 1) {
      const rowStep = step - steps + 1 + i;
      if (rowStep % this.#stride !== 0) continue;
      this.#makeRoomForRow();
      // Making room may have doubled the stride, and this step may be one of those that are dropped.
      if (rowStep % this.#stride !== 0) continue;
      GLOBAL_COLUMNS.forEach((name, column) => (this.#rows[this.#used + column] = log[name][i]));
      this.#rows.set(log.dw_rms.subarray(i * layerCount, (i + 1) * layerCount), this.#used + GLOBAL_COLUMNS.length);
      this.#used += this.#width;
    }
    const next = (this.#evaluations.at(-1)?.step ?? -1) + this.#evaluationStride;
    if (test_step !== step || test_loss === null || step < next) return;
    this.#evaluations.push({ step, loss: test_loss, accuracy: test_accuracy });
    if (this.#evaluations.length <= MAX_EVALUATIONS) return;
    this.#evaluations = this.#evaluations.filter((_, index) => index % 2 === 0);
    this.#evaluationStride = Math.ceil((2 * step) / MAX_EVALUATIONS);
  }

  #makeRoomForRow() {
    if (this.#used + this.#width <= this.#rows.length) return;
    if (this.#used + this.#width > MAX_NUMBERS) {
      const rows = this.#used / this.#width;
      for (let to = 0, from = 0; from < rows; to += 1, from += 2) {
        this.#rows.copyWithin(to * this.#width, from * this.#width, (from + 1) * this.#width);
      }
      this.#used = Math.ceil(rows / 2) * this.#width;
      this.#stride *= 2;
      return;
    }
    const larger = new Float32Array(Math.min(MAX_NUMBERS, Math.max(2 * this.#rows.length, 64 * this.#width)));
    larger.set(this.#rows);
    this.#rows = larger;
  }

  /** @returns {{ step: number, numbers: Float32Array }[]} */
  #steps() {
    return Array.from({ length: this.#used / this.#width || 0 }, (_, row) => ({
      step: row * this.#stride,
      numbers: this.#rows.subarray(row * this.#width, (row + 1) * this.#width),
    }));
  }

  /** A copy of all rows as they are now, row after row, with `width` numbers in each and `stride` steps from one to the next. */
  copy() {
    const evaluations = new Map(this.#evaluations.map((evaluation) => [evaluation.step, evaluation]));
    return { rows: this.#rows.slice(0, this.#used), width: this.#width, stride: this.#stride, evaluations };
  }

  /** All rows as arrays, one entry per step; `dw_rms` has one row per step. */
  history() {
    const steps = this.#steps();
    const column = (/** @type {number} */ index) => steps.map(({ step, numbers }) =>
      // No update led to step 0.
      step === 0 && GLOBAL_COLUMNS[index] === 'learning_rate' ? null : jsonNumber(numbers[index]),
    );
    return {
      step: steps.map(({ step }) => step),
      ...Object.fromEntries(GLOBAL_COLUMNS.map((name, index) => [name, column(index)])),
      dw_rms: steps.map(({ numbers }) => Array.from(numbers.subarray(GLOBAL_COLUMNS.length), jsonNumber)),
    };
  }

  /** Loss and accuracy of the test part at the steps at which it was evaluated. */
  get evaluations() {
    return this.#evaluations;
  }
}

/** The shortest decimal that rounds to this float32 again. @param {number} x */
export function shortestDecimal(x) {
  for (const digits of [6, 7, 8]) {
    const short = Number(x.toPrecision(digits));
    if (Math.fround(short) === x) return short;
  }
  return Number(x.toPrecision(9));
}

/** A number as JSON can hold it: "NaN", "Infinity" and "-Infinity" are strings. @param {number} x */
export function jsonNumber(x) {
  return Number.isFinite(x) ? shortestDecimal(x) : String(x);
}
