// @ts-check
/** "Why?": the evidence behind the verdict, what a kept run has otherwise, and what each fix does, in a box that opens over the charts. */
import { el, write } from '../shared/dom.js';

/** @typedef {import('../types.js').Status} Status */

export class Reasons {
  #evidence = '';
  #fixes = '';

  /** @param {import('../shared/words.js').Words} words */
  constructor(words) {
    this.words = words;
    this.evidence = el('p', { class: 'evidence' });
    this.notes = el('dl', { class: 'notes' });
    this.kept = el('p', { class: 'kept' });
    this.box = el('div', { class: 'reasons', id: 'gf-reasons', hidden: '' }, [this.evidence, this.kept, this.notes]);
    this.button = el('button', { type: 'button', class: 'why', 'aria-expanded': 'false', 'aria-controls': this.box.id }, [words.text('status-why')]);
    this.button.addEventListener('click', () => this.toggle(this.box.hidden !== false));
  }

  /** @param {boolean} isOpen */
  toggle(isOpen) {
    this.box.hidden = !isOpen;
    this.button.setAttribute('aria-expanded', String(isOpen));
  }

  /** Closes the box; returns whether it was open. */
  close() {
    if (this.box.hidden) return false;
    this.toggle(false);
    this.button.focus();
    return true;
  }

  /** @param {Pick<Status, 'evidence' | 'fixes'>} status */
  show({ evidence = '', fixes }) {
    this.button.hidden = evidence === '';
    if (this.button.hidden) this.toggle(false);
    if (evidence !== this.#evidence) write(this.evidence, evidence);
    this.#evidence = evidence;
    const list = JSON.stringify(fixes);
    if (list === this.#fixes) return;
    this.#fixes = list;
    this.notes.replaceChildren(...fixes.flatMap(({ label, note = '', patch }) => [el('dt', {}, [label]), el('dd', {}, [note, ' ', this.#settings(patch)])]));
  }

  /** @param {import('../types.js').Values} patch */
  #settings(patch) {
    const settings = Object.entries(patch).map(([name, value]) => `${name} = ${value}`).join(', ');
    return el('span', { class: 'settings-list' }, [this.words.text('status-fix-settings', { patch: settings })]);
  }
}
