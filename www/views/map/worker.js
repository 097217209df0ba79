// @ts-check
/** A worker that measures cells of a map: it makes one run after the other, each from its seed. */
import { CellRuns } from './cell-runs.js';

const runs = new CellRuns((reply) => postMessage(reply));

/** @param {MessageEvent<import('./messages.js').Request>} event */
self.onmessage = ({ data }) => runs.receive(data);
