/** The messages between the page and its training worker. */
import type { NonFinite, Problem } from '../types.js';

/** A snapshot with all its numbers in one array of 32-bit words (snapshot.js). */
export type PackedSnapshot = {
  words: Uint32Array<ArrayBuffer>;
  classes: string[];
  first_nonfinite: NonFinite | null;
};

/** What snapshots contain only while a chart on the screen needs it. */
export type SnapshotRequest = {
  step_line: boolean;
  predictions: boolean;
  /** Histograms of a, z and u. */
  values: boolean;
  /** The layer (counted from 0) whose weights are shown; -1 is none. */
  layer: number;
};

/** From the page to the worker. `id` identifies a request that expects an answer, `run` a network. */
export type Request =
  | { type: 'start'; module: WebAssembly.Module }
  | { type: 'build'; run: number; config: string; name?: string; table?: string }
  | { type: 'configure'; config: string }
  | { type: 'observe'; request: SnapshotRequest }
  | { type: 'run'; speed: number; limit: number }
  | { type: 'pause' }
  | { type: 'step'; count: number; id: number }
  | { type: 'script'; template: string; id: number }
  | { type: 'frame' };

/** From the worker to the page. */
export type Reply =
  | { type: 'building'; run: number }
  | { type: 'refused'; run: number; problem: Problem }
  | { type: 'snapshot'; run: number; packed: PackedSnapshot; id?: number; running: boolean }
  | { type: 'script'; id: number; text?: string; problem?: Problem };

/** What the page needs of a worker. */
export type TrainingWorker = {
  postMessage: (message: Request) => void;
  terminate: () => void;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
};
