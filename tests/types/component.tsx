/** A React component of somebody else's: what the tag takes in JSX, and what it refuses. */
/// <reference path="../../target/test-site/gradient-flow-react.d.ts" />
import { useRef } from 'react';
import type { GradientFlow } from '../../target/test-site/gradient-flow.js';

export function Lesson() {
  const lab = useRef<GradientFlow>(null);
  return (
    <gradient-flow
      ref={lab}
      className="wide"
      lang="de"
      depth={20}
      learning-rate="0.5"
      batch-size="full"
      residual
      activation="relu"
      charts="signals loss"
      controls="depth"
      speed="max"
      theme="dark"
      autoplay
      ongradient-flow-snapshot={({ detail }) => console.log(detail.step, lab.current?.config.depth)}
      ongradient-flow-diagnosis={({ detail }) => console.log(detail.text)}
    />
  );
}

export const refused = [
  // @ts-expect-error There is no such activation.
  <gradient-flow activation="swish" />,
  // @ts-expect-error There is no such setting.
  <gradient-flow dept={3} />,
  // @ts-expect-error Settings are attributes, with hyphens.
  <gradient-flow learning_rate={3} />,
  // @ts-expect-error The event of a config has no step.
  <gradient-flow ongradient-flow-config={({ detail }) => detail.step} />,
];
