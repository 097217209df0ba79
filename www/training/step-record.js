// @ts-check
/** Every step of a run in numbers: what `toCSV` and `toJSON` tell. */

/** @typedef {import('../types.js').Snapshot} Snapshot */

/** Numbers kept at most (32 MB): beyond, every second step is dropped. */
const NUMBERS = 8e6;
/** Looks at the test part kept at most: beyond, every second one is dropped, and the next ones are as far apart. */
const TESTS = 10_000;
/** What stands before the layers' entries in a row. */
const GLOBAL = /** @type {const} */ (['train_loss', 'grad_norm', 'clip_coefficient']);

export class StepRecord {
  #rows = new Float32Array(0);
  /** Numbers in use. */ #used = 0;
  /** Numbers of a step. */ #width = 0;
  /** Steps from a row to the next. */ #stride = 1;
  /** @type {{ step: number, loss: number | null, accuracy: number | null }[]} */ #tests = [];
  /** Steps from a look to the next, at least. */ #apart = 1;

  /** Forgets the run; a new one begins. */
  begin() {
    this.#rows = new Float32Array(0);
    this.#used = 0;
    this.#stride = 1;
    this.#tests = [];
    this.#apart = 1;
  }

  /** Takes in the steps since the last snapshot. @param {Snapshot} snapshot */
  push({ step, log, layers, test_step, test_loss, test_accuracy }) {
    const count = layers.dw_rms.length;
    this.#width = GLOBAL.length + count;
    const steps = log.train_loss.length;
    for (let i = 0; i < steps; i += 1) {
      if ((step - steps + 1 + i) % this.#stride !== 0) continue;
      this.#grow();
      GLOBAL.forEach((name, at) => (this.#rows[this.#used + at] = log[name][i]));
      this.#rows.set(log.dw_rms.subarray(i * count, (i + 1) * count), this.#used + GLOBAL.length);
      this.#used += this.#width;
    }
    const next = (this.#tests.at(-1)?.step ?? -1) + this.#apart;
    if (test_step !== step || test_loss === null || step < next) return;
    this.#tests.push({ step, loss: test_loss, accuracy: test_accuracy });
    if (this.#tests.length <= TESTS) return;
    this.#tests = this.#tests.filter((_, index) => index % 2 === 0);
    this.#apart = Math.ceil((2 * step) / TESTS);
  }

  /** Makes room for a row. */
  #grow() {
    if (this.#used + this.#width <= this.#rows.length) return;
    if (this.#used + this.#width > NUMBERS) {
      const rows = this.#used / this.#width;
      for (let to = 0, from = 0; from < rows; to += 1, from += 2) {
        this.#rows.copyWithin(to * this.#width, from * this.#width, (from + 1) * this.#width);
      }
      this.#used = Math.ceil(rows / 2) * this.#width;
      this.#stride *= 2;
      return;
    }
    const larger = new Float32Array(Math.min(NUMBERS, Math.max(2 * this.#rows.length, 64 * this.#width)));
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

  /** One line per step, with a header; the test part's columns are empty where nobody looked. */
  toCSV() {
    const layers = Array.from({ length: Math.max(0, this.#width - GLOBAL.length) }, (_, l) => `dw_rms_${l + 1}`);
    const tests = new Map(this.#tests.map((test) => [test.step, test]));
    const lines = this.#steps().map(({ step, numbers }) => {
      const [loss, norm, clip, ...dw] = Array.from(numbers, cell);
      const test = tests.get(step);
      return [step, loss, norm, clip, cell(test?.loss), cell(test?.accuracy), ...dw].join(',');
    });
    return [['step', ...GLOBAL, 'test_loss', 'test_accuracy', ...layers].join(','), ...lines, ''].join('\n');
  }

  /** The same as arrays, one entry per step; `dw_rms` has one row per step. */
  history() {
    const steps = this.#steps();
    const column = (/** @type {number} */ at) => steps.map(({ numbers }) => plain(numbers[at]));
    return {
      step: steps.map(({ step }) => step),
      ...Object.fromEntries(GLOBAL.map((name, at) => [name, column(at)])),
      dw_rms: steps.map(({ numbers }) => Array.from(numbers.subarray(GLOBAL.length), plain)),
    };
  }

  /** The looks at the test part. */
  get tests() {
    return this.#tests;
  }
}

/** The shortest decimal that is this float32 again. @param {number} x */
function shortest(x) {
  for (const digits of [6, 7, 8]) {
    const short = Number(x.toPrecision(digits));
    if (Math.fround(short) === x) return short;
  }
  return Number(x.toPrecision(9));
}

/** A number as NumPy, pandas and R read it; what there is not is empty. @param {number | null | undefined} x */
function cell(x) {
  if (x === null || x === undefined) return '';
  if (Number.isNaN(x)) return 'nan';
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf';
  return String(Math.fround(x) === x ? shortest(x) : x);
}

/** A number as JSON can hold it: what is not finite becomes its name. @param {number} x */
export function plain(x) {
  return Number.isFinite(x) ? shortest(x) : String(x);
}
