// @ts-check
/** What was refused or has failed, in a box over the charts that can be closed. */
import { closeButton, el, write } from '../shared/dom.js';
import { keepFocus } from '../shared/focus.js';

/** @typedef {import('../shared/words.js').Text} Text */
/** A button beside a problem. @typedef {{ text: Text, act: () => void }} Remedy */

export class ProblemBox {
  /** @type {(() => void) | undefined} */
  #act;

  /** @param {import('../shared/words.js').Words} words */
  constructor(words) {
    this.text = el('div', { class: 'problem', role: 'alert' });
    this.button = el('button', { type: 'button', class: 'remedy', hidden: '' });
    this.button.addEventListener('click', () => this.#act?.());
    this.element = el('div', { class: 'refusal', hidden: '' }, [this.text, this.button, closeButton(words.text('status-dismiss'), () => this.close())]);
  }

  /** @param {(string | Text)[]} sentences @param {Remedy} [remedy] */
  show(sentences, remedy) {
    this.text.replaceChildren(...sentences.map((sentence) => el('p', {}, [sentence])));
    this.#act = remedy?.act;
    write(this.button, remedy?.text ?? '');
    this.button.hidden = !remedy;
    this.element.hidden = false;
  }

  close() {
    const status = /** @type {HTMLElement | null} */ (this.element.closest('.status'));
    if (status) keepFocus(status, () => (this.element.hidden = true), status);
    this.text.replaceChildren();
  }
}
