// @ts-check
/** A part of a lesson on the card: its text, its question, what came of the answer, its puzzle. */
import { el } from '../shared/dom.js';
import { Puzzle } from './puzzle.js';
import { choice, drawing, number } from './questions.js';
import { RunNumbers, blockNodes, plainText } from './text.js';

/** @typedef {import('../types.js').LessonAnswer} LessonAnswer */
/** @typedef {import('../types.js').LessonPart} LessonPart */
/** @typedef {import('../types.js').LessonResult} LessonResult */
/** @typedef {import('./questions.js').Question} Question */

export class PartView {
  /** @type {Question | undefined} */
  #question;
  /** @type {Puzzle | undefined} */
  puzzle;
  /** The part has been left: what comes later is not shown. */
  #isLeft = false;

  /**
   * @param {import('../shared/words.js').Words} words @param {import('./card.js').Card} card @param {LessonPart} part
   * @param {{ answer: (guess: LessonAnswer | null) => void, labels: (settings: string[]) => string, startOver: () => void }} actions
   *   `answer` is given null where the question is skipped.
   */
  constructor(words, card, part, actions) {
    this.words = words;
    this.card = card;
    this.part = part;
    this.actions = actions;
    this.numbers = new RunNumbers(words);
    card.text.append(...blockNodes(part.text, this.numbers), ...(part.ask ? [el('div', { class: 'lesson-question' }, blockNodes(part.ask.text, this.numbers))] : []));
  }

  /** Shows what takes the answer. @param {import('../charts/figures.js').Figures} figures @param {number} layers */
  async ask(figures, layers) {
    const { ask } = this.part;
    if (!ask) return;
    const context = { words: this.words, numbers: this.numbers, onanswer: this.actions.answer };
    const question = ask.kind === 'choose' ? choice(ask, context) : ask.kind === 'number' ? number(context) : await drawing(context, { figures, layers });
    if (this.#isLeft) {
      question.dispose?.();
      return;
    }
    this.#question = question;
    this.card.work.append(question.element);
    if (question.action) this.card.foot.append(question.action);
    this.skip = this.card.addAction(this.words.text('lessons-skip'), () => this.actions.answer(null));
  }

  /** An answer has been given: no other one is taken. @param {number} steps How far the network is trained now. */
  lock(steps) {
    this.#question?.lock();
    this.card.foot.replaceChildren();
    if (steps > 0) this.card.foot.append(el('p', { class: 'lesson-training', role: 'status' }, [this.words.text('lessons-training', { steps })]));
  }

  /**
   * Shows what came of the answer, and what the part says then. Returns what is to be read first.
   * @param {LessonAnswer | null | undefined} guess Undefined where nothing was asked. @param {LessonResult | null} result
   * @param {Float32Array} dw What was measured in each layer.
   */
  async open(guess, result, dw) {
    const { words, card, part, numbers } = this;
    card.foot.replaceChildren();
    if (part.ask && !this.#question && part.ask.kind === 'choose') {
      this.#question = choice(part.ask, { words, numbers, onanswer: () => {} });
      card.work.append(this.#question.element);
    }
    const question = this.#question;
    if (question && guess !== undefined) {
      question.show(guess);
      await question.reveal?.(dw);
      if (this.#isLeft) return undefined;
    }
    const kind = result?.right ? 'right' : 'wrong';
    const told = result ? [el('p', { class: `lesson-result ${kind}`, tabindex: '-1' }, [result.text])] : [];
    const reveal = part.reveal.length > 0 ? [el('div', { class: 'lesson-reveal', tabindex: '-1' }, blockNodes(part.reveal, numbers))] : [];
    card.after.append(...told, ...reveal);
    this.#addPuzzle();
    return told[0] ?? reveal[0];
  }

  #addPuzzle() {
    const { words, part, numbers } = this;
    if (!part.goal) return;
    const { labels, startOver } = this.actions;
    this.puzzle = new Puzzle(words, part.goal, numbers, { labels, startOver });
    this.card.work.append(this.puzzle.element);
  }

  /** The question in plain text, for what is handed in. */
  get question() {
    const { text, ask, goal } = this.part;
    return plainText([...text, ...(ask?.text ?? goal?.text ?? [])]);
  }

  /** An answer in words. @param {LessonAnswer | null} guess */
  inWords(guess) {
    const { ask } = this.part;
    if (ask?.kind !== 'choose' || typeof guess !== 'number') return guess;
    return plainText([{ p: ask.answers[guess].text }]);
  }

  /** The part is left. */
  end() {
    this.#isLeft = true;
    this.#question?.dispose?.();
  }
}
