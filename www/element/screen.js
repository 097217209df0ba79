// @ts-check
/** What an element shows: bar, verdict, outcome and charts in one root, their language, colours and sizes, and what keys and paper do to them. */
import { attachStyles } from '../shared/assets.js';
import { el, retell } from '../shared/dom.js';
import { keepFocus, moveFocus } from '../shared/focus.js';
import { Announcer } from './announcer.js';
import { Comparison } from './comparison.js';
import { morphFromKept } from './morph.js';
import { Outcome } from './outcome.js';
import { Present } from './present.js';
import { Pulse } from './pulse.js';
import { RenderThrottle } from './render-throttle.js';
import { RunBar } from './run-bar.js';
import { StatusLine } from './status-line.js';
import { ThemeProbe } from './theme-probe.js';

/** @typedef {import('../charts/figures.js').Figures} Figures */
/** @typedef {import('../types.js').Snapshot} Snapshot */
/** @typedef {import('../types.js').StepNumbers} StepNumbers */
/** @typedef {import('../types.js').Values} Values */

export class Screen {
  /** The charts, while the element is in a document. @type {Figures | undefined} */
  #figures;
  /** What is needed before anything is shown. */
  #isReady = { styles: false, language: false };
  /** A fix has been applied: what it has changed has not been told yet, and lines will move from the kept run's. */
  #isFixed = false;
  root = el('div', { class: 'lab loading', lang: 'en' });
  announcer = new Announcer();
  #theme = new ThemeProbe(() => this.paint());
  #pulse = new Pulse();
  #throttle = new RenderThrottle((snapshot) => this.#render(snapshot));

