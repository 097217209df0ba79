// @ts-check
/**
 * The shapes that cross between modules, workers and pages.
 *
 * @typedef {import('./config.js').Config} Config Every field with its value; made from the schema.
 * @typedef {Record<string, string | number | boolean>} Values Fields by name.
 * @typedef {{ name: string, label: string, help: string }} Info
 * @typedef {Info & { attribute: string, unit: string, group: string, at_hand: boolean, live: boolean,
 *   default: string | number | boolean, allowed: string,
 *   relevant: null | { field: string, values: string[] },
 *   type: 'choice' | 'integer' | 'real' | 'flag', choices: Info[], min: number, max: number,
 *   words: string[], scale: 'linear' | 'log' | 'log_with_zero', least_exponent: number }} Field
 * @typedef {{ id: string, title: string, help: string, usual: boolean }} ChartInfo
 * @typedef {{ groups: Info[], fields: Field[], charts: ChartInfo[] }} Schema
 * @typedef {{ step: number, layer: number, tensor: string, operation: string }} NonFinite
 * @typedef {{ step: number, epoch: number, train_loss: number | null, train_accuracy: number | null,
 *   test_loss: number | null, test_accuracy: number | null, test_step: number, grad_norm: number | null,
 *   clip_coefficient: number | null, layers: Record<string, Float32Array>,
 *   histograms: Record<string, Float32Array>, log: Record<string, Float32Array>,
 *   theory: Record<string, Float32Array>, learning_rate: number | null, step_cosine: number | null, loss_change: number | null,
 *   dead_samples: number | null, curvature: number | null, stability_limit: number | null,
 *   step_line: Record<string, Float32Array>, predictions: Record<string, Float32Array>,
 *   weights: Record<string, Float32Array>, classes: string[],
 *   first_nonfinite: NonFinite | null }} Snapshot What a step shows; the histograms of a, z and u may be those of the
 *   last look, a few steps before. Its arrays are views of one buffer: `slice()` one whose `.buffer` goes elsewhere.
 * @typedef {{ name: string, message: string, field?: string, value?: string, allowed?: string }} Problem
 * @typedef {{ tone: string, kind?: string, text: string, evidence?: string, since?: number,
 *   cures: { label: string, note?: string, patch: Values }[] }} Status
 * @typedef {{ header?: boolean, target?: string | number, task?: 'classes' | 'regression', without?: (string | number)[],
 *   skip?: boolean }} Reading How a table of one's own is read; what is not said is guessed. Columns by name or
 *   by number from 1; `without` are left out, `skip` leaves out rows with missing or broken cells.
 * @typedef {{ delimiter: string, header: boolean, rows: number, columns: string[],
 *   kinds: ('target' | 'feature' | 'words' | 'unused')[], target: number, task: 'classes' | 'regression',
 *   skip: boolean, classes: string[] | null, first: string[][], broken: string[], broken_cells: number,
 *   broken_rows: number, refused: string | null }} TableInfo What a table of one's own holds. Columns are
 *   numbered from 1; `broken` tells of the first broken cells, `refused` why nothing can be learned from it.
 * @typedef {{ label: string, pinned: string, now: string }} Difference
 * @typedef {{ step_line: boolean, predictions: boolean, values: boolean, layer: number }} Watch What snapshots show
 *   beside the usual; a layer (0-based) below 0 is none.
 */

/**
 * An error as plain data, which crosses to other threads.
 * @param {unknown} error
 * @returns {Problem}
 */
export function problem(error) {
  const { name, message, field, value, allowed } = /** @type {Problem} */ (error);
  return { name: name ?? 'Error', message: message ?? String(error), field, value, allowed };
}
