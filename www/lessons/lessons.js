// @ts-check
/** The lessons of an element: enters and leaves them, and leads through their parts. Loaded when one is asked for. */
import { emit } from '../element/events.js';
import { toError } from '../shared/errors.js';
import { moveFocus } from '../shared/focus.js';
import { problem } from '../shared/problems.js';
import { tools } from '../shared/tools.js';
import { wasm } from '../shared/wasm.js';
import { ENGLISH } from '../shared/words.js';
import { Card } from './card.js';
import { grade } from './grade.js';
import { formatAddress, lessonAfter, openLesson, parseAddress } from './library.js';
import { openMenu } from './menu.js';
import { Origin } from './origin.js';
import { PartView } from './part.js';
import { progress } from './progress.js';
import { reportError } from './report.js';
import { LessonStage } from './stage.js';
import { addLessonStyles } from './styles.js';

/** @typedef {import('../element/laboratory.js').Laboratory} Laboratory */
/** @typedef {import('../types.js').LessonAnswer} LessonAnswer */
/** @typedef {import('../types.js').LessonEvent} LessonEvent */
/** @typedef {import('../types.js').LessonRecord} LessonRecord */
/** @typedef {import('./library.js').OpenLesson} OpenLesson */
/** What was answered in a part; a null guess was skipped. @typedef {{ guess: LessonAnswer | null } | null | undefined} Answer */

/** Milliseconds between updates of numbers in the text during a run. */
const UPDATE_INTERVAL = 250;
/** Keys that would train before a prediction. */
const RUN_KEYS = [' ', 's', 'r'];

export class Lessons {
  /** The one that is on. @type {OpenLesson | undefined} */
  lesson;
  /** By part: plain data, with which it can be entered again. @type {Answer[]} */
  answers = [];
  /** What was guessed and answered, by part. @type {(LessonRecord | undefined)[]} */
  #records = [];
  /** The part that is shown, counted from 0. */
  index = 0;
  /** @type {import('./stage.js').Stage} */
  #stageName = 'open';
  /** @type {PartView | undefined} */
  #view;
  /** What was there before. @type {Origin | undefined} */
  #origin;
  /** The number of the last change of place: what was begun for an older one is out of date. */
  #turn = 0;
  /** The number of the last lesson asked for. */
  #entry = 0;
  /** The attribute as it was last read or written here. @type {string | null} */
  #mirrored = null;
  /** The settings have changed, and snapshots of the network before may still come. */
  #isStale = false;
  /** The config of the last change, as JSON. */
  #lastConfig = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

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
    this.card = new Card(words, { previous: () => this.go(this.index - 1), next: () => this.go(this.index + 1), leave: () => this.leave(), back: () => this.back() });
    this.stage = new LessonStage(laboratory);
    this.languageObserver = new MutationObserver(() => this.#retell());
    this.languageObserver.observe(screen.root, { attributes: true, attributeFilter: ['lang'] });
    host.addEventListener('gradient-flow-snapshot', this);
    host.addEventListener('gradient-flow-config', this);
    host.addEventListener('keydown', this, true);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (!this.lesson) return;
    if (event.type === 'gradient-flow-snapshot') this.#follow();
    else if (event.type === 'gradient-flow-config') this.#followConfig();
    else this.#guard(/** @type {KeyboardEvent} */ (event));
  }

  openMenu() {
    return openMenu(this);
  }

  /** Tells why something could not be done. @param {unknown} error */
  report(error) {
    reportError(this.laboratory, error);
  }

  // ---- entering and leaving ----

