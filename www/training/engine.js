// @ts-check
/**
 * The page's side of a training worker: builds the newest config, runs, steps, and hands on snapshots.
 *
 * A network is `current` (the worker has it, and the page shows it) or `next` (it was asked for, and the worker has not
 * answered). `next` passes through three stages: its data are loaded; it waits for the worker; the worker builds it.
 * A newer one takes its place at any stage, and after every wait it is checked that it has not. What is asked meanwhile
 * is meant for `next`, and is kept until it is there or is refused with it.
 *
 * A worker handles no messages during a long step or a large build. Where a newer network has waited for longer than
 * `REPLACE_AFTER`, the worker is replaced, which takes about a millisecond since the module is already compiled.
 */
import { toError } from '../shared/errors.js';
import { problem, toProblem } from '../shared/problems.js';
import { load, wasm } from '../shared/wasm.js';
import { fetchTable, fetchText } from './data.js';
import { PendingRequests } from './pending-requests.js';
import { unpack } from './snapshot.js';
import { WorkerLink } from './worker-link.js';

/** @typedef {import('../types.js').Snapshot} Snapshot */
/** @typedef {import('../types.js').Problem} Problem */
/** @typedef {import('../types.js').LiveChange} LiveChange */
/** @typedef {import('./messages.js').Reply} Reply */
/** @typedef {import('./messages.js').SnapshotRequest} SnapshotRequest */

/**
 * What a network is built from. A live change replaces the config; `plan` are those to come, in order.
 * @typedef {{ config: string, table?: import('../types.js').Table, plan?: LiveChange[] }} Experiment
 */
/**
 * `config` is the one that was asked for last, `built` the one that was sent to the worker. `seen` counts the planned changes
 * that have been made.
 * @typedef {Experiment & { id: number, seen: number, stage: 'loading' | 'waiting' | 'building', built: string, file?: { name: string, cells?: import('../types.js').Cells } }} Network
 */

/** Milliseconds. */
const REPLACE_AFTER = 300;
/** The least speed of a device, in multiplications and additions a second. */
const LEAST_SPEED = 1e9;

/** The seconds that a step of the largest minibatch may take on a slow device. @param {string} config */
function longestStep(config) {
  /** @type {{ depth: number, width: number, batch_size: number | 'full' }} */
  const { depth, width, batch_size } = JSON.parse(config);
  const rows = batch_size === 'full' ? 20_000 : batch_size;
  return (6 * rows * (depth + 1) * width * width) / LEAST_SPEED;
}

export class Engine {
  #link;
  /** @type {WebAssembly.Module | undefined} */
  #module;
  #lastId = 0;
  /** @type {Network | undefined} */
  #current;
  /** What is on the screen, also when the worker does not have it any more. @type {Experiment | undefined} */
  #lastGood;
  /** @type {Network | undefined} */
  #next;
  /** The network that the worker builds: `next`, or one that `next` has replaced. @type {Network | undefined} */
  #inWorker;
  /** The worker has not begun to build it. */
  #isUnread = false;
  /** While it is set, the worker may be replaced. @type {ReturnType<typeof setTimeout> | undefined} */
  #replaceTimer;
  /** Undefined while it does not run. @type {{ speed: number, limit: number } | undefined} */
  #running;
  /** The number of the last wish to run, pause or step: what the worker says of older ones is out of date. */
  #command = 0;
  #requests = new PendingRequests();
  /** Those of the last snapshot that had them. @type {Snapshot['histograms']} */
  #histograms = {};

