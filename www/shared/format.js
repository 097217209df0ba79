// @ts-check
/** Numbers for people. */

const RAISED = /** @type {Record<string, string>} */ ({
  '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹',
});

/**
 * A number in three significant digits, far from 1 in powers of ten: 0.31, 12.5, 3.4×10⁻⁷.
 * @param {number | null} x
 */
export function number(x) {
  if (x === null || Number.isNaN(x)) return '–';
  if (!Number.isFinite(x)) return '∞';
  if (x === 0 || (Math.abs(x) >= 1e-3 && Math.abs(x) < 1e4)) return String(Number(x.toPrecision(3)));
  const [mantissa, exponent] = x.toExponential(1).split('e');
  return `${mantissa}×10${[...String(Number(exponent))].map((digit) => RAISED[digit]).join('')}`;
}

/**
 * A share in percent.
 * @param {number | null} share
 */
export function percent(share) {
  return share === null || Number.isNaN(share) ? '–' : `${(100 * share).toFixed(1)} %`;
}

/** A label within a sentence: "Depth" as "depth", "L1 penalty" as it is. @param {string} label */
export const within = (label) => (/^[A-Z][a-z]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label);
