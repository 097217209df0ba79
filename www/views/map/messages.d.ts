/** The messages between the view and a worker that measures cells of its map. */
import type { Cells } from '../../types.js';

export type Request =
  /** The first message. `cells` are the data, if a file has them; `lock` is the name of a lock that the worker holds as long as it lives. */
  | { type: 'start'; module: WebAssembly.Module; cells?: Cells; lock: string }
  /** Train a config for so many steps, looked at every `pace` steps. `id` is that of the answer. */
  | { type: 'run'; id: number; config: string; steps: number; pace: number };

export type Reply =
  | { type: 'started' }
  | { type: 'locked' }
  /** What the run has reached, in the numbers of `Trainer.probe`; undefined if the config was refused. */
  | { type: 'cell'; id: number; numbers?: Float64Array; time: number }
  /** It could not start, or is trapped, and does nothing any more. */
  | { type: 'failed' };
