// @ts-check
/**
 * The heights of frames in CSS pixels at which everything shows, in a column of 600 to 820 px in every language.
 * tests/browser/frame-heights.test.mjs measures them; `UPDATE_REFERENCES=1` writes them here.
 */
export const FRAME_HEIGHTS = {
  /** With one chart, by the number of controls; the last is for all that are more. */
  controls: [590, 590, 590, 590, 590],
  /** With one chart and all controls, which brings the chart picker. */
  whole: 650,
  /** What another chart adds. */
  chart: 302,
};

/** The height of a frame with so many charts and controls. @param {number} charts @param {number} controls @param {boolean} isWhole */
export function frameHeight(charts, controls, isWhole) {
  const { controls: heights, whole, chart } = FRAME_HEIGHTS;
  return (isWhole ? whole : heights[Math.min(controls, heights.length - 1)]) + Math.max(charts - 1, 0) * chart;
}
