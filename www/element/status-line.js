// @ts-check
/** The sentence over the charts: the diagnosis with its fixes, the comparison with a pinned run, and what was refused. */
import { el } from '../shared/dom.js';

/** @typedef {import('../types.js').Status} Status */
/** @typedef {import('../types.js').Values} Values */
/** A button beside a problem. @typedef {{ text: string, act: () => void }} Remedy */
/** A setting that a pinned run has otherwise. @typedef {{ label: string, pinned: string, now: string }} Difference */

const LOADING = 'Loading the laboratory …';

export class StatusLine {
  /** The fixes on the screen, as JSON. */
  #shownFixes = '';
  #sentence = '';
  /** Takes the place of the sentence. @type {string | undefined} */
  #travelText;
  /** @type {(() => void) | undefined} */
  #remedyAction;

  /** @param {{ fix: (patch: Values) => void, unpin: () => void }} actions */
  constructor(actions) {
    this.actions = actions;
    this.text = el('p', { class: 'text' }, [LOADING]);
    this.fixes = el('div', { class: 'fixes' });
    const dismiss = el('button', { type: 'button', class: 'small', 'aria-label': 'Dismiss the message', title: 'Dismiss' }, ['×']);
    dismiss.addEventListener('click', () => this.dismiss());
    this.problem = el('p', { class: 'problem', role: 'alert' });
    this.remedy = el('button', { type: 'button', class: 'remedy', hidden: '' });
    this.remedy.addEventListener('click', () => this.#remedyAction?.());
    this.problemBox = el('div', { class: 'refusal', hidden: '' }, [this.problem, this.remedy, dismiss]);
    this.evidence = el('p', { class: 'evidence', tabindex: '0' });
    this.differences = el('span', { class: 'differences' });
    const unpin = el('button', { type: 'button', class: 'small', 'aria-label': 'Unpin', title: 'Unpin' }, ['×']);
    unpin.addEventListener('click', () => actions.unpin());
    this.pinned = el('div', { class: 'pinned', hidden: '' }, [this.differences, unpin]);
    this.element = el('div', { class: 'status', role: 'group', 'aria-label': 'What is happening' }, [
      el('div', { class: 'sentence' }, [el('div', { role: 'status' }, [this.text]), this.evidence]),
      this.fixes,
      this.pinned,
      this.problemBox,
    ]);
  }

  /** Takes the place of the sentence while the charts show an earlier step. @param {string | undefined} text */
  set travelText(text) {
    this.#travelText = text;
    this.#renderSentence();
  }

  #renderSentence() {
    const text = this.#travelText ?? this.#sentence;
    if (this.text.textContent !== text) this.text.textContent = text;
  }

  /** Shows a diagnosis. @param {Status} status */
  show(status) {
    this.element.dataset.tone = status.tone;
    this.#sentence = status.text;
    this.#renderSentence();
    const evidence = status.evidence ?? '';
    if (this.evidence.textContent !== evidence) {
      this.evidence.textContent = evidence;
      this.evidence.title = evidence;
    }
    const fixes = JSON.stringify(status.fixes);
    if (fixes === this.#shownFixes) return;
    this.#shownFixes = fixes;
    this.fixes.replaceChildren(...status.fixes.map((fix) => this.#fixButton(fix)));
  }

  /** @param {Status['fixes'][number]} fix */
  #fixButton({ label, note, patch }) {
    const settings = Object.entries(patch).map(([name, value]) => `${name} = ${value}`).join(', ');
    const title = [note, settings].filter(Boolean).join(' ');
    const button = el('button', { type: 'button', class: 'fix', title }, [label]);
    button.addEventListener('click', () => this.actions.fix(patch));
    return button;
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

  /** Shows a message that can be dismissed. @param {string} message @param {Remedy} [remedy] */
  showProblem(message, remedy) {
    this.problem.textContent = message;
    this.#remedyAction = remedy?.act;
    this.remedy.textContent = remedy?.text ?? '';
    this.remedy.hidden = !remedy;
    this.problemBox.hidden = false;
  }

  /** Shows in place of the sentence that nothing works. @param {string} message @param {Remedy} remedy */
  showFailure(message, remedy) {
    this.element.dataset.tone = 'failed';
    this.#sentence = message;
    this.#renderSentence();
    const button = el('button', { type: 'button', class: 'fix' }, [remedy.text]);
    button.addEventListener('click', remedy.act);
    this.fixes.replaceChildren(button);
    this.#shownFixes = '';
  }

  /** Shows that another try to load has begun. */
  showLoading() {
    delete this.element.dataset.tone;
    this.#sentence = LOADING;
    this.#renderSentence();
    this.fixes.replaceChildren();
    this.#shownFixes = '';
  }

  dismiss() {
    this.problemBox.hidden = true;
    this.problem.textContent = '';
  }
}
