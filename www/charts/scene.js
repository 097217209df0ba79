// @ts-check
/**
 * What the charts show, in wasm. Should a chart trap there, which is a defect of ours, the scene it leaves behind cannot
 * be used any more: another one goes on from the latest snapshot, without the broken chart until the next run.
 */
import { inEnglish, toError } from '../shared/errors.js';
import { problem } from '../shared/problems.js';
import { wasm } from '../shared/wasm.js';

/** @typedef {import('../types.js').NonFinite} NonFinite */
/** @typedef {import('../types.js').Status} Status */
/** @typedef {import('./view.js').View} View */
/** @typedef {'accuracy' | 'samples'} Part A small picture beside the verdict. */
/** @typedef {{ paint?: [boolean, Uint32Array], begin?: [string], configure?: [string], select?: [number], push?: [Uint32Array, string[], NonFinite | null, Uint32Array?], setTrials?: Parameters<wasm.Charts['setTrials']>, setGuess?: [Float64Array, number] }} Last */

/** The calls of `Last` in the order in which another scene, or a view that has been loaded, is told of them. */
const TOLD = /** @type {const} */ (['paint', 'begin', 'configure', 'select', 'push', 'setTrials', 'setGuess']);

/** @param {HTMLCanvasElement} canvas */
function clear(canvas) {
  canvas.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);
}

export class Scene {
  #charts = new wasm.Charts();
  #words;
  /** The views on the screen; undefined until one is loaded. @type {Map<string, View | undefined>} */
  #views = new Map();
  /** What stands in the place of the note of a view that is not loaded. @type {(id: string) => string} */
  noteOfView = () => '';
  /** The charts that have trapped in this run. @type {Set<string>} */
  #broken = new Set();
  /** What another scene needs: the last arguments of these calls. @type {Last} */
  #last = {};
  /** What trials say of fixes, and of the cause. @type {Partial<Status>} */
  #found = {};
  /** The last diagnosis in words, and its kind: they stand while there is no other one. @type {Status} */
  #verdict = { tone: 'calm', title: '', text: '', fixes: [] };
  #kind = '';
  /** What the main chart's note says beside a guess. @type {import('../shared/words.js').Text | undefined} */
  #note;
  /** The marked row of the chart `fixes`; -1 for none. */
  #row = -1;

  /** @param {import('../shared/words.js').Words} words */
  constructor(words) {
    this.#words = words;
    this.speak();
  }

  /** The charts speak the present language of the words. */
  speak() {
    this.#call((charts) => charts.speak(this.#words.table), undefined);
    this.#tellViews('speak', [this.#words.table]);
  }

  /** A view is on the screen, or is loaded. @param {string} id @param {View} [view] */
  attach(id, view) {
    this.#views.set(id, view);
    if (view) for (const name of TOLD) this.#retell(view, name);
  }

  /** A view is closed. @param {string} id */
  detach(id) {
    this.#views.get(id)?.dispose?.();
    this.#views.delete(id);
    this.#broken.delete(id);
  }

  /** Whether a view is loaded. @param {string} id */
  isLoaded(id) {
    return this.#views.get(id) !== undefined;
  }

  /** What snapshots must contain for the views. @returns {Partial<import('../training/messages.js').SnapshotRequest>} */
  get requests() {
    return Object.assign({}, ...Array.from(this.#views.values(), (view) => view?.requests));
  }

  /**
   * Asks the wasm for a chart, or a view. After a trap, and of a view that is not loaded, it returns what `instead` does.
   * @template T @param {string} id @param {(charts: wasm.Charts) => T} call @param {() => T} instead @returns {T}
   */
  #ask(id, call, instead) {
    const isView = this.#views.has(id);
    const asked = isView ? this.#views.get(id) : this.#charts;
    if (!asked || this.#broken.has(id)) return instead();
    try {
      return call(/** @type {wasm.Charts} */ (asked));
    } catch (error) {
      const isRefusal = isView && /** @type {import('../types.js').Problem} */ (error).said !== undefined;
      if (isRefusal || (!isView && !(error instanceof WebAssembly.RuntimeError))) throw inEnglish(error);
      this.#break(id, error);
      return instead();
    }
  }

  /** What is broken is not asked again until the next run. The old wasm is not freed: it is still in use by the call that trapped. @param {string} id @param {unknown} error */
  #break(id, error) {
    this.#broken.add(id);
    if (this.#views.has(id)) {
      reportError(error);
      return;
    }
    this.#renew();
  }

  /** Another scene goes on, told what has been told before, but for what it traps at too. */
  #renew() {
    for (let name = /** @type {typeof TOLD[number] | undefined} */ (TOLD[0]); name; ) {
      this.#charts = new wasm.Charts();
      this.#charts.speak(this.#words.table);
      name = undefined;
      for (const told of TOLD) {
        try {
          this.#retell(this.#charts, told);
        } catch {
          this.#last[(name = told)] = undefined;
          break;
        }
      }
    }
  }

