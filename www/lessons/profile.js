// @ts-check
/** A guess of dW over the layers, in decades (log10), as it is drawn: by three handles, or by strokes through the layers. */

/** Where the handles wait before anything is drawn: a usual size of dW. */
const START = -2;
/** Values are told in steps of this. */
const GRAIN = 0.1;

/** @param {number} value */
export const round = (value) => Math.round(value / GRAIN) / Math.round(1 / GRAIN) || 0;

export class Profile {
  /** Of each layer, the first one first; null while nothing is drawn. @type {number[] | null} */
  #values = null;
  /** The layers that the first stroke has passed; undefined where a stroke only changes a line. @type {{ first: number, last: number } | undefined} */
  #passed;
  /** The powers of ten between which one draws. */
  range = { low: -16, high: 12 };

  /** @param {number} layers The output layer included. */
  constructor(layers) {
    this.layers = layers;
  }

  /** The values as they are told; null while nothing is drawn. */
  get values() {
    return this.#values?.map(round) ?? null;
  }

  set values(values) {
    this.#passed = undefined;
    this.#values = values && values.length > 0 && values.every(Number.isFinite) ? values.map((value) => this.#clamp(value)) : null;
    if (this.#values) this.#stretch();
  }

  /** What is drawn, with all its digits. */
  get line() {
    return Float64Array.from(this.#values ?? []);
  }

  /** The layers that have handles: first, middle, last. */
  get handles() {
    const last = this.layers - 1;
    return [...new Set([0, Math.round(last / 2), last])];
  }

  /** A layer for an argument of a message: its number, or `output`. @param {number} layer */
  nameOf(layer) {
    return layer === this.layers - 1 ? 'output' : layer + 1;
  }

  /** Where a layer's handle stands. @param {number} layer */
  at(layer) {
    return round(this.#values?.[layer] ?? START);
  }

  /** Another network has so many layers: the line keeps its shape. @param {number} layers */
  resize(layers) {
    this.layers = layers;
    if (this.#values) this.#stretch();
  }

  #stretch() {
    const values = this.#values ?? [];
    const scale = (values.length - 1) / Math.max(1, this.layers - 1);
    this.#values = Array.from({ length: this.layers }, (_, layer) => {
      const below = Math.floor(layer * scale);
      const above = Math.min(below + 1, values.length - 1);
      return values[below] + (layer * scale - below) * (values[above] - values[below]);
    });
  }

  /** @param {number} value */
  #clamp(value) {
    return Math.min(this.range.high, Math.max(this.range.low, value));
  }

  /** Moves a handle. The line up to the handles beside it goes along, and keeps its bends. @param {number} layer @param {number} value */
  move(layer, value) {
    const values = (this.#values ??= Array.from({ length: this.layers }, () => START));
    const { handles } = this;
    const index = handles.indexOf(layer);
    const [before, after] = [handles[index - 1] ?? layer, handles[index + 1] ?? layer];
    const change = this.#clamp(value) - values[layer];
    for (let at = before; at <= after; at += 1) {
      const end = at < layer ? before : after;
      const part = at === layer ? 1 : (at - end) / (layer - end);
      values[at] = this.#clamp(values[at] + part * change);
    }
  }

  /** A stroke begins. */
  beginStroke() {
    this.#passed = this.#values ? undefined : { first: Infinity, last: -Infinity };
  }

  /**
   * A stroke goes on from a place to another one; places count in layers, the middle of the first one is 0.
   * @param {{ place: number, value: number }} from @param {{ place: number, value: number }} to
   */
  stroke(from, to) {
    const values = (this.#values ??= Array.from({ length: this.layers }, () => to.value));
    const nearest = Math.min(this.layers - 1, Math.max(0, Math.round(to.place)));
    const [low, high] = [Math.min(from.place, to.place), Math.max(from.place, to.place)];
    for (let layer = Math.max(0, Math.ceil(low)); layer <= Math.min(high, this.layers - 1); layer += 1) {
      const part = from.place === to.place ? 1 : (layer - from.place) / (to.place - from.place);
      this.#pass(values, layer, from.value + part * (to.value - from.value));
    }
    this.#pass(values, nearest, to.value);
  }

  /** @param {number[]} values @param {number} layer @param {number} value */
  #pass(values, layer, value) {
    values[layer] = this.#clamp(value);
    const passed = this.#passed;
    if (!passed) return;
    passed.first = Math.min(passed.first, layer);
    passed.last = Math.max(passed.last, layer);
    // What the first stroke has not passed goes on level.
    values.fill(values[passed.first], 0, passed.first);
    values.fill(values[passed.last], passed.last + 1);
  }
}
