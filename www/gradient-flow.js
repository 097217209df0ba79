// @ts-check
/// <reference path="./elements.d.ts" preserve="true" />
/** Defines `<gradient-flow>`. This is the public address of the element. */
import './shared/requirements.js';
import { GradientFlow } from './element/element.js';

/** @typedef {import('./types.js').Config} Config */
/** @typedef {import('./types.js').Values} Values */
/** @typedef {import('./types.js').Schema} Schema */
/** @typedef {import('./types.js').Snapshot} Snapshot */
/** @typedef {import('./types.js').Problem} Problem */

const { gradientFlowMissing: missing } = /** @type {{ gradientFlowMissing: string[] }} */ (/** @type {unknown} */ (globalThis));

// A page may load two copies of this module, for example in a notebook: the first one defines the element.
if (missing.length === 0 && !customElements.get('gradient-flow')) customElements.define('gradient-flow', GradientFlow);

export { GradientFlow };
