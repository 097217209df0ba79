// @ts-check
/**
 * The heights of frames in CSS pixels at which everything shows, in a column of 600 to 820 px in every language.
 * tests/browser/frame-heights.test.mjs measures them; `UPDATE_REFERENCES=1` writes them here.
 */
export const FRAME_HEIGHTS = {
  /** With one chart, by the number of controls; the last is for all that are more. */
  controls: [550, 600, 600, 640, 550],
  /** With one chart and all controls, which brings the chart picker. */
  whole: 770,
  /** What another chart adds. */
  chart: 302,
  /** What the panel of the outcome adds where there is more than one chart. */
  outcome: 76,
};

/** The height of a frame with so many charts and controls. @param {number} charts @param {number} controls @param {boolean} isWhole */
export function frameHeight(charts, controls, isWhole) {
  const { controls: heights, whole, chart, outcome } = FRAME_HEIGHTS;
  const more = Math.max(charts - 1, 0) * chart;
  if (isWhole) return whole + more;
  return heights[Math.min(controls, heights.length - 1)] + more + (charts > 1 ? outcome : 0);
}
