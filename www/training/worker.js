// @ts-check
/**
 * Trains in slices, and handles messages between them. The page requests a frame when it begins to draw, and the
 * worker answers with the newest snapshot. Without requests (the page is hidden or off screen) training waits.
 */
import init, { Trainer } from '../wasm/gradient_flow.js';
import { toProblem } from '../shared/errors.js';

/** @typedef {import('./messages.js').Request} Request */
/** @typedef {import('./messages.js').PackedSnapshot} PackedSnapshot */

/** Milliseconds of training between checks for messages. */
const SLICE = 8;
/** Milliseconds after which training waits if no frame is requested. */
const FRAME_TIMEOUT = 120;
/** The share of the time that evaluations (of the test part, and of what charts show beyond a step) may take. */
const EVALUATION_SHARE = 0.1;

/** @type {Promise<unknown>} */
let initialized;
/** @type {Trainer | undefined} */
let trainer;
/** Tables by name. @type {Map<string, string>} */
const tables = new Map();
/** The number that the page gave to the network. */
let run = 0;
let running = false;
/** Steps per second. */
let speed = Infinity;
let stepsLeft = Infinity;
/** The page has requested a snapshot and not got it yet. */
let frameRequested = true;
/** There have been steps since the last snapshot. */
let hasNewSteps = false;
let lastFrame = 0;
/** When `stepsDue` was last updated; 0 restarts the clock. */
let lastTurn = 0;
/** How many steps the speed allows by now; not a whole number. */
let stepsDue = 0;
let nextEvaluation = 0;
/** @type {import('./messages.js').SnapshotRequest} */
let snapshotRequest = { step_line: false, predictions: false, values: false, layer: -1 };

// A message to itself is handled right after those that are waiting; a timer would come later.
const channel = new MessageChannel();
let scheduled = false;
channel.port1.onmessage = () => {
  scheduled = false;
  trainSlice();
};

/** Continues training after the waiting messages. @param {number} delay Milliseconds. */
function schedule(delay = 0) {
  if (scheduled) return;
  scheduled = true;
  if (delay > 2) setTimeout(() => channel.port2.postMessage(0), delay);
  else channel.port2.postMessage(0);
}

function applySnapshotRequest() {
  const { step_line, predictions, values, layer } = snapshotRequest;
  trainer?.watch(step_line, predictions, values, layer);
}

function trainSlice() {
  if (!running || !trainer) return;
  const now = performance.now();
  if (!frameRequested && now - lastFrame > FRAME_TIMEOUT) {
    // The next request for a frame restarts the clock, so that no burst of steps makes up for the pause.
    lastTurn = 0;
    return;
  }
  if (speed === Infinity) stepsDue = Infinity;
  else stepsDue = lastTurn === 0 ? 1 : Math.min(stepsDue + ((now - lastTurn) * speed) / 1000, speed);
  lastTurn = now;
  // The request may have arrived during the last slice.
  if (frameRequested && hasNewSteps) sendSnapshot();
  if (!running) return;
  const begin = performance.now();
  let stopped = false;
  let batch = 1;
  for (let at = begin; stepsDue >= 1 && stepsLeft > 0 && at - begin < SLICE; ) {
    const count = Math.min(batch, Math.floor(stepsDue), stepsLeft);
    const made = trainer.advance(count);
    hasNewSteps ||= made > 0;
    stepsDue -= made;
    stepsLeft -= made;
    stopped = made < count;
    if (stopped) break;
    const before = at;
    at = performance.now();
    // Read the clock less often if steps are short.
    if (at - before < SLICE / 16) batch *= 2;
  }
  if (stopped || stepsLeft <= 0) running = false;
  if (!running || (frameRequested && hasNewSteps)) sendSnapshot();
  if (running) schedule(stepsDue >= 1 ? 0 : (1000 * (1 - stepsDue)) / speed);
}

/** @param {number} [id] The request that it answers, for which it always evaluates. */
function sendSnapshot(id) {
  if (!trainer) return;
  const start = performance.now();
  const evaluate = id !== undefined || !running || start >= nextEvaluation;
  const packed = /** @type {PackedSnapshot} */ (trainer.snapshot(evaluate));
  if (packed.first_nonfinite) running = false;
  if (evaluate) nextEvaluation = performance.now() + (performance.now() - start) / EVALUATION_SHARE;
  frameRequested = hasNewSteps = false;
  lastFrame = performance.now();
  postMessage({ type: 'snapshot', run, packed, id, running }, { transfer: [packed.words.buffer] });
}

/** @param {Extract<Request, { type: 'build' }>} request */
async function build(request) {
  await initialized;
  postMessage({ type: 'building', run: request.run });
  if (request.name && request.table) tables.set(request.name, request.table);
  try {
    // A successor reuses the data where it can: parsing a table takes longer than building a small network.
    const successor = request.table ? undefined : trainer?.successor(request.config);
    const next = successor ?? new Trainer(request.config, request.name && tables.get(request.name));
    trainer?.free();
    trainer = next;
    run = request.run;
    applySnapshotRequest();
    nextEvaluation = lastTurn = stepsDue = 0;
    sendSnapshot();
    schedule();
  } catch (error) {
    postMessage({ type: 'refused', run: request.run, problem: toProblem(error) });
  }
}

/** The run so far as a PyTorch script. @param {string} template @param {number} id The request that it answers. */
function sendScript(template, id) {
  try {
    postMessage({ type: 'script', id, text: trainer?.toPyTorch(template) });
  } catch (error) {
    postMessage({ type: 'script', id, problem: toProblem(error) });
  }
}

/** @param {MessageEvent<Request>} event */
self.onmessage = ({ data }) => {
  switch (data.type) {
    case 'start':
      initialized = init({ module_or_path: data.module });
      break;
    case 'build':
      build(data);
      break;
    case 'configure':
      trainer?.configure(data.config);
      break;
    case 'observe':
      snapshotRequest = data.request;
      applySnapshotRequest();
      // During a run, the next snapshot contains it.
      nextEvaluation = 0;
      if (!running) sendSnapshot();
      break;
    case 'run':
      running = true;
      ({ speed, limit: stepsLeft } = data);
      lastTurn = stepsDue = 0;
      schedule();
      break;
    case 'pause':
      running = false;
      sendSnapshot();
      break;
    case 'step':
      running = false;
      trainer?.advance(data.count);
      sendSnapshot(data.id);
      break;
    case 'script':
      sendScript(data.template, data.id);
      break;
    case 'frame':
      frameRequested = true;
      if (running) schedule();
      break;
  }
};