  /** Tells charts or a view what has been told before. @param {wasm.Charts | View} listener @param {typeof TOLD[number]} name */
  #retell(listener, name) {
    const last = this.#last[name];
    // @ts-expect-error The arguments are those of this call.
    if (last) listener[name]?.(...last);
  }

  /**
   * Asks the wasm for something that is no chart. A trap is told to developers, and it returns what stands for an answer.
   * @template T @param {(charts: wasm.Charts) => T} call @param {T} instead @returns {T}
   */
  #call(call, instead) {
    try {
      return call(this.#charts);
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      reportError(error);
      this.#renew();
      return instead;
    }
  }

  /** @param {'travel' | 'speak' | typeof TOLD[number]} name @param {unknown[]} args */
  #tellViews(name, args) {
    for (const [id, view] of this.#views) {
      try {
        // @ts-expect-error The arguments are those of this call.
        view?.[name]?.(...args);
      } catch (error) {
        this.#break(id, error);
      }
    }
  }

  /** Tells the charts and the views. @template {typeof TOLD[number]} Name @param {Name} name @param {Required<Last>[Name]} args */
  #tell(name, ...args) {
    this.#last[name] = /** @type {Last[Name]} */ (args);
    this.#tellViews(name, args);
    // @ts-expect-error The arguments are those of this call.
    return this.#call((charts) => charts[name](...args), undefined);
  }

  /** @param {boolean} dark @param {Uint32Array} colours */
  paint(dark, colours) {
    this.#tell('paint', dark, colours);
  }

  /** @param {string} config */
  begin(config) {
    this.#broken.clear();
    this.#last.configure = undefined;
    this.#tell('begin', config);
  }

  /** @param {string} config */
  configure(config) {
    this.#tell('configure', config);
  }

  /** @param {number} layer */
  select(layer) {
    this.#tell('select', layer);
  }

  /** Takes in a snapshot; returns the kind of its diagnosis. @param {Uint32Array} words @param {string[]} classes @param {NonFinite | null} firstNonfinite @param {Uint32Array} [passage] @returns {string} */
  push(words, classes, firstNonfinite, passage) {
    this.#kind = /** @type {string | undefined} */ (this.#tell('push', words, classes, firstNonfinite, passage)) ?? this.#kind;
    return this.#kind;
  }

  /**
   * What trials of changes have found, in words that may have been loaded since.
   * @param {Parameters<wasm.Charts['setTrials']>} report For the chart `fixes`. @param {Partial<Status>} found For the status.
   */
  setTrials(report, found) {
    this.#found = found;
    this.speak();
    this.#tell('setTrials', ...report);
    this.#call((charts) => charts.selectTrial(this.#row), undefined);
  }

  /**
   * Hides what the main chart shows, but for the part that is revealed, and draws a guess of dW.
   * @param {Float64Array} decades Its log10 in each layer; empty before there is one. @param {number} revealed From 0 to 1; below 0 ends this.
   * @param {import('../shared/words.js').Text} [note] In place of the chart's own.
   */
  setGuess(decades, revealed, note) {
    this.#note = note;
    this.#tell('setGuess', decades, revealed);
  }

  /** Where one draws a guess: left, top, right and bottom of the plot, the powers of ten at its bottom and top; empty where there is no room. @param {number} width @param {number} height */
  guessArea(width, height) {
    return this.#ask('signals', (charts) => charts.guessArea(width, height), () => new Int32Array());
  }

  /** The row of the chart `fixes` at a point. @param {number} width @param {number} height @param {number} x @param {number} y */
  trialAt(width, height, x, y) {
    return this.#ask('fixes', (charts) => charts.trialAt(width, height, x, y), () => undefined);
  }

  /** Marks a row of that chart; returns whether another one was. @param {number | undefined} row */
  selectTrial(row = -1) {
    if (row === this.#row) return false;
    this.#row = row;
    this.#call((charts) => charts.selectTrial(row), undefined);
    return true;
  }

  /** @param {number | undefined} step */
  travel(step) {
    this.#tellViews('travel', [step]);
    return this.#call((charts) => charts.travel(step), step ?? 0);
  }

  /** The step that is shown, as the run bar shows one. @returns {import('../types.js').StepNumbers | undefined} */
  shown() {
    const [step, epoch, train_loss, test_loss, test_accuracy] = this.#call((charts) => charts.shown(), new Float64Array());
    if (step === undefined) return undefined;
    const orNull = (/** @type {number} */ x) => (Number.isNaN(x) ? null : x);
    return { step, epoch, train_loss: orNull(train_loss), test_loss: orNull(test_loss), test_accuracy: orNull(test_accuracy) };
  }

  /** Where the history's axis of steps lies in a chart of this size: left, right, and the step at its end. @param {number} width @param {number} height */
  stepAxis(width, height) {
    return this.#call((charts) => charts.stepAxis(width, height), new Float64Array(3));
  }

  /** How far the axis of dW, δ and a reaches: log10 of its ends. */
  signalRange() {
    return this.#call((charts) => charts.signalRange(), new Int32Array(2));
  }

  pin() {
    this.#call((charts) => charts.pin(), undefined);
  }

  unpin() {
    this.#call((charts) => charts.unpin(), undefined);
  }

  /** The lines of `signals` on the way from the kept run's (0) to this run's (1). @param {number} progress */
  morph(progress) {
    this.#call((charts) => charts.morph(progress), undefined);
  }

  differences() {
    return this.#call((charts) => charts.differences(), 'null');
  }

  /** What the numbers of the run say, in words. @returns {Status} */
  verdict() {
    const said = this.#call((charts) => charts.status(), '');
    if (said) this.#verdict = JSON.parse(said);
    return this.#verdict;
  }

  /** The same, with what trials have found. @returns {Status} */
  status() {
    return { ...this.verdict(), ...this.#found };
  }

  /** @param {string} id @param {HTMLCanvasElement} canvas @param {number} width @param {number} height @param {number} pixelRatio */
  draw(id, canvas, width, height, pixelRatio) {
    this.#ask(id, (charts) => charts.draw(id, canvas, width, height, pixelRatio), () => clear(canvas));
  }

  /**
   * Draws a small picture beside the verdict.
   * @param {Part} id @param {HTMLCanvasElement} canvas @param {number} width @param {number} height @param {number} pixelRatio
   */
  drawPart(id, canvas, width, height, pixelRatio) {
    this.#ask(`part ${id}`, (charts) => charts.drawPart(id, canvas, width, height, pixelRatio), () => clear(canvas));
  }

  /** What such a picture shows, in a sentence; empty before the first snapshot. @param {Part} id */
  partText(id) {
    return this.#ask(`part ${id}`, (charts) => charts.partText(id), () => '');
  }

  /** @param {string} id @param {number} width @param {number} height */
  svg(id, width, height) {
    return this.#ask(id, (charts) => charts.svg(id, width, height), () => {
      throw toError(problem('Error', 'figure-broken'));
    });
  }

  /** @param {string} id @param {number} width @param {number} height @param {number} x @param {number} y */
  readout(id, width, height, x, y) {
    return this.#ask(id, (charts) => charts.readout(id, width, height, x, y), () => undefined);
  }

  /** @param {string} id @param {number} width @param {number} height @param {number} x @param {number} y */
  layerAt(id, width, height, x, y) {
    return this.#ask(id, (charts) => charts.layerAt(id, width, height, x, y), () => undefined);
  }

  /**
   * Where the strip of the network's layers lies in `signals`: left, top, right, bottom; empty where there is no room.
   * @param {number} width @param {number} height
   */
  stripArea(width, height) {
    return this.#ask('signals', (charts) => charts.stripArea(width, height), () => new Int32Array());
  }

  /** @param {string} id */
  note(id) {
    if (this.#note && id === 'signals') return String(this.#note);
    return this.#ask(id, (charts) => charts.note(id), () => (this.#views.has(id) && !this.isLoaded(id) ? this.noteOfView(id) : this.#words.say('figure-broken')));
  }

  /** @param {string} id */
  details(id) {
    return this.#ask(id, (charts) => charts.details(id), () => '');
  }

  /** @param {string} id */
  table(id) {
    return this.#ask(id, (charts) => charts.table(id), () => '{"columns":[],"rows":[]}');
  }

  free() {
    for (const id of this.#views.keys()) this.detach(id);
    this.#charts.free();
  }
}
