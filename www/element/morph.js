// @ts-check
/** After a fix, the lines of the main chart move from the kept run's places to the new run's. */

/** Milliseconds. */
const DURATION = 400;

/** Asked once: every picture of a run asks. @type {MediaQueryList | undefined} */
let reducedMotion;

/** Whether the reader wants as little motion as possible. */
export const isStill = () => (reducedMotion ??= matchMedia('(prefers-reduced-motion: reduce)')).matches;

/** @param {import('../charts/figures.js').Figures} figures */
export function morphFromKept(figures) {
  if (isStill()) return;
  const begin = performance.now();
  const draw = (/** @type {number} */ now) => {
    // Removed meanwhile.
    if (!figures.element.isConnected) return;
    const progress = Math.min(1, Math.max(0, (now - begin) / DURATION));
    // Slow at both ends.
    figures.morph(progress * progress * (3 - 2 * progress));
    if (progress < 1) requestAnimationFrame(draw);
  };
  figures.morph(0);
  requestAnimationFrame(draw);
}
