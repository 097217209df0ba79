// @ts-check
/**
 * Trains. The page asks for frames; between them the worker makes steps, and when the page asks no
 * more (hidden, off screen) it stops by itself.
 */
import init, { Trainer } from '../wasm/gradient_flow.js';
import { problem } from '../types.js';

/**
 * @typedef {{ type: 'start', module: WebAssembly.Module }
 *   | { type: 'build', run: number, config: string, name?: string, table?: string }
 *   | { type: 'configure', config: string } | { type: 'watch', watch: import('../types.js').Watch }
 *   | { type: 'run', speed: number, limit: number } | { type: 'pause' }
 *   | { type: 'step', count: number, id: number } | { type: 'script', template: string, id: number } | { type: 'frame' }} Request
 * @typedef {{ type: 'building', run: number } | { type: 'refused', run: number, problem: import('../types.js').Problem }
 *   | { type: 'snapshot', run: number, packed: import('./snapshot.js').Packed, id?: number, running: boolean }
 *   | { type: 'script', id: number, text?: string, problem?: import('../types.js').Problem }} Reply
 */

/** Milliseconds of training between looks at the messages. */
const SLICE = 8;
/** Milliseconds for which the worker goes on without being asked for a frame. */
const PATIENCE = 120;
/** Looks at the test part may take this share of the time. */
const TEST_SHARE = 0.1;

/** @type {Promise<unknown>} */
let ready;
/** @type {Trainer | undefined} */
let trainer;
/** @type {Map<string, string>} */
const tables = new Map();
let run = 0;
let running = false;
let speed = Infinity;
let left = Infinity;
let asked = true;
/** Have there been steps since the last snapshot? */
let news = false;
let lastFrame = 0;
let clock = 0;
let due = 0;
let nextTest = 0;
/** @type {import('../types.js').Watch} */
let watched = { step_line: false, predictions: false, values: false, layer: -1 };

const channel = new MessageChannel();
let scheduled = false;
channel.port1.onmessage = () => {
  scheduled = false;
  turn();
};

/** Goes on after the messages that wait. */
function schedule(delay = 0) {
  if (scheduled) return;
  scheduled = true;
  if (delay > 2) setTimeout(() => channel.port2.postMessage(0), delay);
  else channel.port2.postMessage(0);
}

function watch() {
  trainer?.watch(watched.step_line, watched.predictions, watched.values, watched.layer);
}

/** One slice of training. */
function turn() {
  if (!running || !trainer) return;
  const now = performance.now();
  if (!asked && now - lastFrame > PATIENCE) {
    clock = 0; // The next frame starts the clock again: no burst after a pause.
    return;
  }
  if (speed === Infinity) due = Infinity;
  else due = clock === 0 ? 1 : Math.min(due + ((now - clock) * speed) / 1000, speed);
  clock = now;
  // What was asked for during the last slice.
  if (asked && news) send();
  if (!running) return;
  const begin = performance.now();
  let stopped = false;
  let batch = 1;
  for (let at = begin; due >= 1 && left > 0 && at - begin < SLICE; ) {
    const count = Math.min(batch, Math.floor(due), left);
    const made = trainer.advance(count);
    news ||= made > 0;
    due -= made;
    left -= made;
    stopped = made < count;
    if (stopped) break;
    const before = at;
    at = performance.now();
    // Steps of small networks go many to one look at the clock.
    if (at - before < SLICE / 16) batch *= 2;
  }
  if (stopped || left <= 0) running = false;
  if (!running || (asked && news)) send();
  if (running) schedule(due >= 1 ? 0 : (1000 * (1 - due)) / speed);
}

/** @param {number} [id] The request that this answers; then the test part is looked at. */
function send(id) {
  if (!trainer) return;
  const start = performance.now();
  const evaluate = id !== undefined || !running || start >= nextTest;
  const packed = /** @type {import('./snapshot.js').Packed} */ (trainer.snapshot(evaluate));
  if (packed.first_nonfinite) running = false;
  if (evaluate) nextTest = performance.now() + (performance.now() - start) / TEST_SHARE;
  asked = news = false;
  lastFrame = performance.now();
  postMessage({ type: 'snapshot', run, packed, id, running }, { transfer: [packed.words.buffer] });
}

/** @param {Extract<Request, { type: 'build' }>} request */
async function build(request) {
  await ready;
  postMessage({ type: 'building', run: request.run });
  if (request.name && request.table) tables.set(request.name, request.table);
  try {
    // To read a table takes longer than to build a small network.
    const heir = request.table ? undefined : trainer?.successor(request.config);
    const next = heir ?? new Trainer(request.config, request.name && tables.get(request.name));
    trainer?.free();
    trainer = next;
    run = request.run;
    watch();
    nextTest = clock = due = 0;
    send();
    schedule();
  } catch (error) {
    postMessage({ type: 'refused', run: request.run, problem: problem(error) });
  }
}

/** The run so far as a PyTorch script. @param {string} template @param {number} id The request that this answers. */
function script(template, id) {
  try {
    postMessage({ type: 'script', id, text: trainer?.toPyTorch(template) });
  } catch (error) {
    postMessage({ type: 'script', id, problem: problem(error) });
  }
}

/** @param {MessageEvent<Request>} event */
self.onmessage = ({ data }) => {
  switch (data.type) {
    case 'start':
      ready = init({ module_or_path: data.module });
      break;
    case 'build':
      build(data);
      break;
    case 'configure':
      trainer?.configure(data.config);
      break;
    case 'watch':
      watched = data.watch;
      watch();
      // While it runs, the next look shows it.
      nextTest = 0;
      if (!running) send();
      break;
    case 'run':
      running = true;
      ({ speed, limit: left } = data);
      clock = due = 0;
      schedule();
      break;
    case 'pause':
      running = false;
      send();
      break;
    case 'step':
      running = false;
      trainer?.advance(data.count);
      send(data.id);
      break;
    case 'script':
      script(data.template, data.id);
      break;
    case 'frame':
      asked = true;
      if (running) schedule();
      break;
  }
};
