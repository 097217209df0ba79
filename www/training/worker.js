// @ts-check
/** The training loop in a worker. */
import { TrainingLoop } from './loop.js';

const loop = new TrainingLoop((reply, transfer = []) => postMessage(reply, { transfer }));

/** @param {MessageEvent<import('./messages.js').Request>} event */
self.onmessage = ({ data }) => loop.receive(data);
