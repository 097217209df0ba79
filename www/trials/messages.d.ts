/** The messages between the page and the worker that tries changes. */
import type { Cells } from '../types.js';

export type Request =
  | { type: 'start'; module: WebAssembly.Module }
  /** Train a config for so many steps, if that takes at most `limit` milliseconds of work. `id` is that of the answer. */
  | { type: 'try'; id: number; config: string; steps: number; limit: number; name?: string; cells?: Cells }
  /** The share of the time in which it works; 0 pauses it. */
  | { type: 'pace'; share: number };

export type Reply =
  | { type: 'started' }
  /** `outcome` is that of `Trainer.outcome`; `time` is the work in milliseconds. */
  | { type: 'outcome'; id: number; outcome: Float64Array; time: number }
  /** It would take longer than the limit: `expected` milliseconds. */
  | { type: 'too-long'; id: number; expected: number; time: number }
  | { type: 'refused'; id: number }
  /** It could not start, or is trapped, and does nothing any more. */
  | { type: 'failed' };
