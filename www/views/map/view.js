// @ts-check
/** The view `map`: trainability over two settings. Nothing is trained before its reader asks for it. */
import { fetchStyleSheet } from '../../shared/assets.js';
import { messageOf } from '../../shared/errors.js';
import { loadTools, tools } from '../../shared/tools.js';
import { MapControls } from './controls.js';
import { Measurement } from './measurement.js';

/** @typedef {import('../../charts/view.js').ViewHost} ViewHost */
/** @typedef {import('../../charts/view.js').View} View */

/** What a link may say of the map. */
const ATTRIBUTE = 'map';

/** @param {ViewHost} host @returns {Promise<View>} */
export async function open(host) {
  const [sheet] = await Promise.all([fetchStyleSheet('views/map/map.css'), loadTools(), host.words.load('map')]);
  const shadow = /** @type {ShadowRoot} */ (host.lab.shadowRoot);
  shadow.adoptedStyleSheets.push(sheet);
  return new MapView(host, sheet);
}

/** @implements {View} */
class MapView {
  #map = new tools.TrainabilityMap();
  #measurement;
  /** The cell that is read. @type {number | undefined} */
  #read;
  /** The config of the laboratory, as JSON. */
  #config = '{}';
  /** The map was measured, or is being measured, for the config that it was planned with. */
  #isBegun = false;
  /** What is planned, as links have it. */
  #planned = '';
  /** @type {HTMLCanvasElement | undefined} */
  #canvas;
  #listening = new AbortController();
  #observer;

  /** @param {ViewHost} host @param {CSSStyleSheet} sheet */
  constructor(host, sheet) {
    this.host = host;
    this.sheet = sheet;
    this.#map.speak(host.words.table);
    this.#measurement = new Measurement(this.#map, () => this.#report());
    this.parts = new MapControls(host.words, {
      onmeasure: () => this.#measure(),
      onpause: () => (this.#measurement.state === 'paused' ? this.#measurement.resume() : this.#measurement.pause()),
      oncancel: () => this.#cancel(),
      onchange: (text) => this.#choose(text),
      oncolor: (name) => this.#color(name),
      onopen: () => this.#open(),
      file: (kind) => this.#file(kind),
    });
    this.controls = this.parts.element;
    this.#observer = new MutationObserver(() => this.#readAttribute());
    this.#observer.observe(host.lab, { attributes: true, attributeFilter: [ATTRIBUTE] });
    this.#config = JSON.stringify(host.lab.config);
    this.#readAttribute();
  }

  // ---- what is shown ----

  /** What the attribute says: a request, and the meaning of the colours. */
  #readAttribute() {
    const parts = (this.host.lab.getAttribute(ATTRIBUTE) ?? '').split(',');
    const color = parts.find((part) => part.startsWith('color:'))?.slice('color:'.length);
    const text = parts.filter((part) => !part.startsWith('color:')).join();
    this.#plan(text, color ?? 'accuracy');
  }

