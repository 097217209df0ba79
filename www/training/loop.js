// @ts-check
/**
 * Trains in slices, and handles messages between them, in the order in which they came. The page requests a frame when
 * it begins to draw, and gets the newest snapshot. Without requests (the page is hidden or off screen) a run waits.
 *
 * It runs in a worker, or in the page where workers are not to be had.
 */
import { Trainer, configWith } from '../wasm/gradient_flow.js';
import { holdLock, Instance } from '../shared/instance.js';
import { toProblem } from '../shared/problems.js';

/** @typedef {import('./messages.js').Request} Request */
/** @typedef {import('./messages.js').Reply} Reply */
/** @typedef {import('./messages.js').PackedSnapshot} PackedSnapshot */
/** @typedef {import('../types.js').Cells} Cells */
/** @typedef {import('../types.js').LiveChange} LiveChange */

/** Milliseconds of training between checks for messages. */
const SLICE = 8;
/** Milliseconds after which a run waits if no frame is requested. */
const FRAME_TIMEOUT = 120;
/** Milliseconds between the snapshots that are sent on the way while many steps are made at once. */
const STEP_FRAME_INTERVAL = 100;
/** The share of the time that evaluations (of the test part, and of what charts show beyond a step) may take. */
const EVALUATION_SHARE = 0.1;
/** The largest log that is kept before it is sent with a snapshot, in numbers: 4 MB. */
const MAX_LOG_NUMBERS = 1e6;
/** Milliseconds that the page gets between two slices where both share a thread. */
const PAGE_TURN = 4;

