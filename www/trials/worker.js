// @ts-check
/** The worker that tries changes. */
import { TrialLoop } from './trial-loop.js';

const loop = new TrialLoop((reply) => postMessage(reply));

/** @param {MessageEvent<import('./messages.js').Request>} event */
self.onmessage = ({ data }) => loop.receive(data);