  /** Writes what is shown into the attribute, from which links have it. */
  #writeAttribute() {
    const { coloring, request } = this.#map;
    const text = coloring === 'accuracy' ? request : `${request},color:${coloring}`;
    if (text !== this.host.lab.getAttribute(ATTRIBUTE)) this.host.lab.setAttribute(ATTRIBUTE, text);
  }

  /** Plans another map, unless it is this one, and colours it. @param {string} text @param {string} [color] */
  #plan(text, color = this.#map.coloring) {
    const { words } = this.host;
    const before = this.#map.coloring;
    try {
      this.#map.setColoring(color);
      this.#map.choose(text);
      this.parts.showError('');
    } catch (error) {
      this.parts.showError(messageOf(error, words));
      return false;
    }
    this.parts.offer(JSON.parse(this.#map.axes()), this.#map.request, this.#map.coloring);
    if (this.#map.request === this.#planned) {
      if (this.#map.coloring !== before) this.#report();
      return true;
    }
    this.#planned = this.#map.request;
    this.#measurement.cancel();
    this.#isBegun = false;
    this.#read = undefined;
    this.#map.begin(this.#config);
    this.#measurement.computeTheory();
    this.#report();
    return true;
  }

  /** The reader has chosen other axes, or another resolution. @param {string} text */
  #choose(text) {
    if (this.#plan(text)) this.#writeAttribute();
  }

  /** @param {string} name */
  #color(name) {
    this.#map.setColoring(name);
    this.#writeAttribute();
    this.#report();
  }

  // ---- measuring ----

  #measure() {
    const { lab } = this.host;
    this.#config = JSON.stringify(lab.config);
    this.#map.begin(this.#config);
    this.#read = undefined;
    this.#isBegun = true;
    this.#measurement.computeTheory();
    this.#measurement.start(lab.config, this.host.uploaded());
  }

  #cancel() {
    this.#measurement.cancel();
    this.#report();
  }

  /** Something is new: draws it, with its words. */
  #report() {
    const { state, timeLeft, failure } = this.#measurement;
    const [made, expected] = this.#map.progress();
    this.parts.update({
      state,
      made,
      expected,
      timeLeft,
      failure: failure ? messageOf(failure, this.host.words) : '',
      cell: this.#read === undefined ? '' : this.#map.readout(this.#read),
      canOpen: this.#read !== undefined && this.#map.config(this.#read) !== undefined,
    });
    if (state === 'done' && this.#isBegun) this.parts.announceOnce(() => this.host.announce(this.parts.progress));
    this.host.redraw(true);
  }

  // ---- reading cells ----

  /** @param {HTMLCanvasElement} canvas */
  #listen(canvas) {
    if (this.#canvas === canvas) return;
    this.#canvas = canvas;
    this.#listening.abort();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    canvas.addEventListener('click', (event) => {
      // A finger has read nothing before: it chooses a cell first.
      const isTouch = event instanceof PointerEvent && event.pointerType === 'touch';
      if (!isTouch) this.#open();
    }, { signal });
    canvas.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || this.#read === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      this.#open();
    }, { signal });
  }

  /** Opens the run of the cell that is read in the laboratory. */
  #open() {
    const config = this.#read === undefined ? undefined : this.#map.config(this.#read);
    if (config === undefined) return;
    const { lab } = this.host;
    lab.pause();
    lab.config = JSON.parse(config);
    lab.run(this.#map.steps);
  }

  /** The map as a file. @param {'csv' | 'svg' | 'png'} kind */
  async #file(kind) {
    if (kind === 'csv') return new Blob([this.#map.csv()], { type: 'text/csv' });
    if (kind === 'svg') return new Blob([this.host.lab.toSVG(this.host.id, 900, 640)], { type: 'image/svg+xml' });
    return this.host.lab.toPNG(this.host.id, 900, 640);
  }

  // ---- what the laboratory asks and tells ----

  /** @param {string} _id @param {HTMLCanvasElement} canvas @param {number} width @param {number} height @param {number} pixelRatio */
  draw(_id, canvas, width, height, pixelRatio) {
    // A picture for a file is drawn on a canvas of its own.
    if (canvas.isConnected) this.#listen(canvas);
    this.#map.draw(canvas, width, height, pixelRatio);
  }

  /** @param {string} _id @param {number} width @param {number} height */
  svg(_id, width, height) {
    return this.#map.svg(width, height);
  }

  /** @param {string} _id @param {number} width @param {number} height @param {number} x @param {number} y */
  readout(_id, width, height, x, y) {
    const cell = this.#map.cellAt(width, height, x, y);
    if (cell !== undefined && cell !== this.#read) {
      this.#read = cell;
      this.#map.select(cell);
      this.parts.showCell(this.#map.readout(cell), this.#map.config(cell) !== undefined);
      this.host.redraw();
    }
    return cell === undefined ? undefined : this.#map.brief(cell);
  }

  layerAt() {
    return undefined;
  }

  note() {
    return this.#map.note();
  }

  details() {
    return this.#map.details();
  }

  table() {
    return this.#map.table();
  }

  /** @param {boolean} dark @param {Uint32Array} colours */
  paint(dark, colours) {
    this.#map.paint(dark, colours);
  }

  /** @param {string} config */
  begin(config) {
    this.configure(config);
  }

  /** @param {string} config */
  configure(config) {
    this.#map.setHere(config);
    // What is not begun follows the laboratory.
    if (!this.#isBegun && config !== this.#config) {
      this.#config = config;
      this.#map.begin(config);
      this.#measurement.computeTheory();
    }
    this.host.redraw(true);
  }

  /** @param {string} table */
  speak(table) {
    this.#map.speak(table);
    this.parts.offer(JSON.parse(this.#map.axes()), this.#map.request, this.#map.coloring);
    this.parts.speak();
    this.#report();
  }

  dispose() {
    this.#observer.disconnect();
    this.#listening.abort();
    this.#measurement.dispose();
    this.#map.free();
    const shadow = /** @type {ShadowRoot} */ (this.host.lab.shadowRoot);
    shadow.adoptedStyleSheets = shadow.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet);
  }
}
