// @ts-check
/// <reference path="./elements.d.ts" preserve="true" />
/** Defines `<gradient-flow>`. This address is public: pages load the element by it. */
import { GradientFlow } from './element/element.js';

/** @typedef {import('./types.js').Config} Config */
/** @typedef {import('./types.js').Values} Values */
/** @typedef {import('./types.js').Schema} Schema */
/** @typedef {import('./types.js').Snapshot} Snapshot */
/** @typedef {import('./types.js').Problem} Problem */

// Two copies of this module may meet in one page, say in a notebook: the first one serves both.
if (!customElements.get('gradient-flow')) customElements.define('gradient-flow', GradientFlow);

export { GradientFlow };
