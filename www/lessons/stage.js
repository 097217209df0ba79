// @ts-check
/** What an element shows and allows while a lesson is on: its charts, controls and verdict, before and after a prediction. */
import { el } from '../shared/dom.js';

/** @typedef {import('../types.js').LessonPart} LessonPart */
/** Nothing is shown before a prediction (`asked`); then the network is trained (`training`), and all is open. @typedef {'asked' | 'training' | 'open'} Stage */

/** The chart on which dW is drawn. */
const DRAWN_CHART = 'signals';

export class LessonStage {
  /** Stands in the place of what is hidden. */
  #cover;
  /** The charts and controls that were last asked for. */
  #shown = '';
  /** The chart waits until one can draw on it: until then it would show the truth. */
  #isUndrawn = false;

  /** @param {import('../element/laboratory.js').Laboratory} laboratory */
  constructor(laboratory) {
    this.laboratory = laboratory;
    this.root = laboratory.screen.root;
    this.#cover = el('div', { class: 'lesson-cover' }, [laboratory.words.text('lessons-predict-first')]);
  }

  /** @param {LessonPart} part @param {Stage} stage @param {{ isSolved: boolean }} puzzle */
  set(part, stage, { isSolved }) {
    const { root, laboratory } = this;
    const isAsked = stage === 'asked';
    const isDrawn = part.ask?.kind === 'draw';
    const { classList } = root;
    classList.add('lesson');
    classList.toggle('asking', stage !== 'open');
    classList.toggle('covered', isAsked && !isDrawn);
    this.isUndrawn = isAsked && isDrawn && this.#isUndrawn;
    classList.toggle('unsolved', part.goal !== null && !isSolved);
    // The card needs the room, and the bar has the score; a puzzle is about it.
    classList.toggle('scoreless', part.goal === null);
    if (!this.#cover.isConnected) root.append(this.#cover);
    const charts = isDrawn && stage !== 'open' ? DRAWN_CHART : chartsOf(part, isDrawn);
    const controls = part.controls === null ? 'all' : part.controls.join(' ') || 'none';
    laboratory.view.lesson = { charts, controls, fixes: stage === 'open' ? null : 'off' };
    laboratory.view.apply('fixes');
    // Charts that are shown already stay as they are: one may be drawn on.
    if (this.#shown !== `${charts} ${controls}`) {
      this.#shown = `${charts} ${controls}`;
      laboratory.view.apply('charts');
      laboratory.view.apply('controls');
    }
    this.restrict(part, stage);
  }

  /** Whether the chart still waits for its drawing. @param {boolean} isUndrawn */
  set isUndrawn(isUndrawn) {
    this.#isUndrawn = isUndrawn;
    this.root.classList.toggle('undrawn', isUndrawn);
  }

  /** Lets nobody run or change anything before a prediction, nor ever what a puzzle fixes. @param {LessonPart} part @param {Stage} stage */
  restrict(part, stage) {
    const { root, laboratory } = this;
    const isWaiting = stage !== 'open';
    for (const place of root.querySelectorAll('.bar .buttons, .controls')) /** @type {HTMLElement} */ (place).inert = isWaiting;
    for (const name of part.goal?.fixed ?? []) {
      const field = root.querySelector(`.field[data-field="${name}"]`);
      if (field && !field.classList.contains('fixed')) field.querySelector('label')?.append(el('span', { class: 'fixed-mark' }, [laboratory.words.text('lessons-fixed-setting')]));
      field?.classList.add('fixed');
      for (const control of field?.querySelectorAll('input, select, button:not(.what)') ?? []) /** @type {HTMLInputElement} */ (control).disabled = true;
    }
  }

  /** The lesson is left: all is as the attributes say. */
  end() {
    const { root, laboratory } = this;
    this.#shown = '';
    this.#cover.remove();
    root.classList.remove('lesson', 'asking', 'covered', 'undrawn', 'unsolved', 'scoreless', 'lesson-folded');
    for (const place of root.querySelectorAll('.bar .buttons')) /** @type {HTMLElement} */ (place).inert = false;
    laboratory.view.lesson = undefined;
    for (const name of ['fixes', 'charts', 'controls']) laboratory.view.apply(name);
  }
}

/** @param {LessonPart} part @param {boolean} isDrawn On its main chart. @returns {string | null} Null shows the reader's own. */
function chartsOf({ charts }, isDrawn) {
  if (charts.length === 0) return null;
  return [...(isDrawn && !charts.includes(DRAWN_CHART) ? [DRAWN_CHART] : []), ...charts].join(' ');
}
