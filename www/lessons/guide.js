// @ts-check
/** Leads through the parts of one lesson: asks, trains, reveals, judges puzzles, and tells what was answered. */
import { emit } from '../element/events.js';
import { moveFocus } from '../shared/focus.js';
import { tools } from '../shared/tools.js';
import { wasm } from '../shared/wasm.js';
import { grade, truth } from './grade.js';
import { lessonAfter } from './library.js';
import { PartView } from './part.js';
import { progress } from './progress.js';
import { checkAnswer, recordOf } from './records.js';
import { LessonStage } from './stage.js';

/** @typedef {import('../types.js').LessonAnswer} LessonAnswer */
/** @typedef {import('../types.js').LessonEvent} LessonEvent */
/** @typedef {import('../types.js').LessonRecord} LessonRecord */
/** @typedef {import('../types.js').LessonResult} LessonResult */
/** @typedef {import('./records.js').Answer} Answer */

/** Milliseconds between updates of numbers in the text during a run. */
const UPDATE_INTERVAL = 250;
/** Keys that would train before a prediction. */
const RUN_KEYS = [' ', 's', 'r'];
/** In a lower frame the card gives its place to the chart once all is open. */
const LOW = 480;

export class Guide {
  /** By part: plain data, with which the lesson can be entered again. @type {Answer[]} */
  answers;
  /** What came of it. @type {(LessonRecord | undefined)[]} */
  #records = [];
  /** The part that is shown, counted from 0. */
  index = 0;
  /** @type {import('./stage.js').Stage} */
  #stageName = 'open';
  /** @type {PartView | undefined} */
  #view;
  /** The number of the last change of place: what was begun for an older one is out of date. */
  #turn = 0;
  /** It has been told that the part asks. */
  #isAskTold = false;
  /** The settings have changed, and snapshots of the network before may still come. */
  #isStale = false;
  /** The config of the last change, as JSON. */
  #lastConfig;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {import('../element/laboratory.js').Laboratory} laboratory @param {import('./library.js').OpenLesson} lesson
   * @param {import('./card.js').Card} card
   * @param {{ onpart: () => void, enter: (id: string) => void, leave: () => void }} actions `onpart`: another part is shown.
   */
  constructor(laboratory, lesson, card, actions) {
    this.laboratory = laboratory;
    this.lesson = lesson;
    this.card = card;
    this.actions = actions;
    this.host = laboratory.host;
    this.words = laboratory.words;
    this.stage = new LessonStage(laboratory);
    this.answers = lesson.parts.map(() => null);
    this.#lastConfig = laboratory.store.json;
  }

  /** The lesson is left. */
  end() {
    this.#turn += 1;
    clearTimeout(this.#timer);
    this.#view?.end();
    this.stage.end();
    this.lesson.free();
  }

  /** Answers that were given before. @param {Answer[]} answers By part. */
  takeAnswers(answers) {
    this.answers = this.lesson.parts.map((part, index) => checkAnswer(part, answers[index]) ?? this.answers[index]);
  }

  get #part() {
    return this.lesson.parts[this.index];
  }

  /** The config of the part, as JSON. */
  get #config() {
    return wasm.configFromQuery(this.#part.query);
  }

  // ---- parts ----

