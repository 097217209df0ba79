/**
 * The tag in JSX, for React 19: `/// <reference path="…/gradient-flow-react.d.ts" />`, or list this file in tsconfig.json.
 */
import type { GradientFlow } from './gradient-flow.js';
import type { Config } from './types.js';
import type { DetailedHTMLProps, HTMLAttributes } from 'react';

type Kebab<Name extends string> = Name extends `${infer Head}_${infer Tail}` ? `${Head}-${Kebab<Tail>}` : Name;

/** The settings, by their attributes. */
type Settings = { [Name in keyof Config as Kebab<Name>]?: Config[Name] | `${Config[Name]}` };

interface View {
  charts?: string;
  controls?: string;
  speed?: number | string;
  theme?: 'auto' | 'light' | 'dark';
  autoplay?: boolean;
  trials?: 'on' | 'off';
  /** What the view `map` varies, such as `init-gain:0.1..10,depth:1..50`. */
  map?: string;
  lesson?: string;
  predict?: 'on' | 'off';
  fixes?: 'on' | 'off';
  /** A step to which the run is taken. */
  at?: number | string;
  /** Live changes on the way: `200:learning-rate=0.01;300:clip=norm`. */
  then?: string;
  /** The rest of a moment, made by `toLink`. */
  moment?: string;
}

type Handlers = {
  [Name in keyof GlobalEventHandlersEventMap as Name extends `gradient-flow-${string}` ? `on${Name}` : never]?: (event: GlobalEventHandlersEventMap[Name]) => void;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'gradient-flow': DetailedHTMLProps<HTMLAttributes<GradientFlow>, GradientFlow> & Settings & View & Handlers;
    }
  }
}
