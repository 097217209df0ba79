// @ts-check
/** Reports refused values and failures, on the screen and as events. */
import { excerpt } from '../shared/arguments.js';
import { tell } from '../shared/errors.js';
import { message, problem } from '../shared/problems.js';
import { Text } from '../shared/words.js';
import { emit } from './events.js';
import { UPLOAD } from './uploaded-table.js';

/** @typedef {import('../types.js').Problem} Problem */
/** @typedef {import('../shared/words.js').Value} Value */
/** @typedef {import('./problem-box.js').Remedy} Remedy */

export class ErrorReporter {
  /** What is refused by properties and, in a microtask, by attributes: it is shown together. @type {Problem[]} */
  #refused = [];

  /**
   * @param {HTMLElement} host
   * @param {import('../shared/words.js').Words} words
   * @param {import('./status-line.js').StatusLine} status
   * @param {() => void} chooseTable Opens the dialog that gives a table to the page.
   */
  constructor(host, words, status, chooseTable) {
    this.host = host;
    this.words = words;
    this.status = status;
    this.chooseTable = chooseTable;
  }

  /** Reports a value that was refused; the last good one stays. @param {Problem} refusal */
  report(refusal) {
    if (this.#refused.length === 0) setTimeout(() => this.#showRefused());
    this.#refused.push(refusal);
    this.#emit(refusal);
  }

  #showRefused() {
    const refused = this.#refused.splice(0);
    const needsTable = refused.some(({ field, value }) => field === 'data' && value === UPLOAD);
    const remedy = needsTable ? { text: this.words.text('status-choose-table'), act: this.chooseTable } : undefined;
    this.status.showProblem(refused.map((refusal) => this.#sentence(refusal)), remedy);
  }

  /** Reports a refused attribute. @param {string} field @param {string} value @param {Value} allowed */
  refuse(field, value, allowed) {
    this.report({ ...problem('ConfigError', 'refused-attribute', { field, value: excerpt(value), allowed }), field, value });
  }

  /** Reports that training cannot go on, or not with what was asked for. @param {Problem} failure @param {Remedy} [remedy] */
  fail(failure, remedy) {
    this.status.showProblem(this.#sentences(failure), remedy);
    this.#emit(failure);
  }

  /** Reports that training cannot start. @param {Problem} failure @param {Remedy} remedy */
  failToStart(failure, remedy) {
    const [first, second] = this.#sentences(failure);
    this.status.showFailure(second ? `${first} ${second}` : first, remedy);
    this.#emit(failure);
  }

  /** What is said is told in the reader's language. @param {Problem} told */
  #emit(told) {
    const { said: _, ...rest } = told;
    emit(this.host, 'error', { ...rest, ...tell(told, this.words) });
  }

  /** @param {Problem} told */
  #sentence({ said, message: text }) {
    return said ? new Text(this.words, said) : text;
  }

  /** @param {Problem} failure */
  #sentences(failure) {
    const { name, message: text } = failure;
    // The words of Chromium and Safari, and of Firefox.
    if (/unsafe-eval|blocked by CSP|Content Security Policy/i.test(text)) return [new Text(this.words, message('wasm-forbidden'))];
    const isWhole = ['LoadError', 'WorkerError'].includes(name);
    return [this.#sentence(failure), ...(isWhole ? [] : [new Text(this.words, message('cannot-start'))])];
  }
}
