// @ts-check
/** The network beside the text: it takes on what a paragraph says, unless the reader has settings of their own. */
import { wasm } from '../shared/wasm.js';
import { WIDE } from './reading.js';

/** @typedef {import('../gradient-flow.js').GradientFlow} GradientFlow */
/** @typedef {import('./step.js').Step} Step */

const STILL = matchMedia('(prefers-reduced-motion: reduce)');

/** The same text for the same config, however its numbers are written. @param {string} config */
const normal = (config) => JSON.stringify(JSON.parse(config));

export class Stage {
  /** The paragraph that the text is at. @type {Step | undefined} */
  current;
  /** The config that was set for it. */
  #applied = '';
  /** The run to its last step was started by us, and not by the reader. */
  #isOurs = false;
  /** It was paused while one scrolled. */
  #isWaiting = false;

  /**
   * @param {GradientFlow} lab
   * @param {HTMLElement} foot
   * @param {() => void} onchange Another paragraph, config or state.
   */
  constructor(lab, foot, onchange) {
    this.lab = lab;
    this.onchange = onchange;
    this.which = /** @type {HTMLElement} */ (foot.querySelector('.which'));
    this.back = /** @type {HTMLButtonElement} */ (foot.querySelector('.back'));
    this.open = /** @type {HTMLAnchorElement} */ (foot.querySelector('.open'));
    this.back.addEventListener('click', () => {
      if (this.isAsking) this.lab.removeAttribute('lesson');
      else if (this.current) this.show(this.current);
    });
    lab.addEventListener('gradient-flow-config', () => this.#update());
    new MutationObserver(() => this.#endQuestion()).observe(lab, { attributeFilter: ['lesson'] });
  }

  /** A question or a puzzle is shown. */
  get isAsking() {
    return this.lab.hasAttribute('lesson');
  }

  /** The reader has changed a setting. */
  get isOwn() {
    return this.#applied !== '' && JSON.stringify(this.lab.config) !== this.#applied;
  }

  /** The network is just what the paragraph describes. */
  get isAsWritten() {
    return !this.isOwn && this.lab.snapshot?.step === this.current?.steps;
  }

  /** One reads on: takes on this paragraph, unless that would undo what the reader does. @param {Step} step */
  read(step) {
    const isFree = !this.isOwn && !this.isAsking;
    this.#choose(step);
    if (isFree) this.show(step);
    else this.#update();
  }

  /** Takes on a paragraph. @param {Step} step */
  show(step) {
    this.#choose(step);
    if (this.isAsking) this.lab.removeAttribute('lesson');
    const { lab } = this;
    const config = normal(wasm.configFromQuery(step.query));
    const isSame = JSON.stringify(lab.config) === config;
    this.#applied = config;
    this.#isOurs = this.#isWaiting = false;
    lab.pause();
    if (lab.charts !== step.charts) lab.charts = step.charts;
    if (lab.controls !== step.controls) lab.controls = step.controls;
    if (!isSame) lab.config = JSON.parse(config);
    const reached = isSame ? (lab.snapshot?.step ?? 0) : 0;
    if (reached > step.steps) lab.reset();
    this.#runTo(step.steps - (reached > step.steps ? 0 : reached));
    this.#update();
  }

  /** @param {string} address */
  ask(address) {
    this.#isOurs = this.#isWaiting = false;
    this.lab.pause();
    this.lab.setAttribute('lesson', address);
    this.#update();
  }

  /** Makes room for scrolling where the processor is slow: a run of ours waits. @param {boolean} isMoving */
  makeWay(isMoving) {
    if (isMoving && this.#isOurs && this.lab.running && !WIDE.matches) {
      this.lab.pause();
      this.#isWaiting = true;
    } else if (!isMoving && this.#isWaiting) {
      this.#isWaiting = false;
      if (!this.isOwn && this.current) this.#runTo(this.current.steps - (this.lab.snapshot?.step ?? 0));
    }
  }

  /** @param {Step} step */
  #choose(step) {
    if (step === this.current) return;
    this.current?.mark(false);
    this.current = step;
    step.mark(true);
    this.onchange();
  }

  /** Trains for some steps; at once where nothing may move by itself. @param {number} count */
  #runTo(count) {
    if (count <= 0) return;
    this.#isOurs = true;
    // A pause or another paragraph ends it; a failure is on the screen.
    if (STILL.matches) this.lab.step(count).catch(() => {});
    else this.lab.run(count);
  }

  #endQuestion() {
    if (!this.isAsking && this.current) this.show(this.current);
    this.#update();
  }

  #update() {
    const { isOwn, isAsking } = this;
    const text = isAsking ? 'A question' : isOwn ? 'Your settings' : '';
    if (this.which.textContent !== text) this.which.textContent = text;
    this.back.textContent = isAsking ? 'Back to the text' : 'Back to this paragraph';
    this.back.hidden = !isOwn && !isAsking;
    this.open.href = `./#${wasm.configToQuery(JSON.stringify(this.lab.config))}`;
    this.onchange();
  }
}