  /** Goes to a part. @param {number} index From 0. @param {{ keepRun?: boolean }} [options] `keepRun`: the run is the part's already. */
  async go(index, { keepRun = false } = {}) {
    const { lesson, laboratory, words, host, card } = this;
    if (!lesson.parts[index] || !laboratory.figures) return;
    const turn = (this.#turn += 1);
    this.index = index;
    const part = this.#part;
    this.actions.onpart();
    this.#view?.end();
    card.begin({ lang: lesson.lang, lesson: lesson.title, title: part.title, part: index + 1, parts: lesson.parts.length });
    const view = (this.#view = new PartView(words, card, part, lesson.lang, {
      answer: (guess) => this.#answer(guess),
      labels: (settings) => this.#labels(settings),
      startOver: () => this.back(),
    }));
    const known = this.answers[index];
    const isAsked = part.ask !== null && !known && lesson.predict && host.predict !== 'off';
    this.#isAskTold = false;
    this.stage.isUndrawn = true;
    this.#setStage(isAsked ? 'asked' : 'training');
    if (!keepRun) this.#build();
    this.#showModified();
    moveFocus(card.title);
    if (isAsked || known) await view.ask(laboratory.figures, JSON.parse(laboratory.store.json).depth + 1);
    if (turn !== this.#turn) return;
    this.stage.isUndrawn = false;
    if (!isAsked) {
      await this.#open(part.ask ? (known?.guess ?? null) : undefined, keepRun ? 0 : part.steps);
      return;
    }
    await this.#train(0);
    if (turn === this.#turn) this.#tellAsk();
  }

  /** Tells once that the part asks: when its network is there, or, where somebody is faster, before the answer. */
  #tellAsk() {
    if (this.#isAskTold) return;
    this.#isAskTold = true;
    this.#emit('asked');
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

  /** @param {import('./stage.js').Stage} name */
  #setStage(name) {
    this.#stageName = name;
    this.stage.set(this.#part, name, { isSolved: this.#view?.puzzle?.isSolved ?? false });
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
    if (this.#stageName !== 'asked') return;
    const { steps } = this.#part;
    this.answers[this.index] = { guess };
    this.#tellAsk();
    this.#emit('predicted', { guess });
    this.#view?.lock(steps);
    this.#setStage('training');
    await this.#open(guess, steps, true);
  }

  /**
   * Shows what the part shows after its question.
   * @param {LessonAnswer | null | undefined} guess Undefined where nothing is asked. @param {number} steps How far it is trained.
   * @param {boolean} [isNew] It has just been answered.
   */
  async #open(guess, steps, isNew = false) {
    const { lesson, index, laboratory, words, host, card } = this;
    const [turn, view] = [this.#turn, this.#view];
    await this.#train(steps);
    if (turn !== this.#turn || !view || !host.snapshot) return;
    const part = this.#part;
    const { json } = laboratory.store;
    const result = part.ask && guess !== undefined && guess !== null ? grade(words, lesson, index, guess, json, host.snapshot) : null;
    const told = result?.text ?? truth(words, lesson, index, json, host.snapshot);
    this.update();
    const first = await view.open(guess, { right: result?.right, told }, host.snapshot.layers.dw_rms);
    if (turn !== this.#turn) return;
    this.#setStage('open');
    this.#offerWays();
    this.#judge();
    if (guess !== undefined) this.#records[index] = recordOf(lesson, index, guess, result);
    if (!part.goal) this.#finish();
    if (isNew) {
      card.isFolded = laboratory.screen.root.clientHeight < LOW;
      moveFocus(...(card.isFolded ? [card.fold] : [first, card.title]));
      if (first) card.showFrom(first);
      if (result) laboratory.screen.announcer.announce(result.text);
      this.#emit('revealed', { guess: guess ?? null, result });
    }
    this.update();
  }

  /** What one can do below the text. */
  #offerWays() {
    const { lesson, index, card, words, actions } = this;
    const puzzle = this.#view?.puzzle;
    card.foot.replaceChildren(...(puzzle ? [puzzle.buttons] : []));
    // A puzzle wants to be solved first.
    const isMain = puzzle?.isSolved !== false;
    const next = lesson.isBuiltIn ? lessonAfter(lesson.id) : undefined;
    if (index + 1 < lesson.parts.length) card.addAction(words.text('lessons-next'), () => this.go(index + 1), isMain);
    else if (next) card.addAction(words.text('lessons-next-lesson', { title: next.title }), () => actions.enter(next.id), isMain);
    else card.addAction(words.text('lessons-leave'), actions.leave, isMain);
  }

  /** The part is done. */
  #finish() {
    const { id, isBuiltIn, parts } = this.lesson;
    if (isBuiltIn) progress.add(id, this.index + 1, parts.length);
  }

  /** Back to the network of the part, as far as it was trained. */
  async back() {
    const part = this.#part;
    this.#build();
    this.#showModified();
    this.#setStage(this.#stageName);
    if (this.#stageName === 'open') await this.#train(part.goal ? 0 : part.steps);
  }

  // ---- the run ----

  /** A snapshot has come. */
  follow() {
    const { snapshot, running } = this.host;
    if (snapshot?.step === 0) this.#begin();
    this.#judge();
    this.#timer ??= setTimeout(() => this.update(), running ? UPDATE_INTERVAL : 0);
  }

  /** A network's first snapshot. */
  #begin() {
    this.#isStale = false;
    // It runs on with a limit that was meant for the one before, or with none where that one had come to its end.
    if (this.host.running && this.laboratory.run.limit !== this.limit(Infinity)) this.laboratory.start(Infinity);
  }

  /** How many steps of so many may be made: a puzzle's run stops where it no longer counts, and is evaluated there. @param {number} limit */
  limit(limit) {
    const { goal } = this.#part;
    // The network that is to come has made no steps.
    const made = this.laboratory.run.isBuilding ? 0 : (this.host.snapshot?.step ?? 0);
    const left = (goal?.within ?? 0) - made;
    return goal && left > 0 && this.#view?.puzzle?.isSolved === false ? Math.min(limit, left) : limit;
  }

  /** The settings have changed. */
  followConfig() {
    const { json } = this.laboratory.store;
    this.#isStale ||= !wasm.isLiveChange(this.#lastConfig, json);
    this.#lastConfig = json;
    this.#showModified();
    this.#timer ??= setTimeout(() => this.update());
  }

  #showModified() {
    // A puzzle is there to be changed, and has its own way back.
    this.card.modified.hidden = this.#part.goal !== null || this.laboratory.store.json === this.#config;
  }

  /** Whether the run has solved the puzzle. */
  #judge() {
    const { lesson, index, host, laboratory } = this;
    const puzzle = this.#view?.puzzle;
    if (!puzzle || !host.snapshot || this.#isStale) return;
    const config = laboratory.store.json;
    /** @type {import('../types.js').LessonProgress} */
    const reached = JSON.parse(lesson.graded.progress(index, config, host.snapshot));
    if (!puzzle.show(reached, host.snapshot.step, config !== this.#config)) return;
    this.#setStage('open');
    this.#finish();
    this.#offerWays();
    this.card.showFrom(puzzle.state);
    const result = { right: true, text: this.words.say('lessons-solved', { step: host.snapshot.step }) };
    this.#records[index] = recordOf(lesson, index, this.#changes(), result);
    laboratory.screen.announcer.announce(result.text);
    this.#emit('solved', { result });
  }

  /** Fills in the numbers of the text. */
  update() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { snapshot } = this.host;
    const numbers = this.#view?.numbers;
    if (snapshot && numbers?.areUsed) numbers.show(JSON.parse(tools.lessonNumbers(this.laboratory.store.json, snapshot)));
  }

  /** The language has changed. */
  retell() {
    this.#view?.numbers.tell();
    // The controls are new.
    this.stage.restrict(this.#part, this.#stageName);
  }

  /** Before a prediction no key trains. @param {KeyboardEvent} event */
  guard(event) {
    if (this.#stageName === 'open' || !RUN_KEYS.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
    if (target.matches('button, input, textarea, select, a[href], summary, [role="slider"]')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  // ---- what is told of it ----

  /** What was guessed and answered in this lesson. @returns {LessonRecord[]} */
  get records() {
    const records = this.lesson.parts.map((_, index) => {
      const answer = this.answers[index];
      // An answer that a link has brought back, in a part that has not been shown since.
      return this.#records[index] ?? (answer ? recordOf(this.lesson, index, answer.guess, null) : undefined);
    });
    return records.filter((record) => record !== undefined);
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
    emit(this.host, 'lesson', { id: this.lesson.id, part: this.index + 1, stage, ...more });
  }
}
