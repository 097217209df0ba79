// @ts-check
/** Writes the history of a run as CSV, in slices, so that the page goes on meanwhile. */
import { GLOBAL_COLUMNS, shortestDecimal } from './step-record.js';

/** @typedef {import('./step-record.js').Evaluation} Evaluation */

/** Milliseconds of writing between which the page goes on. */
const SLICE = 10;

/**
 * One line per step, below a header. The test part's columns are empty at steps without an evaluation. The history is as
 * it is now, whatever is added while it is written.
 * @param {import('./step-record.js').StepRecord} record
 * @param {(share: number) => void} onprogress Is told how much is done, from 0 to 1.
 */
export async function writeCSV(record, onprogress) {
  const { rows, width, stride, evaluations } = record.copy();
  const count = rows.length / width || 0;
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
