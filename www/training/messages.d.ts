/** The messages between the page and its training worker. */
import type { Cells, LiveChange, NonFinite, Problem, Values } from '../types.js';

/** A snapshot with all its numbers in one array of 32-bit words (snapshot.js). */
export type PackedSnapshot = {
  words: Uint32Array<ArrayBuffer>;
  classes: string[];
  first_nonfinite: NonFinite | null;
  /** One sample on its way through the network, if it was asked for (the bridge's `passage.rs`). */
  passage?: Uint32Array<ArrayBuffer>;
};

/** What snapshots contain only while a chart on the screen needs it. */
export type SnapshotRequest = {
  step_line: boolean;
  predictions: boolean;
  /** Histograms of a, z and u. */
  values: boolean;
  /** The layer (counted from 0) whose weights are shown; -1 is none. */
  layer: number;
  /** The sample of the training set (counted from 0) that is followed through the network; none is if it is left out. */
  sample?: number;
};

/**
 * From the page to the worker. `id` identifies a request that expects an answer, `run` a network, and `command` the
 * last wish to run, pause or step.
 */
export type Request =
  /** `lock` is the name of a lock that the worker holds as long as it lives. */
  | { type: 'start'; module: WebAssembly.Module; lock: string }
  | { type: 'build'; run: number; config: string; name?: string; cells?: Cells }
  /** `seen` is how many planned changes are already in the config. */
  | { type: 'configure'; run: number; config: string; seen: number }
  /** The live changes to come, each exactly after so many steps; they replace those that were planned before. */
  | { type: 'plan'; run: number; plan: LiveChange[] }
  | { type: 'observe'; request: SnapshotRequest }
  | { type: 'run'; speed: number; limit: number; command: number }
  | { type: 'speed'; speed: number }
  | { type: 'pause'; command: number }
  /** `to`: in the place of a count, as many as lead to this step. */
  | { type: 'step'; count: number; to?: number; id: number; command: number }
  /** `tools` is the second wasm module. */
  | { type: 'script'; template: string; tools: WebAssembly.Module; id: number }
  | { type: 'frame' }
  /** Answered between slices: a worker that is silent is at a long step, or dead. */
  | { type: 'ping' };

/** From the worker to the page. */
export type Reply =
  | { type: 'started' }
  | { type: 'locked' }
  | { type: 'building'; run: number }
  | { type: 'refused'; run: number; problem: Problem }
  /** A live change holds since this step; `patch` if it was a planned one. */
  | { type: 'configured'; run: number; config: string; step: number; patch?: Values }
  | { type: 'snapshot'; run: number; packed: PackedSnapshot; id?: number; running: boolean; command: number }
  | { type: 'script'; id: number; text?: string; problem?: Problem }
  /** It could not start, or is trapped, and does nothing any more. */
  | { type: 'failed'; problem: Problem }
  | { type: 'pong' };

/** What the page needs of a worker. */
export type TrainingWorker = {
  postMessage: (message: Request) => void;
  terminate: () => void;
  onmessage: ((event: MessageEvent<Reply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
};