  /**
   * @param {import('./element.js').GradientFlow} host
   * @param {import('../shared/words.js').Words} words
   * @param {import('./run.js').Run} run
   * @param {{ config: () => Values, fix: (patch: Values) => void, share: () => void, export: () => void, lessons: () => void,
   *   onshowsamples: () => void }} actions
   *   `onshowsamples` is called when samples come into sight or leave it.
   */
  constructor(host, words, run, actions) {
    this.host = host;
    this.words = words;
    this.run = run;
    this.actions = actions;
    this.status = new StatusLine(words, { fix: actions.fix, unpin: () => this.unpin(), returnToLatest: () => this.returnToLatest() });
    this.outcome = new Outcome(words, actions.onshowsamples);
    this.bar = new RunBar(words, {
      run: () => (host.running ? host.pause() : host.run()),
      step: () => host.step().catch(() => {}),
      reset: () => host.reset(),
      pin: () => this.togglePin(),
      speed: (speed) => host.setAttribute('speed', speed),
      theme: () => host.setAttribute('theme', this.#theme.isDark ? 'light' : 'dark'),
      share: actions.share,
      export: actions.export,
      lessons: actions.lessons,
      present: () => this.present(),
      settings: () => this.root.classList.toggle('sheet') && moveFocus(this.root.querySelector('.controls')),
    });
    this.comparison = new Comparison(words, { root: this.root, bar: this.bar, status: this.status, run, showNumbers: (numbers) => this.#showNumbers(numbers) });
    this.#present = new Present(this.root, this.bar, () => this.#figures);
    this.#attach();
  }

  #present;

  #attach() {
    const shadow = this.host.attachShadow({ mode: 'open' });
    // Stays hidden until its style sheets and its language are loaded.
    this.root.hidden = true;
    shadow.append(this.root);
    attachStyles(shadow, () => this.reveal('styles'));
    this.root.append(this.#theme.element, this.announcer.element, this.bar.element, this.status.element, this.outcome.element);
  }

  /** One more of what is needed is ready. @param {'styles' | 'language'} part */
  reveal(part) {
    this.#isReady[part] = true;
    if (!this.#isReady.styles || !this.#isReady.language) return;
    this.root.hidden = false;
    this.paint();
  }

  /** The element has been put into a document. */
  connect() {
    addEventListener('beforeprint', this);
    addEventListener('afterprint', this);
  }

  /** The element has been removed. */
  disconnect() {
    removeEventListener('beforeprint', this);
    removeEventListener('afterprint', this);
    this.#throttle.cancel();
  }

  /** There are charts now; undefined: not any more. */
  set figures(/** @type {Figures | undefined} */ figures) {
    if (figures) this.root.append(figures.element);
    else this.comparison.showStep(undefined);
    this.#figures = figures;
    this.outcome.figures = figures;
    if (figures) figures.outcome = this.outcome;
    if (figures) this.paint();
    else this.comparison.update(undefined);
  }

  /** Other charts are shown. */
  updateCharts() {
    this.#present.update();
  }

  /** Says everything again in the language that the words have now. */
  speak() {
    this.root.lang = this.words.tag;
    retell(this.root);
  }

  /** Draws all in the page's colours and the reader's size of text. */
  paint() {
    if (this.root.hidden) return;
    const scale = this.#theme.textScale;
    this.root.style.setProperty('--gf-rem', `${16 * scale}px`);
    this.root.classList.toggle('large', scale > 1.1);
    const figures = this.#figures;
    if (!figures) return;
    figures.textScale = scale;
    figures.charts.paint(this.#theme.isDark, this.#theme.colours);
    figures.invalidate();
  }

  // ---- snapshots ----

  /** A fix has been applied, and its run will begin. */
  expectFix() {
    this.#isFixed = true;
    // The button that was pressed goes with the first verdict of the new run.
    this.status.element.focus({ preventScroll: true });
  }

  /** Another run begins. @param {Figures} figures @param {Snapshot} snapshot Its first. @param {string} config */
  begin(figures, snapshot, config) {
    figures.charts.begin(config);
    figures.travel(undefined);
    figures.deselectBeyond(snapshot.layers.dw_rms.length);
    this.comparison.update(figures);
    if (this.#isFixed) this.announcer.announce(this.status.comparison);
    this.root.classList.remove('loading', 'failed');
  }

  /** The charts have a snapshot: draws it. @param {Figures} figures @param {boolean} isFirst Of its run. */
  draw(figures, isFirst) {
    if (isFirst && this.#isFixed) morphFromKept(figures);
    if (isFirst) this.#isFixed = false;
    else this.#pulse.beat(figures);
    figures.invalidate(false, this.run.running);
  }

  /** Shows a snapshot in words and numbers, now or soon. @param {Snapshot} snapshot @param {boolean} now */
  show(snapshot, now) {
    this.#throttle.update(snapshot, now);
  }

  /** Shows the latest snapshot in words and numbers now. */
  flush() {
    this.#throttle.flush();
  }

  /** The frame that has updated words has taken so long. @param {number} milliseconds */
  spend(milliseconds) {
    this.#throttle.spend(milliseconds);
  }

  /** @param {Snapshot} snapshot */
  #render(snapshot) {
    const figures = this.#figures;
    if (!figures) return;
    const status = figures.charts.status();
    this.#showNumbers(this.comparison.numbers ?? snapshot);
    this.status.show(status);
    if (!this.root.classList.contains('mute')) this.announcer.tick(status, this.run.running);
    figures.scrubber.latestStep = snapshot.step;
    this.comparison.showLatest(snapshot.step);
    figures.invalidate(true, this.run.running);
  }

  /** @param {StepNumbers} numbers */
  #showNumbers(numbers) {
    const classes = this.run.snapshot?.classes ?? [];
    this.bar.show(numbers, classes);
    this.outcome.show(numbers, classes, this.actions.config());
  }

  // ---- comparing ----

  returnToLatest() {
    this.comparison.returnToLatest(this.#figures);
  }

  pin() {
    this.comparison.pin(this.#figures);
  }

  unpin() {
    keepFocus(this.status.element, () => this.comparison.unpin(this.#figures), this.bar.pinButton, this.status.element);
  }

  // ---- keys and paper ----

  togglePin() {
    if (this.bar.pinned) this.unpin();
    else this.pin();
  }

  /** Enlarges one chart for a lecture hall, or goes back to all. */
  present() {
    this.#present.toggle();
  }

  /** Restarts by a key, which slips easily: a run that would be lost is kept, unless another one is. */
  restart() {
    if (!this.bar.pinned && this.run.snapshot?.step) this.pin();
    this.host.reset();
  }

  /** Goes back by one: from an open box, the settings, an earlier step, presenting, a selected layer. Returns whether there was one. */
  escape() {
    const figures = this.#figures;
    if (this.status.reasons.close() || figures?.close()) return true;
    if (this.root.classList.contains('sheet')) {
      this.bar.settingsButton.click();
      moveFocus(this.bar.settingsButton);
      return true;
    }
    if (this.comparison.numbers) {
      this.returnToLatest();
      return true;
    }
    if (this.#present.isOn) {
      this.present();
      return true;
    }
    if (figures?.selected === undefined || !figures.element.querySelector('canvas:focus')) return false;
    figures.select(undefined);
    return true;
  }

  /** Prints. @param {Event} event */
  handleEvent({ type }) {
    const isPrinting = type === 'beforeprint';
    this.root.classList.toggle('print', isPrinting);
    this.paint();
    this.#figures?.print(isPrinting);
  }
}
