// @ts-check
/** A puzzle on the card: its rules, how far the run is, hints, and that it is solved. The run itself is the judge. */
import { el, write } from '../shared/dom.js';
import { keepFocus } from '../shared/focus.js';
import { blockNodes } from './text.js';

/** @typedef {import('../types.js').LessonGoal} LessonGoal */
/** @typedef {import('../types.js').LessonProgress} LessonProgress */
/** @typedef {import('../shared/words.js').Words} Words */
/** @typedef {import('../shared/words.js').Text} Text */

/** The settings that no puzzle lets one change, which need not be named: crate/core/src/lessons has the same list. */
const ALWAYS_FIXED = ['data', 'noise', 'train_fraction', 'seed'];

/** Conditions as people write them. @param {string} condition */
const pretty = (condition) => condition.replaceAll('_', ' ').replace('>=', '≥').replace('<=', '≤');

export class Puzzle {
  isSolved = false;
  /** What is said of the run now. */
  #said = '';
  /** How many hints are open. */
  #hints = 0;

  /**
   * @param {Words} words @param {LessonGoal} goal @param {import('./text.js').RunNumbers} numbers
   * @param {{ labels: (settings: string[]) => string, startOver: () => void }} actions `labels` are those of settings, in a list.
   */
  constructor(words, goal, numbers, actions) {
    this.words = words;
    this.goal = goal;
    this.numbers = numbers;
    this.actions = actions;
    this.conditions = goal.conditions.map((text) => ({ mark: el('span', { class: 'mark', 'aria-hidden': 'true' }), value: el('b'), text }));
    this.state = el('p', { class: 'puzzle-state', role: 'status' });
    this.bar = el('div', { class: 'puzzle-bar', 'aria-hidden': 'true' }, [el('div')]);
    this.hintBox = el('div', { class: 'puzzle-hints' });
    this.hintButton = el('button', { type: 'button', class: 'puzzle-hint' });
    this.hintButton.addEventListener('click', () => this.#openHint());
    this.again = el('button', { type: 'button', class: 'puzzle-again', hidden: '' }, [words.text('lessons-start-over')]);
    this.again.addEventListener('click', () => this.startOver());
    this.solvedBox = el('div', { class: 'puzzle-solved', hidden: '' });
    this.element = el('section', { class: 'puzzle', 'aria-label': words.text('lessons-goal') }, [
      el('div', { class: 'puzzle-task' }, blockNodes(goal.text, numbers)),
      el('ul', { class: 'puzzle-conditions' }, [
        ...this.conditions.map(({ mark, value, text }) => el('li', {}, [mark, el('span', {}, [pretty(text)]), value])),
        el('li', {}, [words.text('lessons-within', { steps: goal.within })]),
      ]),
      this.#rules(),
      this.bar,
      this.state,
      this.solvedBox,
      this.hintBox,
    ]);
    this.buttons = el('div', { class: 'puzzle-buttons' }, [this.hintButton, this.again]);
    this.#offerHint();
    this.#say(words.text('lessons-puzzle-start'));
  }

  #rules() {
    const { words, goal, actions } = this;
    const named = goal.fixed.filter((name) => !ALWAYS_FIXED.includes(name));
    const rules = [
      ...(named.length > 0 ? [words.text('lessons-fixed', { settings: actions.labels(named) })] : []),
      ...(goal.changes === null ? [] : [words.text('lessons-changes', { most: goal.changes })]),
    ];
    return el('p', { class: 'puzzle-rules' }, rules.flatMap((rule) => [rule, ' ']));
  }

  #offerHint() {
    const next = this.#hints + 1;
    this.hintButton.hidden = next > this.goal.hints.length;
    write(this.hintButton, this.words.text('lessons-hint', { number: next }));
  }

  #openHint() {
    this.hintBox.append(el('div', { class: 'puzzle-opened', tabindex: '-1' }, blockNodes(this.goal.hints[this.#hints], this.numbers)));
    this.#hints += 1;
    keepFocus(this.buttons, () => this.#offerHint(), this.hintButton, /** @type {HTMLElement} */ (this.hintBox.lastElementChild));
  }

  /** @param {string | Text} text */
  #say(text) {
    if (this.#said === String(text)) return;
    this.#said = String(text);
    write(this.state, text);
  }

  /** Sets the network back to the puzzle's own, for another try. */
  startOver() {
    this.isSolved = false;
    this.element.classList.remove('solved');
    this.solvedBox.hidden = true;
    this.again.hidden = true;
    this.#offerHint();
    this.actions.startOver();
  }

  /**
   * Shows how far the run is. Returns whether it has just solved the puzzle.
   * @param {LessonProgress} progress @param {number} step @param {boolean} isChanged The settings are not those of the start.
   */
  show(progress, step, isChanged) {
    const { words, goal } = this;
    for (const [index, { mark, value }] of this.conditions.entries()) {
      const { holds, value: now } = progress.conditions[index];
      mark.textContent = holds ? '✓' : '○';
      write(value, words.text('lessons-now', { value: now }));
    }
    /** @type {HTMLElement} */ (this.bar.firstElementChild).style.width = `${Math.min(100, (100 * step) / goal.within)}%`;
    if (this.isSolved) return false;
    keepFocus(this.buttons, () => (this.again.hidden = !isChanged), this.hintButton);
    const steps = goal.within;
    if (progress.violations.length > 0) this.#say(words.text('lessons-puzzle-violated', { settings: this.actions.labels(progress.violations) }));
    else if (progress.reached) this.#solve(step);
    else if (step >= steps) this.#say(words.text('lessons-puzzle-over', { steps }));
    // Of every step a screen reader would speak without end: it has the bar's numbers.
    else this.#say(step === 0 ? words.text('lessons-puzzle-start') : words.text('lessons-puzzle-running', { step: Math.floor((10 * step) / steps) * (steps / 10), steps }));
    return this.isSolved;
  }

  /** @param {number} step */
  #solve(step) {
    const { words, goal } = this;
    this.isSolved = true;
    const another = el('button', { type: 'button' }, [words.text('lessons-another')]);
    another.addEventListener('click', () => this.startOver());
    this.solvedBox.replaceChildren(...blockNodes(goal.solved, this.numbers), another);
    this.#say(words.text('lessons-solved', { step }));
    this.element.classList.add('solved');
    this.solvedBox.hidden = false;
    this.again.hidden = this.hintButton.hidden = true;
  }
}
