// @ts-check
/** The one sentence over the charts, what would help, and what was refused. */
import { el } from './dom.js';

/** @typedef {import('./types.js').Status} Status */
/** @typedef {import('./types.js').Config} Config */

export class StatusLine {
  #shown = '';

  /** @param {(patch: Config) => void} cure */
  constructor(cure) {
    this.cure = cure;
    this.text = el('p', { class: 'text' }, ['Loading the laboratory …']);
    this.cures = el('div', { class: 'cures' });
    const close = el('button', { type: 'button', class: 'small', 'aria-label': 'Dismiss the message', title: 'Dismiss' }, ['×']);
    close.addEventListener('click', () => this.dismiss());
    this.problem = el('p', { class: 'problem', role: 'alert' });
    this.box = el('div', { class: 'refusal', hidden: '' }, [this.problem, close]);
    this.element = el('section', { class: 'status', 'aria-label': 'What is happening' }, [
      el('div', { class: 'sentence', role: 'status' }, [this.text]),
      this.cures,
      this.box,
    ]);
  }

  /** @param {Status} status */
  show(status) {
    this.element.dataset.tone = status.tone;
    if (this.text.textContent !== status.text) this.text.textContent = status.text;
    const cures = JSON.stringify(status.cures);
    if (cures === this.#shown) return;
    this.#shown = cures;
    this.cures.replaceChildren(
      ...status.cures.map(({ label, patch }) => {
        const title = Object.entries(patch).map(([name, value]) => `${name} = ${value}`).join(', ');
        const button = el('button', { type: 'button', class: 'cure', title }, [label]);
        button.addEventListener('click', () => this.cure(patch));
        return button;
      })
    );
  }

  /** @param {string} message */
  complain(message) {
    this.problem.textContent = message;
    this.box.hidden = false;
  }

  dismiss() {
    this.box.hidden = true;
    this.problem.textContent = '';
  }
}
