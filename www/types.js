// @ts-check
/**
 * The shapes that cross between modules, workers and pages.
 *
 * @typedef {Record<string, string | number | boolean>} Config Every field with its value.
 * @typedef {{ name: string, label: string, help: string }} Info
 * @typedef {Info & { attribute: string, unit: string, group: string, at_hand: boolean, live: boolean,
 *   default: string | number | boolean, allowed: string,
 *   relevant: null | { field: string, values: string[] },
 *   type: 'choice' | 'integer' | 'real' | 'flag', choices: Info[], min: number, max: number,
 *   words: string[], scale: 'linear' | 'log' | 'log_with_zero', least_exponent: number }} Field
 * @typedef {{ id: string, title: string, help: string }} ChartInfo
 * @typedef {{ groups: Info[], fields: Field[], charts: ChartInfo[] }} Schema
 * @typedef {{ step: number, layer: number, tensor: string, operation: string }} NonFinite
 * @typedef {{ step: number, epoch: number, train_loss: number | null, train_accuracy: number | null,
 *   test_loss: number | null, test_accuracy: number | null, test_step: number, grad_norm: number | null,
 *   clip_coefficient: number | null, layers: Record<string, Float32Array>,
 *   histograms: Record<string, Float32Array>, log: Record<string, Float32Array>,
 *   theory: Record<string, Float32Array>,
 *   first_nonfinite: NonFinite | null }} Snapshot
 * @typedef {{ name: string, message: string, field?: string, value?: string, allowed?: string }} Problem
 * @typedef {{ tone: string, text: string, cures: { label: string, patch: Config }[] }} Status
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
