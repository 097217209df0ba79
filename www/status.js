// @ts-check
/** The one sentence over the charts, what would help, and what was refused. */
import { el } from './dom.js';

/** @typedef {import('./types.js').Status} Status */
/** @typedef {import('./types.js').Values} Values */
/** @typedef {import('./types.js').Difference} Difference */

export class StatusLine {
  #shown = '';
  #sentence = '';
  /** @type {string | undefined} */ #back;
  /** @type {(() => void) | undefined} */ #act;

  /** @param {{ cure: (patch: Values) => void, unpin: () => void }} acts */
  constructor(acts) {
    this.acts = acts;
    this.text = el('p', { class: 'text' }, ['Loading the laboratory …']);
    this.cures = el('div', { class: 'cures' });
    const close = el('button', { type: 'button', class: 'small', 'aria-label': 'Dismiss the message', title: 'Dismiss' }, ['×']);
    close.addEventListener('click', () => this.dismiss());
    this.problem = el('p', { class: 'problem', role: 'alert' });
    this.remedy = el('button', { type: 'button', class: 'remedy', hidden: '' });
    this.remedy.addEventListener('click', () => this.#act?.());
    this.box = el('div', { class: 'refusal', hidden: '' }, [this.problem, this.remedy, close]);
    this.evidence = el('p', { class: 'evidence', tabindex: '0' });
    this.differences = el('span', { class: 'differences' });
    const unpin = el('button', { type: 'button', class: 'small', 'aria-label': 'Unpin', title: 'Unpin' }, ['×']);
    unpin.addEventListener('click', () => acts.unpin());
    this.pinned = el('div', { class: 'pinned', hidden: '' }, [this.differences, unpin]);
    this.element = el('div', { class: 'status', role: 'group', 'aria-label': 'What is happening' }, [
      el('div', { class: 'sentence' }, [el('div', { role: 'status' }, [this.text]), this.evidence]),
      this.cures,
      this.pinned,
      this.box,
    ]);
  }

  /** While the charts look back, this stands in place of the sentence. @param {string | undefined} text */
  back(text) {
    this.#back = text;
    this.#tell();
  }

  #tell() {
    const text = this.#back ?? this.#sentence;
    if (this.text.textContent !== text) this.text.textContent = text;
  }

  /** @param {Status} status */
  show(status) {
    this.element.dataset.tone = status.tone;
    this.#sentence = status.text;
    this.#tell();
    const evidence = status.evidence ?? '';
    if (this.evidence.textContent !== evidence) {
      this.evidence.textContent = evidence;
      this.evidence.title = evidence;
    }
    const cures = JSON.stringify(status.fixes);
    if (cures === this.#shown) return;
    this.#shown = cures;
    this.cures.replaceChildren(
      ...status.fixes.map(({ label, note, patch }) => {
        const fields = Object.entries(patch).map(([name, value]) => `${name} = ${value}`).join(', ');
        const title = [note, fields].filter(Boolean).join(' ');
        const button = el('button', { type: 'button', class: 'cure', title }, [label]);
        button.addEventListener('click', () => this.acts.cure(patch));
        return button;
      })
    );
  }

  /** What the pinned run has otherwise; null where nothing is pinned. @param {Difference[] | null} differences */
  compare(differences) {
    this.pinned.hidden = differences === null;
    if (differences === null) return;
    const list = differences.map(({ label, pinned, now }) => `${label} ${pinned} → ${now}`).join(' · ');
    const text = `Pinned (dotted): ${list || 'the same settings'}`;
    this.differences.textContent = text;
    this.differences.title = text;
  }

  /** @param {string} message @param {{ text: string, act: () => void }} [remedy] */
  complain(message, remedy) {
    this.problem.textContent = message;
    this.#act = remedy?.act;
    this.remedy.textContent = remedy?.text ?? '';
    this.remedy.hidden = !remedy;
    this.box.hidden = false;
  }

  /** Nothing works: this stands in place of the sentence. @param {string} message */
  fail(message) {
    this.element.dataset.tone = 'failed';
    this.#sentence = message;
    this.#tell();
  }

  dismiss() {
    this.box.hidden = true;
    this.problem.textContent = '';
  }
}
