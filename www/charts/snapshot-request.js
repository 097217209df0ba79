// @ts-check
/** What snapshots must contain for the charts on the screen. */

/** @typedef {import('../types.js').ChartInfo} ChartInfo */
/** @typedef {import('../training/messages.js').SnapshotRequest} SnapshotRequest */

/**
 * @param {ChartInfo[]} charts
 * @param {number} layer The layer (counted from 0) whose weights are shown.
 * @param {boolean} hasSamples What the network says of some samples is in sight.
 * @returns {SnapshotRequest}
 */
export function snapshotRequest(charts, layer, hasSamples) {
  const needs = new Set(charts.flatMap((chart) => chart.needs));
  return {
    step_line: needs.has('step_line'),
    predictions: hasSamples || needs.has('predictions'),
    values: needs.has('values'),
    layer: needs.has('weights') ? layer : -1,
  };
}
