// @ts-check
/// <reference path="./elements.d.ts" preserve="true" />
/** Defines `<gradient-flow>`. This is the public address of the element. */
import { GradientFlow } from './element/element.js';
import { isSupported } from './shared/supported.js';

/** @typedef {import('./types.js').Config} Config */
/** @typedef {import('./types.js').Values} Values */
/** @typedef {import('./types.js').Schema} Schema */
/** @typedef {import('./types.js').Snapshot} Snapshot */
/** @typedef {import('./types.js').Problem} Problem */

// A page may load two copies of this module, for example in a notebook: the first one defines the element.
if (isSupported() && !customElements.get('gradient-flow')) customElements.define('gradient-flow', GradientFlow);

export { GradientFlow };