export class TrainingLoop {
  /** @type {Trainer | undefined} */
  #trainer;
  /** Tables by name. @type {Map<string, Cells>} */
  #tables = new Map();
  /** The table of the network. @type {Cells | undefined} */
  #cells;
  /** @type {Instance<Exclude<Request, { type: 'start' }>>} */
  #instance = new Instance({
    handle: (request) => this.#handle(request),
    onstart: () => this.post({ type: 'started' }),
    onfail: (error) => this.post({ type: 'failed', problem: toProblem(error) }),
  });
  /** The config of the network, live changes included. */
  #config = '';
  /** Live changes to come, in order. @type {LiveChange[]} */
  #plan = [];
  /** Those that were planned for this network and made. @type {LiveChange['patch'][]} */
  #planned = [];
  /** The number that the page gave to the network. */
  #run = 0;
  #running = false;
  /** The number of the last command to run, pause or step. */
  #command = 0;
  /** Steps per second. */
  #speed = Infinity;
  #stepsLeft = Infinity;
  /** Requests for a number of steps, or up to one (`to`), in order. `begun` is when the first of them were made. @type {{ id: number, left: number, to?: number, begun?: number }[]} */
  #stepRequests = [];
  /** The page has requested a snapshot and not got it yet. */
  #frameRequested = true;
  /** How many steps there have been since the last snapshot. */
  #newSteps = 0;
  #maxNewSteps = Infinity;
  #lastFrame = 0;
  /** When `#stepsDue` was last updated; 0 restarts the clock. */
  #lastTurn = 0;
  /** How many steps the speed allows by now; not a whole number. */
  #stepsDue = 0;
  #nextEvaluation = 0;
  /** @type {import('./messages.js').SnapshotRequest} */
  #snapshotRequest = { step_line: false, predictions: false, values: false, layer: -1 };
  /** A message to itself is handled right after those that are waiting; a timer would come later. */
  #channel = new MessageChannel();
  #isScheduled = false;
  /** The loop shares the page's thread. */
  #isInPage = typeof document !== 'undefined';

  /** @param {(reply: Reply, transfer?: Transferable[]) => void} post */
  constructor(post) {
    this.post = post;
    this.#channel.port1.onmessage = () => {
      this.#isScheduled = false;
      this.#instance.run(() => this.#trainSlice());
    };
  }

  /** @param {Request} request */
  receive(request) {
    if (request.type === 'start') {
      if (!this.#isInPage) holdLock(request.lock, () => this.post({ type: 'locked' }));
      this.#instance.start(request.module);
    } else this.#instance.receive(request);
  }

  /** Ends it for good. */
  end() {
    this.#instance.end();
    this.#channel.port1.close();
    this.#trainer?.free();
    this.#trainer = undefined;
  }

  /** Continues training after the waiting messages. @param {number} delay Milliseconds. */
  #schedule(delay = 0) {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const wait = this.#isInPage ? Math.max(delay, PAGE_TURN) : delay;
    if (wait > 2) setTimeout(() => this.#channel.port2.postMessage(0), wait);
    else this.#channel.port2.postMessage(0);
  }

  #applySnapshotRequest() {
    const { step_line, predictions, values, layer } = this.#snapshotRequest;
    this.#trainer?.watch(step_line, predictions, values, layer);
  }

  #trainSlice() {
    if (!this.#trainer) return;
    if (this.#stepRequests.length > 0) this.#makeRequestedSteps(this.#trainer);
    else if (this.#running) this.#runSlice(this.#trainer);
  }

  /** @param {Trainer} trainer */
  #makeRequestedSteps(trainer) {
    const [request] = this.#stepRequests;
    if (request.begun === undefined) {
      request.begun = performance.now();
      // Others may have been made since it was asked for.
      if (request.to !== undefined) request.left = Math.max(0, request.to - trainer.steps);
    }
    const made = this.#advanceForSlice(trainer, request.left);
    request.left -= made.steps;
    if (request.left <= 0 || made.stopped) {
      this.#stepRequests.shift();
      this.#sendSnapshot(request.id);
    } else if (this.#frameRequested && performance.now() - Math.max(this.#lastFrame, request.begun) > STEP_FRAME_INTERVAL) {
      this.#sendSnapshot();
    }
    if (this.#stepRequests.length > 0 || this.#running) this.#schedule();
  }

  /** @param {Trainer} trainer */
  #runSlice(trainer) {
    const now = performance.now();
    if (!this.#frameRequested && now - this.#lastFrame > FRAME_TIMEOUT) {
      // The next request for a frame restarts the clock, so that no burst of steps makes up for the pause.
      this.#lastTurn = 0;
      return;
    }
    if (this.#speed === Infinity) this.#stepsDue = Infinity;
    else this.#stepsDue = this.#lastTurn === 0 ? 1 : Math.min(this.#stepsDue + ((now - this.#lastTurn) * this.#speed) / 1000, this.#speed);
    this.#lastTurn = now;
    // The request may have arrived during the last slice.
    if (this.#frameRequested && this.#newSteps > 0) this.#sendSnapshot();
    if (!this.#running) return;
    const made = this.#advanceForSlice(trainer, Math.min(Math.floor(this.#stepsDue), this.#stepsLeft));
    this.#stepsDue -= made.steps;
    this.#stepsLeft -= made.steps;
    if (made.stopped || this.#stepsLeft <= 0) this.#running = false;
    if (!this.#running || (this.#frameRequested && this.#newSteps > 0)) this.#sendSnapshot();
    if (this.#running) this.#schedule(this.#stepsDue >= 1 ? 0 : (1000 * (1 - this.#stepsDue)) / this.#speed);
  }

  /**
   * Makes up to so many steps, for one slice at most. `stopped` says that the network has overflowed.
   * @param {Trainer} trainer @param {number} most
   */
  #advanceForSlice(trainer, most) {
    const begin = performance.now();
    let [steps, batch, stopped] = [0, 1, false];
    for (let at = begin; steps < most && !stopped && at - begin < SLICE; ) {
      const untilChange = (this.#plan[0]?.step ?? Infinity) - trainer.steps;
      const count = Math.min(batch, most - steps, this.#maxNewSteps - this.#newSteps, untilChange);
      const made = trainer.advance(count);
      steps += made;
      this.#newSteps += made;
      stopped = made < count;
      this.#makeDueChanges(trainer);
      // The log goes out with a snapshot even where no one draws it, for it must not grow without end.
      if (this.#newSteps >= this.#maxNewSteps) this.#sendSnapshot();
      const before = at;
      at = performance.now();
      // Read the clock less often if steps are short.
      if (at - before < SLICE / 16) batch *= 2;
    }
    return { steps, stopped };
  }

  /** @param {number} [id] The request that it answers, for which it always evaluates. */
  #sendSnapshot(id) {
    if (!this.#trainer) return;
    const start = performance.now();
    const isStepping = this.#stepRequests.length > 0;
    // Between requested steps nothing is evaluated: the same steps give the same history on every machine.
    const evaluate = id !== undefined || (!isStepping && (!this.#running || start >= this.#nextEvaluation));
    const packed = /** @type {PackedSnapshot} */ (this.#trainer.snapshot(evaluate));
    const { sample } = this.#snapshotRequest;
    if (sample !== undefined) packed.passage = /** @type {Uint32Array<ArrayBuffer>} */ (this.#trainer.passage(sample));
    if (packed.first_nonfinite) this.#running = false;
    if (evaluate) this.#nextEvaluation = performance.now() + (performance.now() - start) / EVALUATION_SHARE;
    this.#frameRequested = false;
    this.#newSteps = 0;
    this.#lastFrame = performance.now();
    this.post({ type: 'snapshot', run: this.#run, packed, id, running: this.#running, command: this.#command }, [packed.words.buffer, ...(packed.passage ? [packed.passage.buffer] : [])]);
  }

  /** @param {Request} request */
  #handle(request) {
    switch (request.type) {
      case 'build':
        this.#build(request);
        break;
      case 'configure':
        this.#configure(request);
        break;
      case 'plan':
        if (request.run !== this.#run || !this.#trainer) break;
        this.#plan = request.plan.filter(({ step }) => step >= Number(this.#trainer?.steps));
        this.#makeDueChanges(this.#trainer);
        break;
      case 'observe':
        this.#snapshotRequest = request.request;
        this.#applySnapshotRequest();
        // During a run, the next snapshot contains it.
        this.#nextEvaluation = 0;
        if (!this.#running && this.#stepRequests.length === 0) this.#sendSnapshot();
        break;
      case 'run':
        this.#command = request.command;
        this.#running = true;
        ({ speed: this.#speed, limit: this.#stepsLeft } = request);
        this.#lastTurn = this.#stepsDue = 0;
        this.#schedule();
        break;
      case 'speed':
        this.#speed = request.speed;
        this.#lastTurn = this.#stepsDue = 0;
        if (this.#running) this.#schedule();
        break;
      case 'pause':
        this.#command = request.command;
        this.#running = false;
        this.#stepRequests = [];
        this.#sendSnapshot();
        break;
      case 'step':
        this.#command = request.command;
        this.#running = false;
        this.#stepRequests.push({ id: request.id, left: request.count, to: request.to });
        if (this.#stepRequests.length === 1) this.#trainSlice();
        break;
      case 'script':
        this.#sendScript(request);
        break;
      case 'frame':
        this.#frameRequested = true;
        if (this.#running) this.#schedule();
        break;
      case 'ping':
        this.post({ type: 'pong' });
        break;
    }
  }

  /** @param {Extract<Request, { type: 'build' }>} request */
  #build({ run, config, name, cells }) {
    this.post({ type: 'building', run });
    if (name && cells) this.#tables.set(name, cells);
    const table = name ? this.#tables.get(name) : undefined;
    try {
      // The data stay where they can: splitting and scaling them takes longer than building a small network.
      if (!this.#trainer) this.#trainer = new Trainer(config, table);
      else if (cells || !this.#trainer.rebuild(config)) this.#trainer.reload(config, table);
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) throw error;
      this.post({ type: 'refused', run, problem: toProblem(error) });
      return;
    }
    this.#run = run;
    this.#cells = table;
    this.#config = config;
    [this.#plan, this.#planned] = [[], []];
    this.#running = false;
    this.#stepRequests = [];
    /** @type {{ depth: number }} */
    const { depth } = JSON.parse(config);
    this.#maxNewSteps = Math.ceil(MAX_LOG_NUMBERS / (depth + 5));
    this.#applySnapshotRequest();
    this.#nextEvaluation = this.#lastTurn = this.#stepsDue = 0;
    this.#sendSnapshot();
  }

  /** @param {Extract<Request, { type: 'configure' }>} request */
  #configure({ run, config, seen }) {
    // The network for which it was meant has been refused.
    if (run !== this.#run || !this.#trainer) return;
    // The page did not know of these yet.
    const unseen = this.#planned.slice(seen);
    this.#change(this.#trainer, unseen.reduce((before, patch) => configWith(before, JSON.stringify(patch)), config));
  }

  /** Makes the planned changes whose step has come. @param {Trainer} trainer */
  #makeDueChanges(trainer) {
    while (this.#plan.length > 0 && this.#plan[0].step <= trainer.steps) {
      const [{ patch }] = this.#plan.splice(0, 1);
      this.#planned.push(patch);
      this.#change(trainer, configWith(this.#config, JSON.stringify(patch)), patch);
    }
  }

  /** @param {Trainer} trainer @param {string} config @param {LiveChange['patch']} [patch] */
  #change(trainer, config, patch) {
    this.#config = config;
    trainer.configure(config);
    this.post({ type: 'configured', run: this.#run, config, step: trainer.steps, patch });
  }

  /** @param {Extract<Request, { type: 'script' }>} request */
  async #sendScript({ template, tools, id }) {
    // The run may go on while the module is loaded.
    const run = this.#trainer && { configs: this.#trainer.configHistory(), steps: this.#trainer.steps, cells: this.#cells };
    /** @type {{ text?: string, problem?: import('../types.js').Problem }} */
    const answer = {};
    try {
      const { default: start, toPyTorch } = await import('../wasm/gradient_flow_tools.js');
      await start({ module_or_path: tools });
      if (run) answer.text = toPyTorch(run.configs, run.steps, template, run.cells);
    } catch (error) {
      answer.problem = toProblem(error);
      // The instance of the tools is in an unknown state too.
      if (error instanceof WebAssembly.RuntimeError) {
        this.#instance.run(() => {
          throw error;
        });
      }
    }
    this.#instance.run(() => this.post({ type: 'script', id, ...answer }));
  }
}
