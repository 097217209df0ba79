/// <reference path="./elements.d.ts" preserve="true" />
/** Defines `<gradient-flow>`. This is the public address of the element. */
import { GradientFlow } from './element/element.js';
export type Config = import('./types.js').Config;
export type Values = import('./types.js').Values;
export type Schema = import('./types.js').Schema;
export type Snapshot = import('./types.js').Snapshot;
export type Problem = import('./types.js').Problem;
export { GradientFlow };