  /**
   * @param {{ onsnapshot: (snapshot: Snapshot, words: Uint32Array, begun?: Experiment) => void, onconfigured: (config: string, step: number, patch?: LiveChange['patch']) => void,
   *   onstop: () => void, onrefused: (problem: Problem, refused: Experiment, lastGood?: Experiment) => void,
   *   onfailed: (problem: Problem, failed?: Experiment, lastGood?: Experiment) => void, onsilent: (seconds: number) => void }} listener
   *   `onsnapshot`: `begun` is what a new run was built from, with its first snapshot; `words` is the snapshot as it came, for the charts.
   *   `onconfigured`: a live change holds since this step; a planned one comes with its patch. `onstop`: the run has reached its limit, has overflowed, or has failed.
   *   `onrefused`: the core refuses a config; `onfailed`: it could not be loaded (then it is `failed`), or the worker is
   *   dead. `lastGood` is what is on the screen. `onsilent`: the worker has not answered for so long.
   */
  constructor(listener) {
    this.listener = listener;
    this.#link = new WorkerLink({
      onreply: (reply) => this.#receive(reply),
      ondead: (reason) => this.#die(reason),
      onsilent: (seconds) => listener.onsilent(seconds),
      isAwaited: () => this.#inWorker !== undefined || this.#running !== undefined || this.#requests.areAwaited,
      patience: () => longestStep((this.#inWorker ?? this.#current)?.config ?? '{}') || 0,
    });
  }

  // ---- building ----

  /** There will be a network soon. */
  prepare() {
    this.#link.prepare();
  }

  /** Builds the network of an experiment. Of several in a row only the newest is built. @param {Experiment} experiment */
  build({ config, table, plan }) {
    this.#requests.rejectAll(problem('AbortError', 'aborted-rebuilt'));
    this.#next = { id: (this.#lastId += 1), config, table, plan, seen: 0, built: config, stage: 'loading' };
    this.#loadData(this.#next);
  }

