// @ts-check
/**
 * The heights of frames in CSS pixels at which everything shows, in a column of 600 to 820 px in every language.
 * tests/browser/frame-heights.test.mjs measures them; `UPDATE_REFERENCES=1` writes them here.
 */
export const FRAME_HEIGHTS = {
  /** With one chart: with no control, one, two, three, more, and all, which bring the chart picker. */
  one: [550, 600, 600, 640, 550, 880],
  /** With two charts. */
  two: [930, 970, 970, 1020, 930, 1180],
  /** What each further chart adds. */
  further: 302,
};

/** The height of a frame with so many charts and controls. @param {number} charts @param {number} controls @param {boolean} isWhole */
export function frameHeight(charts, controls, isWhole) {
  const { one, two, further } = FRAME_HEIGHTS;
  const column = isWhole ? 5 : Math.min(controls, 4);
  return charts < 2 ? one[column] : two[column] + (charts - 2) * further;
}
