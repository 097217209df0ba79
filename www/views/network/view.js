// @ts-check
/** The view `network`: the network as columns of cells with one sample inside, and the choice of that sample. */
import { fetchStyleSheet } from '../../shared/assets.js';
import { el } from '../../shared/dom.js';
import { loadTools, tools } from '../../shared/tools.js';
import { Walk } from './walk.js';

/** @typedef {import('../../charts/view.js').ViewHost} ViewHost */
/** @typedef {import('../../charts/view.js').View} View */

/** @type {import('../../charts/view.js').ViewModule['open']} */
export async function open(host) {
  const [sheet] = await Promise.all([fetchStyleSheet('views/network/network.css'), loadTools(), host.words.load('network')]);
  host.lab.shadowRoot?.adoptedStyleSheets.push(sheet);
  return new NetworkView(host, sheet);
}

/** @implements {View} */
class NetworkView {
  #view = new tools.NetworkView();
  /** What the samples are called, a line each. */
  #choices = '';
  /** The step that is shown. @type {number | undefined} */
  #step;
  requests = { sample: 0 };

  /** @param {ViewHost} host @param {CSSStyleSheet} sheet */
  constructor(host, sheet) {
    this.host = host;
    this.sheet = sheet;
    const { words } = host;
    this.sample = el('select', { id: 'gf-network-sample' });
    this.sample.addEventListener('change', () => {
      this.requests = { sample: this.sample.selectedIndex };
      host.request();
    });
    const choice = el('span', { class: 'view-choice' }, [el('label', { for: 'gf-network-sample' }, [words.text('network-sample')]), this.sample]);
    this.walk = new Walk(host, {
      stages: () => this.#view.stages(),
      tell: (stage) => {
        const told = this.#view.tellStage(stage);
        return told ? JSON.parse(told) : undefined;
      },
      show: (stage, progress) => this.#view.walkTo(stage, progress),
    });
    this.controls = el('div', { class: 'view-controls' }, [choice, this.walk.startButton, this.walk.element]);
    this.speak();
  }

  /** @param {string} _id @param {HTMLCanvasElement} canvas @param {number} width @param {number} height @param {number} pixelRatio */
  draw(_id, canvas, width, height, pixelRatio) {
    this.#view.draw(canvas, width, height, pixelRatio);
  }

  /** @param {string} _id @param {number} width @param {number} height */
  svg(_id, width, height) {
    return this.#view.svg(width, height);
  }

  /** @param {string} _id @param {number} width @param {number} height @param {number} x @param {number} y */
  readout(_id, width, height, x, y) {
    return this.#view.readout(width, height, x, y);
  }

  /** @param {string} _id @param {number} width @param {number} height @param {number} x @param {number} y */
  layerAt(_id, width, height, x, y) {
    return this.#view.layerAt(width, height, x, y);
  }

  note() {
    return this.#view.note();
  }

  details() {
    return '';
  }

  table() {
    return this.#view.table();
  }

  /** @param {boolean} dark @param {Uint32Array} colours */
  paint(dark, colours) {
    this.#view.paint(dark, colours);
  }

  /** @param {string} config */
  begin(config) {
    this.#view.begin(config);
    this.#step = undefined;
  }

  /** @param {string} config */
  configure(config) {
    this.#view.configure(config);
  }

  /** @param {number} layer */
  select(layer) {
    this.#view.select(layer);
  }

  /** @param {number | undefined} step */
  travel(step) {
    this.#view.travel(step);
    this.#followStep();
  }

  /** @type {NonNullable<View['push']>} */
  push(words, classes, firstNonfinite, passage = new Uint32Array()) {
    this.#view.push(words, classes, firstNonfinite, passage, this.host.signalRange());
    this.#offerSamples();
    this.#followStep();
  }

  /** The walk is one through the step that is shown. */
  #followStep() {
    const step = this.#view.step();
    this.walk.follow(step !== this.#step);
    this.#step = step;
  }

  speak() {
    this.#view.speak(this.host.words.table);
    this.#offerSamples();
    this.walk.retell();
  }

  /** The samples to choose from, which are others with other data. */
  #offerSamples() {
    const choices = this.#view.choices();
    if (choices.length === 0 || choices.join('\n') === this.#choices) return;
    this.#choices = choices.join('\n');
    this.sample.replaceChildren(...choices.map((name) => el('option', {}, [name])));
    this.sample.selectedIndex = Math.min(this.requests.sample, choices.length - 1);
  }

  dispose() {
    this.walk.dispose();
    const { shadowRoot } = this.host.lab;
    if (shadowRoot) shadowRoot.adoptedStyleSheets = shadowRoot.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet);
    this.#view.free();
  }
}