  /** @param {Network} network */
  async #loadData(network) {
    try {
      this.#module ??= await load();
      if (network !== this.#next) return;
      const name = wasm.dataFile(network.config);
      if (name === 'upload') network.file = { name, cells: network.table?.cells };
      else if (name) network.file = { name, cells: await fetchTable(name) };
    } catch (error) {
      if (network === this.#next) this.#fail(toProblem(error));
      return;
    }
    if (network !== this.#next) return;
    network.stage = 'waiting';
    if (this.#inWorker) this.#replaceLater();
    else this.#sendNext();
  }

  /** Sends `next` to the worker, if it waits for it. */
  #sendNext() {
    const network = this.#next;
    if (network?.stage !== 'waiting') return;
    try {
      if (!this.#link.isOpen) this.#link.start(/** @type {WebAssembly.Module} */ (this.#module));
    } catch (error) {
      this.#fail(toProblem(error));
      return;
    }
    const { id, config } = network;
    const { name, cells } = network.file ?? {};
    const unknown = this.#link.unknownCells(name, cells);
    network.file = undefined;
    network.built = config;
    network.stage = 'building';
    this.#inWorker = network;
    this.#isUnread = true;
    this.#link.post({ type: 'build', run: id, config, name, cells: unknown });
    this.#postPlan(network);
    if (this.#running) this.#postRun();
    this.#replaceLater();
  }

  /** Replaces the worker if it does not come to the newest network in time. */
  #replaceLater() {
    this.#replaceTimer ??= setTimeout(() => {
      this.#replaceTimer = undefined;
      // It is busy with a step of a network that nobody waits for, or with a build that a newer one has replaced.
      const isBusy = this.#isUnread || this.#next?.stage === 'waiting';
      if (!isBusy || !this.#link.hasStarted) {
        if (this.#inWorker) this.#replaceLater();
        return;
      }
      if (this.#next?.stage === 'building') this.#returnToWaiting(this.#next);
      this.#stopWorker();
      this.#sendNext();
    }, REPLACE_AFTER);
  }

  /** Its data went with the worker. @param {Network} network */
  #returnToWaiting(network) {
    network.stage = 'loading';
    this.#loadData(network);
  }

  /** The worker has answered for the network that it was building. */
  #buildHasEnded() {
    clearTimeout(this.#replaceTimer);
    this.#replaceTimer = undefined;
    this.#inWorker = undefined;
    this.#isUnread = false;
  }

  /** `next` cannot be loaded, which another try may mend; or no worker can be started. @param {Problem} reason */
  #fail(reason) {
    const failed = this.#next;
    this.#next = undefined;
    this.#requests.rejectAll(reason);
    if (!this.#current) this.#stopRunning();
    this.listener.onfailed(reason, failed, this.#lastGood);
  }

  /** A run cannot go on without its network. */
  #stopRunning() {
    if (!this.#running) return;
    this.pause();
    this.listener.onstop();
  }

  // ---- the worker ----

  #stopWorker() {
    this.#link.stop();
    this.#current = undefined;
    this.#buildHasEnded();
  }

  /** The worker is dead, and the network with it. @param {import('../shared/words.js').Value} [reason] */
  #die(reason) {
    const id = !this.#link.hasStarted ? 'worker-no-start' : this.#inWorker ? 'worker-no-memory' : 'worker-died';
    const died = problem('WorkerError', id, { reason: reason || 'none' });
    // The network that killed the worker is not built again; a newer one is.
    const failed = this.#inWorker === this.#next ? this.#next : undefined;
    if (failed) this.#next = undefined;
    this.#stopWorker();
    this.#requests.rejectAll(died);
    if (!this.#next) this.#stopRunning();
    this.listener.onfailed(died, failed, this.#lastGood);
    this.#sendNext();
  }

  /** @param {Reply} reply */
  #receive(reply) {
    switch (reply.type) {
      case 'building':
        this.#isUnread = false;
        break;
      case 'refused':
        this.#receiveRefusal(reply.problem);
        break;
      case 'configured':
        this.#receiveConfigured(reply);
        break;
      case 'snapshot':
        this.#receiveSnapshot(reply);
        break;
      case 'script':
        this.#receiveScript(reply);
        break;
      case 'failed':
        this.#die(reply.problem.said ?? reply.problem.message);
        break;
    }
  }

  /** @param {Extract<Reply, { type: 'snapshot' }>} reply */
  #receiveSnapshot(reply) {
    const begun = reply.run === this.#inWorker?.id ? this.#inWorker : undefined;
    if (begun) {
      this.#current = begun;
      this.#lastGood = { config: begun.built, table: begun.table };
      if (begun === this.#next) this.#next = undefined;
      this.#buildHasEnded();
    }
    const snapshot = this.#withHistograms(unpack(reply.packed));
    // Where another network is to come, that one is to run.
    const hasStopped = !begun && !this.#next && !reply.running && this.#running !== undefined && reply.command === this.#command;
    if (hasStopped) this.#running = undefined;
    try {
      this.listener.onsnapshot(snapshot, reply.packed.words, begun && this.#lastGood);
      if (hasStopped) this.listener.onstop();
    } finally {
      // Whatever comes of showing it: the run goes on, and nobody waits for ever.
      if (begun && this.#next) this.#sendNext();
      else if (begun) this.#sendRequests();
      if (reply.id !== undefined) this.#requests.take(reply.id)?.resolve(snapshot);
    }
  }

  /** @param {Extract<Reply, { type: 'configured' }>} reply */
  #receiveConfigured({ run, config, step, patch }) {
    if (run !== this.#current?.id) return;
    if (this.#lastGood) this.#lastGood.config = config;
    if (patch) this.#current.seen += 1;
    this.listener.onconfigured(config, step, patch);
  }

  /** @param {Problem} reason */
  #receiveRefusal(reason) {
    const refused = this.#inWorker;
    this.#buildHasEnded();
    if (refused && refused === this.#next) {
      this.#next = undefined;
      this.#requests.rejectAll(reason);
      this.listener.onrefused(reason, { ...refused, config: refused.built }, this.#lastGood);
    }
    this.#sendNext();
  }

  /** @param {Extract<Reply, { type: 'script' }>} reply */
  #receiveScript({ id, text, problem: refusal }) {
    const pending = this.#requests.take(id);
    if (refusal) pending?.reject(toError(refusal));
    else if (text === undefined) pending?.reject(toError(problem('WorkerError', 'not-built')));
    else pending?.resolve(text);
  }

  /**
   * Adds the last histograms of a, z and u to a snapshot without them: between evaluations the worker leaves them out
   * unless a chart shows them.
   * @param {Snapshot} snapshot
   */
  #withHistograms(snapshot) {
    const { histograms } = snapshot;
    if (histograms.u.length === 0) Object.assign(histograms, { ...this.#histograms, dw: histograms.dw });
    this.#histograms = histograms;
    return snapshot;
  }

  // ---- the network that was asked for last ----

  /** Whether there is a network, or will be. */
  get hasNetwork() {
    return (this.#next ?? this.#current) !== undefined;
  }

  /** Whether another network is to come than the one on the screen. */
  get isBuilding() {
    return this.#next !== undefined;
  }

  /** Applies changed live settings. @param {string} config */
  configure(config) {
    const network = this.#next ?? this.#current;
    if (!network) return;
    network.config = config;
    // A network that has not been sent is built with the change.
    if (network === this.#current || network.stage === 'building') this.#link.post({ type: 'configure', run: network.id, config, seen: network.seen });
  }

  /** Replaces the live changes that are still to come. @param {LiveChange[]} plan */
  plan(plan) {
    const network = this.#next ?? this.#current;
    if (!network) return;
    network.plan = plan;
    if (network === this.#current || network.stage === 'building') this.#postPlan(network);
  }

  /** @param {Network} network */
  #postPlan({ id, plan }) {
    if (plan) this.#link.post({ type: 'plan', run: id, plan });
  }

  /** Chooses what snapshots contain. @param {SnapshotRequest} request */
  observe(request) {
    this.#link.observe(request);
  }

  /** Runs at `speed` steps a second, for at most `limit` steps. @param {number} speed @param {number} limit */
  run(speed, limit = Infinity) {
    this.#running = { speed, limit };
    this.#command += 1;
    // A network that has not been sent runs once it is built.
    if (!this.#next || this.#next.stage === 'building') this.#postRun();
  }

  /** Changes the speed of a run. @param {number} speed Steps a second. */
  setSpeed(speed) {
    if (!this.#running) return;
    this.#running.speed = speed;
    this.#link.post({ type: 'speed', speed });
  }

  #postRun() {
    if (this.#running) this.#link.post({ type: 'run', ...this.#running, command: this.#command });
  }

  /** Also ends requests for steps. */
  pause() {
    this.#running = undefined;
    this.#command += 1;
    this.#link.post({ type: 'pause', command: this.#command });
    this.#requests.rejectAll(problem('AbortError', 'aborted-step'), 'step');
  }

  get running() {
    return this.#running !== undefined;
  }

  /** Makes steps, or as many as lead to one (`to`); resolves to the snapshot after them. @param {number} count @param {number} [to] @returns {Promise<Snapshot>} */
  step(count, to) {
    this.#running = undefined;
    this.#command += 1;
    return this.#ask({ type: 'step', count, to, command: this.#command });
  }

  /** The run so far as a PyTorch script. @returns {Promise<string>} */
  async script() {
    const { compileTools } = await import('../shared/tools.js');
    const [template, tools] = await Promise.all([fetchText('pytorch.py'), compileTools()]);
    return this.#ask({ type: 'script', template, tools });
  }

  /** @param {import('./pending-requests.js').Unnumbered} request @returns {Promise<any>} */
  async #ask(request) {
    if (!this.hasNetwork) throw toError(problem('WorkerError', 'no-network'));
    const answer = this.#requests.add(request);
    if (!this.#next) this.#sendRequests();
    return answer;
  }

  #sendRequests() {
    this.#requests.send((request) => this.#link.post(request));
  }

  /** Requests the next snapshot of the run. */
  requestFrame() {
    this.#link.post({ type: 'frame' });
  }

  /** Stops the worker. A later build starts another one. */
  stop() {
    this.#running = undefined;
    this.#next = this.#lastGood = undefined;
    this.#requests.rejectAll(problem('AbortError', 'aborted-removed'));
    this.#stopWorker();
  }
}
