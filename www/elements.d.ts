/** Tells TypeScript of the tag and its events, which JSDoc cannot do. */
import type { GradientFlow } from './gradient-flow.js';
import type { Config, LessonEvent, Problem, Snapshot, Status } from './types.js';

declare global {
  interface HTMLElementTagNameMap {
    'gradient-flow': GradientFlow;
  }
  interface GlobalEventHandlersEventMap {
    'gradient-flow-snapshot': CustomEvent<Snapshot>;
    'gradient-flow-config': CustomEvent<Config>;
    'gradient-flow-diagnosis': CustomEvent<Status>;
    'gradient-flow-lesson': CustomEvent<LessonEvent>;
    'gradient-flow-error': CustomEvent<Problem>;
  }
}
