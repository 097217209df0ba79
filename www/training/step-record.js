// @ts-check
/** Every step of a run in numbers, for `toCSV` and `toJSON`. */

/** @typedef {import('../types.js').Snapshot} Snapshot */
/** @typedef {{ step: number, loss: number | null, accuracy: number | null }} Evaluation */

/** The largest number of numbers that are kept (32 MB). Beyond it, every second step is dropped. */
const MAX_NUMBERS = 8e6;
/** The largest number of evaluations that are kept. Beyond it, every second one is dropped, and fewer are kept. */
const MAX_EVALUATIONS = 10_000;
/** The columns of a row before those of the layers. */
const GLOBAL_COLUMNS = /** @type {const} */ (['train_loss', 'grad_norm', 'clip_coefficient', 'learning_rate']);

/** Milliseconds of writing between which the page goes on. */
const SLICE = 10;

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

  /**
   * One line per step, below a header. The test part's columns are empty at steps without an evaluation. It is as it is
   * now, whatever is pushed while it is written.
   * @param {(share: number) => void} [onprogress]
   */
  async toCSV(onprogress = () => {}) {
    const [width, stride] = [this.#width, this.#stride];
    const rows = this.#rows.slice(0, this.#used);
    const count = rows.length / width || 0;
    const evaluations = new Map(this.#evaluations.map((evaluation) => [evaluation.step, evaluation]));
    const layers = Array.from({ length: Math.max(0, width - GLOBAL_COLUMNS.length) }, (_, l) => `dw_rms_${l + 1}`);
    const parts = [`${['step', ...GLOBAL_COLUMNS, 'test_loss', 'test_accuracy', ...layers].join(',')}\n`];
    for (let row = 0; row < count; ) {
      const lines = [];
      for (const end = performance.now() + SLICE; row < count && (lines.length === 0 || performance.now() < end); row += 1) {
        const numbers = rows.subarray(row * width, (row + 1) * width);
        lines.push(csvLine(row * stride, numbers, evaluations.get(row * stride)));
      }
      parts.push(lines.join(''));
      onprogress(row / count);
      if (row < count) await pageTurn();
    }
    return parts.join('');
  }

  /** The same as arrays, one entry per step; `dw_rms` has one row per step. */
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
function shortestDecimal(x) {
  for (const digits of [6, 7, 8]) {
    const short = Number(x.toPrecision(digits));
    if (Math.fround(short) === x) return short;
  }
  return Number(x.toPrecision(9));
}

/** @param {number} step @param {Float32Array} numbers @param {Evaluation} [evaluation] */
function csvLine(step, numbers, evaluation) {
  const cells = Array.from(numbers, csvCell);
  // No update led to step 0.
  if (step === 0) cells[GLOBAL_COLUMNS.indexOf('learning_rate')] = '';
  cells.splice(GLOBAL_COLUMNS.length, 0, csvCell(evaluation?.loss), csvCell(evaluation?.accuracy));
  return `${step},${cells.join(',')}\n`;
}

/** Lets the page draw and answer. */
const pageTurn = () => new Promise((resolve) => setTimeout(resolve));

/** A number as NumPy, pandas and R read it; a missing one is empty. @param {number | null | undefined} x */
function csvCell(x) {
  if (x === null || x === undefined) return '';
  if (Number.isNaN(x)) return 'nan';
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf';
  return String(Math.fround(x) === x ? shortestDecimal(x) : x);
}

/** A number as JSON can hold it: "NaN", "Infinity" and "-Infinity" are strings. @param {number} x */
export function jsonNumber(x) {
  return Number.isFinite(x) ? shortestDecimal(x) : String(x);
}
