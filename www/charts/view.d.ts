/** What the module of a view exports and gets. A view is a chart whose module is loaded when it is first shown. */
import type { Cells, NonFinite } from '../types.js';
import type { SnapshotRequest } from '../training/messages.js';
import type { Words } from '../shared/words.js';
import type { GradientFlow } from '../element/element.js';

/** What a view may ask of the laboratory that shows it. */
export type ViewHost = {
  /** The view's id. */
  id: string;
  /** The element: its config, events and commands. */
  lab: GradientFlow;
  words: Words;
  /** Draws the view again in the next frame, with its note, table and readout too if `words` is set. */
  redraw: (words?: boolean) => void;
  /** Selects a layer (counted from 0) in all charts. */
  select: (layer: number | undefined) => void;
  /** Has a screen reader say it. */
  announce: (text: string) => void;
  /** The cells of the table that the reader has brought. */
  uploaded: () => Cells | undefined;
  /** Asks the worker again, since `requests` has changed. */
  request: () => void;
  /** How far the axis of dW, delta and a reaches in all charts: log10 of its ends. */
  signalRange: () => Int32Array;
};

/** What a module `www/views/ID/view.js` exports: resolves to the view when all that it needs is loaded. */
export type ViewModule = { open: (host: ViewHost) => Promise<View> };

/**
 * A view. The first group draws and tells as `wasm.Charts` does, and is asked in the same way: the id comes first, sizes
 * are CSS pixels. The second is told what happens, at once when it is loaded and then as it happens; all of that is
 * optional. A call that throws is a defect of the view: it is not asked again until the next run.
 */
export type View = {
  draw: (id: string, canvas: HTMLCanvasElement, width: number, height: number, pixelRatio: number) => void;
  svg: (id: string, width: number, height: number) => string;
  /** What is read at a point; undefined if nothing is there. */
  readout: (id: string, width: number, height: number, x: number, y: number) => string | undefined;
  /** The layer (counted from 0) at a point. */
  layerAt: (id: string, width: number, height: number, x: number, y: number) => number | undefined;
  /** What it shows now, in a sentence or two. */
  note: (id: string) => string;
  /** What stands behind it, told with the help. */
  details: (id: string) => string;
  /** JSON: `columns` and `rows` of text. */
  table: (id: string) => string;

  /** Controls that stand below the picture. */
  controls?: HTMLElement;
  /** What snapshots must contain for it. */
  requests?: Partial<SnapshotRequest>;
  paint?: (dark: boolean, colours: Uint32Array) => void;
  /** Another run begins. @param config JSON */
  begin?: (config: string) => void;
  /** Live settings have changed. */
  configure?: (config: string) => void;
  /** A layer (counted from 0) is selected; -1 is none. */
  select?: (layer: number) => void;
  push?: (words: Uint32Array, classes: string[], firstNonfinite: NonFinite | null, passage?: Uint32Array) => void;
  /** The charts show an earlier step; undefined is the latest. */
  travel?: (step: number | undefined) => void;
  /** The language has changed; `words` speak it already. */
  speak?: (table: string) => void;
  /** It is closed: frees what it holds. */
  dispose?: () => void;
};
