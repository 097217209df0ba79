// @ts-check
/** The lessons of an element: enters and leaves them. Loaded when one is asked for. */
import { toError } from '../shared/errors.js';
import { problem } from '../shared/problems.js';
import { ENGLISH } from '../shared/words.js';
import { Card } from './card.js';
import { Guide } from './guide.js';
import { formatAddress, openLesson, parseAddress } from './library.js';
import { openMenu } from './menu.js';
import { Origin } from './origin.js';
import { reportError } from './report.js';
import { addLessonStyles } from './styles.js';

/** @typedef {import('../element/laboratory.js').Laboratory} Laboratory */
/** @typedef {import('./library.js').OpenLesson} OpenLesson */
/** @typedef {import('./records.js').Answer} Answer */

export class Lessons {
  /** Leads through the lesson that is on. @type {Guide | undefined} */
  #guide;
  /** What was there before. @type {Origin | undefined} */
  #origin;
  /** The number of the last lesson asked for. */
  #entry = 0;
  /** The attribute as it was last read or written here. @type {string | null} */
  #mirrored = null;
  #language;

  /** @param {Laboratory} laboratory */
  static async create(laboratory) {
    await Promise.all([addLessonStyles(laboratory.host.shadowRoot), laboratory.words.load('lessons'), ENGLISH.load('lessons')]);
    return new Lessons(laboratory);
  }

  /** @param {Laboratory} laboratory */
  constructor(laboratory) {
    const { host, words, screen } = laboratory;
    this.laboratory = laboratory;
    this.host = host;
    this.words = words;
    const step = (/** @type {number} */ by) => this.#guide?.go(this.index + by);
    this.card = new Card(words, { previous: () => step(-1), next: () => step(1), leave: () => this.leave(), back: () => this.#guide?.back() });
    this.#language = new MutationObserver(() => this.#guide?.retell());
    this.#language.observe(screen.root, { attributes: true, attributeFilter: ['lang'] });
    for (const name of ['gradient-flow-snapshot', 'gradient-flow-config']) host.addEventListener(name, this);
    host.addEventListener('keydown', this, true);
  }

  /** @param {Event} event */
  handleEvent(event) {
    const guide = this.#guide;
    if (!guide) return;
    if (event.type === 'keydown') guide.guard(/** @type {KeyboardEvent} */ (event));
    else if (event.type === 'gradient-flow-snapshot') guide.follow();
    else {
      // Whoever has removed the attribute and now sets a config wants that one.
      if (this.#mirrored !== null && !this.host.hasAttribute('lesson')) this.#origin?.forgetConfig();
      guide.followConfig();
    }
  }

  openMenu() {
    return openMenu(this);
  }

  /** Tells why something could not be done. @param {unknown} error */
  report(error) {
    reportError(this.laboratory, error);
  }

  // ---- what is on ----

  /** @returns {OpenLesson | undefined} */
  get lesson() {
    return this.#guide?.lesson;
  }

  /** The part that is shown, counted from 0. */
  get index() {
    return this.#guide?.index ?? 0;
  }

  /** By part: plain data, with which the lesson can be entered again. */
  get answers() {
    return this.#guide?.answers ?? [];
  }

  /** What was guessed and answered, for a report. */
  get records() {
    return this.#guide?.records ?? [];
  }

  /** How many steps of so many may be made. @param {number} steps */
  limit(steps) {
    return this.#guide?.limit(steps) ?? steps;
  }

  // ---- entering and leaving ----

  /** The attribute `lesson` may name another one. */
  async follow() {
    const address = this.host.getAttribute('lesson');
    if (address === this.#mirrored || address === null) return;
    this.#mirrored = address;
    const { id, part } = parseAddress(address);
    try {
      await this.enter(id, part);
    } catch (error) {
      // The attribute names what is on.
      if (this.host.getAttribute('lesson') === address) this.#mirror(this.#address);
      throw error;
    }
  }

  /** The attribute for what is on. */
  get #address() {
    return this.lesson && !this.lesson.isFile ? formatAddress(this.lesson.id, this.index + 1) : null;
  }

  /**
   * Enters a lesson. Rejects with a named error if it cannot be read; then all stays as it is.
   * @param {string | File} source Its id, its address, or its file. @param {number} [part] From 1.
   * @param {{ answers?: Answer[], keepRun?: boolean }} [options] `answers`: by part, those that were given before.
   *   `keepRun`: config and run are those of the part already.
   */
  async enter(source, part = 1, { answers = [], keepRun = false } = {}) {
    const entry = (this.#entry += 1);
    const { laboratory } = this;
    const isOn = this.lesson?.id === source;
    const lesson = this.lesson && isOn ? this.lesson : await openLesson(source);
    const isSuperseded = entry !== this.#entry || !laboratory.figures;
    if (isSuperseded || part < 1 || part > lesson.parts.length) {
      if (!isOn) lesson.free();
      if (isSuperseded) return;
      throw toError(problem('LessonError', 'lessons-no-part', { part, parts: lesson.parts.length }));
    }
    this.#origin ??= new Origin(laboratory, keepRun);
    if (!isOn) {
      this.#guide?.end();
      this.#guide = new Guide(laboratory, lesson, this.card, {
        onpart: () => this.#mirror(this.#address),
        enter: (id) => laboratory.lesson.with((lessons) => lessons.enter(id)),
        leave: () => this.leave(),
      });
    }
    this.#guide?.takeAnswers(answers);
    laboratory.screen.status.dismiss();
    laboratory.screen.status.element.prepend(this.card.element);
    await this.#guide?.go(part - 1, { keepRun });
  }

  /** Leaves the lesson, and brings back what was there before. */
  leave() {
    if (!this.#guide) return;
    const origin = this.#origin;
    this.#release();
    this.#mirror(null);
    this.laboratory.screen.status.element.focus({ preventScroll: true });
    origin?.restore();
  }

  /** The element has been removed. */
  end() {
    this.#language.disconnect();
    for (const name of ['gradient-flow-snapshot', 'gradient-flow-config']) this.host.removeEventListener(name, this);
    this.host.removeEventListener('keydown', this, true);
    this.#entry += 1;
    if (!this.#guide) return;
    this.#origin?.restoreConfig();
    this.#release();
  }

  /** Gives back all that the lesson has. */
  #release() {
    this.#entry += 1;
    this.#guide?.end();
    this.#guide = undefined;
    this.#origin = undefined;
    this.card.element.remove();
  }

  /** Goes back by one for Escape; returns whether a lesson was on. */
  escape() {
    const isOn = this.lesson !== undefined;
    this.leave();
    return isOn;
  }

  /** Writes the place into the attribute. @param {string | null} address */
  #mirror(address) {
    this.#mirrored = address;
    if (address === null) this.host.removeAttribute('lesson');
    else this.host.setAttribute('lesson', address);
  }
}