  /** The attribute `lesson` may name another one. */
  async follow() {
    const address = this.host.getAttribute('lesson');
    if (address === this.#mirrored || address === null) return;
    this.#mirrored = address;
    const { id, part } = parseAddress(address);
    await this.enter(id, part);
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
    if (this.lesson && this.lesson.id === source) {
      this.#checkPart(this.lesson, part);
    } else {
      const lesson = await openLesson(source);
      if (entry !== this.#entry || !laboratory.figures) {
        lesson.free();
        return;
      }
      try {
        this.#checkPart(lesson, part);
      } catch (error) {
        lesson.free();
        throw error;
      }
      this.lesson?.free();
      this.lesson = lesson;
      this.answers = [];
      this.#records = [];
    }
    if (answers.length > 0) this.answers = [...answers];
    this.#origin ??= new Origin(laboratory);
    this.#lastConfig = laboratory.store.json;
    laboratory.screen.status.dismiss();
    laboratory.screen.status.element.prepend(this.card.element);
    if (keepRun) laboratory.screen.returnToLatest();
    await this.go(part - 1, { keepRun });
  }

  /** @param {OpenLesson} lesson @param {number} part */
  #checkPart({ parts }, part) {
    if (part >= 1 && part <= parts.length) return;
    throw toError(problem('LessonError', 'lessons-no-part', { part, parts: parts.length }));
  }

  /** Leaves the lesson, and brings back what was there before. */
  leave() {
    if (!this.lesson) return;
    const origin = this.#origin;
    this.#release();
    this.#mirror(null);
    this.laboratory.screen.status.element.focus({ preventScroll: true });
    origin?.restore();
  }

  /** The element has been removed. */
  end() {
    this.languageObserver.disconnect();
    for (const name of ['gradient-flow-snapshot', 'gradient-flow-config']) this.host.removeEventListener(name, this);
    this.host.removeEventListener('keydown', this, true);
    this.#entry += 1;
    if (!this.lesson) return;
    this.#origin?.restoreConfig();
    this.#release();
  }

  /** Gives back all that the lesson has. */
  #release() {
    this.#turn += 1;
    this.#entry += 1;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#view?.end();
    this.#view = undefined;
    this.#stageName = 'open';
    this.stage.end();
    this.card.element.remove();
    this.lesson?.free();
    this.lesson = undefined;
    this.#origin = undefined;
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

  // ---- parts ----

