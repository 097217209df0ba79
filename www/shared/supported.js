// @ts-check
import './requirements.js';

/** Whether this browser has all that the laboratory needs; if not, the page says so already. */
export function isSupported() {
  const { gradientFlowMissing: missing } = /** @type {{ gradientFlowMissing: string[] }} */ (/** @type {unknown} */ (globalThis));
  return missing.length === 0;
}
