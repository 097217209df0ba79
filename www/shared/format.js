// @ts-check
/** Numbers and labels as a person reads them. */

const SUPERSCRIPTS = /** @type {Record<string, string>} */ ({
  '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹',
});

/**
 * A number in three significant digits; very large and very small ones in powers of ten: 0.31, 12.5, 3.4×10⁻⁷.
 * @param {number | null} x
 */
export function number(x) {
  if (x === null || Number.isNaN(x)) return '–';
  if (!Number.isFinite(x)) return '∞';
  if (x === 0 || (Math.abs(x) >= 1e-3 && Math.abs(x) < 1e4)) return String(Number(x.toPrecision(3)));
  const [mantissa, exponent] = x.toExponential(1).split('e');
  return `${mantissa}×10${[...String(Number(exponent))].map((digit) => SUPERSCRIPTS[digit]).join('')}`;
}

/**
 * A share as a percentage.
 * @param {number | null} share
 */
export function percent(share) {
  return share === null || Number.isNaN(share) ? '–' : `${(100 * share).toFixed(1)} %`;
}

/** A label as it is written within a sentence: "Depth" as "depth", but "L1 penalty" as it is. @param {string} label */
export const lowerFirst = (label) => (/^[A-Z][a-z]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label);