  /** Goes to a part. @param {number} index From 0. @param {{ keepRun?: boolean }} [options] */
  async go(index, { keepRun = false } = {}) {
    const { lesson, laboratory, words, host } = this;
    const part = lesson?.parts[index];
    if (!lesson || !part || !laboratory.figures) return;
    const turn = (this.#turn += 1);
    this.index = index;
    this.#mirror(lesson.isFile ? null : formatAddress(lesson.id, index + 1));
    this.#view?.end();
    this.card.begin({ lesson: lesson.title, title: part.title, part: index + 1, parts: lesson.parts.length });
    const view = (this.#view = new PartView(words, this.card, part, {
      answer: (guess) => this.#answer(guess),
      labels: (settings) => this.#labels(settings),
      startOver: () => this.back(),
    }));
    const known = this.answers[index];
    const isAsked = part.ask !== null && !known && lesson.predict && host.predict !== 'off';
    this.#setStage(isAsked ? 'asked' : 'training');
    if (!keepRun) this.#build();
    this.#showModified();
    moveFocus(this.card.title);
    if (isAsked || known) await view.ask(laboratory.figures, JSON.parse(laboratory.store.json).depth + 1);
    if (turn !== this.#turn) return;
    if (isAsked) {
      await this.#train(0);
      if (turn === this.#turn) this.#emit('asked');
    } else {
      await this.#open(part.ask ? (known?.guess ?? null) : undefined, keepRun ? 0 : part.steps);
    }
  }

  /** Builds the network of the part. */
  #build() {
    const { laboratory, host } = this;
    host.pause();
    laboratory.screen.returnToLatest();
    laboratory.screen.unpin();
    laboratory.store.set(JSON.parse(this.#config));
    laboratory.run.build();
    this.#isStale = true;
    this.#lastConfig = laboratory.store.json;
  }

  /** The config of the part, as JSON. */
  get #config() {
    return wasm.configFromQuery(this.lesson?.parts[this.index].query ?? '');
  }

  /** @param {import('./stage.js').Stage} name */
  #setStage(name) {
    const part = this.lesson?.parts[this.index];
    if (!part) return;
    this.#stageName = name;
    this.stage.set(part, name, { isSolved: this.#view?.puzzle?.isSolved ?? false });
  }

  /** Trains the newest network to a step, at full speed. What goes wrong is told by the element itself. @param {number} step */
  async #train(step) {
    try {
      const { step: now } = await this.host.step(0);
      if (step > now) await this.host.step(step - now);
    } catch {
      // Superseded, or failed: the part is read with what there is.
    }
  }

  /** A question has been answered, or skipped. @param {LessonAnswer | null} guess */
  async #answer(guess) {
    const part = this.lesson?.parts[this.index];
    if (!part || this.#stageName !== 'asked') return;
    this.answers[this.index] = { guess };
    this.#emit('predicted', { guess });
    this.#view?.lock(part.steps);
    this.#setStage('training');
    await this.#open(guess, part.steps, true);
  }

  /**
   * Shows what the part shows after its question.
   * @param {LessonAnswer | null | undefined} guess Undefined where nothing is asked. @param {number} steps How far it is trained.
   * @param {boolean} [isNew] It has just been answered.
   */
  async #open(guess, steps, isNew = false) {
    const [turn, { lesson, index, laboratory, words, host }, view] = [this.#turn, this, this.#view];
    await this.#train(steps);
    if (turn !== this.#turn || !lesson || !view || !host.snapshot) return;
    const part = lesson.parts[index];
    const result = part.ask && guess !== undefined && guess !== null ? grade(words, lesson, index, guess, laboratory.store.json, host.snapshot) : null;
    this.#update();
    const first = await view.open(guess, result, host.snapshot.layers.dw_rms);
    if (turn !== this.#turn) return;
    this.#setStage('open');
    this.#offerWays(lesson, index);
    this.#judge();
    if (guess !== undefined) this.#record(view, guess, result);
    if (!part.goal) this.#finish(lesson, index);
    if (isNew) {
      // In a small frame the chart is to be seen now.
      this.card.isFolded = laboratory.screen.root.clientHeight < 480;
      moveFocus(...(this.card.isFolded ? [this.card.fold] : [first, this.card.title]));
      if (result) laboratory.screen.announcer.announce(result.text);
      this.#emit('revealed', { guess: guess ?? null, result });
    }
    this.#update();
  }

  /** What one can do below the text. @param {OpenLesson} lesson @param {number} index */
  #offerWays(lesson, index) {
    const { card, words } = this;
    card.foot.replaceChildren(...(this.#view?.puzzle ? [this.#view.puzzle.buttons] : []));
    // A puzzle wants to be solved first.
    const isMain = this.#view?.puzzle?.isSolved !== false;
    if (index + 1 < lesson.parts.length) {
      card.addAction(words.text('lessons-next'), () => this.go(index + 1), isMain);
      return;
    }
    const next = lesson.isBuiltIn ? lessonAfter(lesson.id) : undefined;
    if (next) card.addAction(words.text('lessons-next-lesson', { title: next.title }), () => this.laboratory.lesson.with((lessons) => lessons.enter(next.id)), isMain);
    else card.addAction(words.text('lessons-leave'), () => this.leave(), isMain);
  }

  /** The part is done. @param {OpenLesson} lesson @param {number} index */
  #finish({ id, isBuiltIn, parts }, index) {
    if (isBuiltIn) progress.add(id, index + 1, parts.length);
  }

  /** Back to the network of the part, as far as it was trained. */
  async back() {
    const part = this.lesson?.parts[this.index];
    if (!part) return;
    this.#build();
    this.#showModified();
    this.#setStage(this.#stageName);
    if (this.#stageName === 'open') await this.#train(part.goal ? 0 : part.steps);
  }

  // ---- the run ----

  /** A snapshot has come. */
  #follow() {
    const { snapshot, running } = this.host;
    if (snapshot?.step === 0) this.#begin();
    this.#judge();
    this.#timer ??= setTimeout(() => this.#update(), running ? UPDATE_INTERVAL : 0);
  }

  /** A network's first snapshot. */
  #begin() {
    this.#isStale = false;
    // It runs on with a limit that was meant for the one before.
    if (this.host.running && this.limit(Infinity) < Infinity && this.laboratory.run.limit < this.limit(Infinity)) this.laboratory.start(Infinity);
  }

  /** How many steps of so many may be made: a puzzle's run stops where it no longer counts, and is evaluated there. @param {number} limit */
  limit(limit) {
    const goal = this.lesson?.parts[this.index].goal;
    const left = (goal?.within ?? 0) - (this.host.snapshot?.step ?? 0);
    return goal && left > 0 && this.#view?.puzzle?.isSolved === false ? Math.min(limit, left) : limit;
  }

  #followConfig() {
    // Whoever has removed the attribute and now sets a config wants that one.
    if (this.#mirrored !== null && !this.host.hasAttribute('lesson')) this.#origin?.forgetConfig();
    const { json } = this.laboratory.store;
    this.#isStale ||= !wasm.isLiveChange(this.#lastConfig, json);
    this.#lastConfig = json;
    this.#showModified();
    this.#timer ??= setTimeout(() => this.#update());
  }

  #showModified() {
    const part = this.lesson?.parts[this.index];
    // A puzzle is there to be changed, and has its own way back.
    this.card.modified.hidden = !part || part.goal !== null || this.laboratory.store.json === this.#config;
  }

  /** Whether the run has solved the puzzle. */
  #judge() {
    const { lesson, index, host } = this;
    const puzzle = this.#view?.puzzle;
    if (!puzzle || !lesson || !host.snapshot || this.#isStale) return;
    const config = this.laboratory.store.json;
    /** @type {import('../types.js').LessonProgress} */
    const reached = JSON.parse(lesson.graded.progress(index, config, host.snapshot));
    if (!puzzle.show(reached, host.snapshot.step, config !== this.#config)) return;
    this.#setStage('open');
    this.#finish(lesson, index);
    this.#offerWays(lesson, index);
    const text = this.words.say('lessons-solved', { step: host.snapshot.step });
    this.#record(/** @type {PartView} */ (this.#view), this.#changes(), { right: true, text });
    this.laboratory.screen.announcer.announce(text);
    this.#emit('solved', { result: { right: true, text } });
  }

  /** Fills in the numbers of the text. */
  #update() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { snapshot } = this.host;
    const numbers = this.#view?.numbers;
    if (snapshot && numbers?.areUsed) numbers.show(JSON.parse(tools.lessonNumbers(this.laboratory.store.json, snapshot)));
  }

  /** The language has changed. */
  #retell() {
    this.#view?.numbers.tell();
    const part = this.lesson?.parts[this.index];
    // The controls are new.
    if (part) queueMicrotask(() => this.stage.restrict(part, this.#stageName));
  }

  /** Before a prediction no key trains. @param {KeyboardEvent} event */
  #guard(event) {
    if (this.#stageName === 'open' || !RUN_KEYS.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
    if (target.matches('button, input, textarea, select, a[href], summary, [role="slider"]')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  // ---- what is told of it ----

  /** What was guessed and answered in this lesson. @returns {LessonRecord[]} */
  get records() {
    return this.#records.filter((record) => record !== undefined);
  }

  /** @param {PartView} view @param {LessonAnswer | string | null} guess @param {import('../types.js').LessonResult | null} result */
  #record(view, guess, result) {
    const { lesson, index } = this;
    if (!lesson) return;
    const { id, title } = lesson;
    const words = typeof guess === 'string' ? guess : view.inWords(guess);
    this.#records[index] = { id, title, part: index + 1, heading: view.part.title, question: view.question, guess: words, result };
  }

  /** The settings that differ from those of the part, in words. */
  #changes() {
    const before = JSON.parse(this.#config);
    const now = /** @type {import('../types.js').Values} */ (this.laboratory.store.value);
    const changed = Object.keys(before).filter((name) => before[name] !== now[name]);
    return changed.map((name) => `${this.#labels([name])}: ${now[name]}`).join(', ');
  }

  /** @param {string[]} settings */
  #labels(settings) {
    const fields = this.host.schema?.fields ?? [];
    return settings.map((name) => fields.find((field) => field.name === name)?.label ?? name).join(', ');
  }

  /** @param {LessonEvent['stage']} stage @param {Partial<LessonEvent>} [more] */
  #emit(stage, more = {}) {
    if (this.lesson) emit(this.host, 'lesson', { id: this.lesson.id, part: this.index + 1, stage, ...more });
  }
}
