// @ts-check
/** The sentence over the charts: the diagnosis with its fixes, the comparison with a kept run, and what was refused. */
import { el, write } from '../shared/dom.js';
import { keepFocus } from '../shared/focus.js';

/** @typedef {import('../shared/words.js').Text} Text */
/** @typedef {import('../types.js').Status} Status */
/** @typedef {import('../types.js').Values} Values */
/** A button beside a problem. @typedef {{ text: Text, act: () => void }} Remedy */
/** A setting that a kept run has otherwise. @typedef {{ label: string, pinned: string, now: string }} Difference */

export class StatusLine {
  /** The fixes on the screen, as JSON. */
  #shownFixes = '';
  /** @type {string | Text} */
  #sentence;
  /** Takes the place of the sentence. @type {Text | undefined} */
  #travelText;
  /** @type {(() => void) | undefined} */
  #remedyAction;

  /**
   * @param {import('../shared/words.js').Words} words
   * @param {{ fix: (patch: Values) => void, unpin: () => void, returnToLatest: () => void }} actions
   */
  constructor(words, actions) {
    this.words = words;
    this.actions = actions;
    this.#sentence = words.text('status-loading');
    this.text = el('p', { class: 'text' }, [this.#sentence]);
    this.latest = el('button', { type: 'button', class: 'latest', hidden: '' }, [words.text('status-latest')]);
    this.latest.addEventListener('click', actions.returnToLatest);
    this.fixes = el('div', { class: 'fixes' });
    this.problem = el('div', { class: 'problem', role: 'alert' });
    this.remedy = el('button', { type: 'button', class: 'remedy', hidden: '' });
    this.remedy.addEventListener('click', () => this.#remedyAction?.());
    this.problemBox = el('div', { class: 'refusal', hidden: '' }, [this.problem, this.remedy, this.#closeButton(words.text('status-dismiss'), () => this.dismiss())]);
    this.evidence = el('p', { class: 'evidence', tabindex: '0' });
    this.differences = el('span', { class: 'differences' });
    this.pinned = el('div', { class: 'pinned', hidden: '' }, [this.differences, this.#closeButton(words.text('status-unkeep'), actions.unpin)]);
    this.element = el('div', { class: 'status', role: 'group', tabindex: '-1', 'aria-label': words.text('status-label') }, [
      el('div', { class: 'sentence' }, [this.text, this.latest, this.evidence]),
      this.fixes,
      this.pinned,
      this.problemBox,
    ]);
  }

  /** @param {Text} name @param {() => void} act */
  #closeButton(name, act) {
    const button = el('button', { type: 'button', class: 'small', 'aria-label': name, title: name }, ['×']);
    button.addEventListener('click', act);
    return button;
  }

  /** Takes the place of the sentence while the charts show an earlier step. @param {Text | undefined} text */
  set travelText(text) {
    this.#travelText = text;
    keepFocus(this.element, () => (this.latest.hidden = text === undefined), this.element);
    this.#renderSentence();
  }

  #renderSentence() {
    const text = this.#travelText ?? this.#sentence;
    if (this.text.textContent !== String(text)) write(this.text, text);
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
    const intro = status.fixes.length > 0 ? [el('span', { class: 'fixes-intro' }, [this.words.text('status-fixes')])] : [];
    keepFocus(this.element, () => this.fixes.replaceChildren(...intro, ...status.fixes.map((fix) => this.#fixButton(fix))), this.element);
  }

  /** @param {Status['fixes'][number]} fix */
  #fixButton({ label, note, patch }) {
    const settings = Object.entries(patch).map(([name, value]) => `${name} = ${value}`).join(', ');
    const title = [note, this.words.say('status-fix-settings', { patch: settings })].filter(Boolean).join(' ');
    const button = el('button', { type: 'button', class: 'fix', title }, [label]);
    button.addEventListener('click', () => this.actions.fix(patch));
    return button;
  }

  /** What is said of the kept run. */
  get comparison() {
    return this.pinned.hidden ? '' : (this.differences.textContent ?? '');
  }

  /** What the kept run has otherwise; null where none is kept. @param {Difference[] | null} differences */
  compare(differences) {
    this.pinned.hidden = differences === null;
    if (differences === null) return;
    const { words } = this;
    const list = differences.map(({ label, pinned, now }) => words.say('status-difference', { label, kept: pinned, now })).join(', ');
    const text = list ? words.say('status-kept', { differences: list }) : words.say('status-kept-same');
    this.differences.textContent = text;
    this.differences.title = text;
  }

  /** Shows sentences that can be dismissed. @param {(string | Text)[]} sentences @param {Remedy} [remedy] */
  showProblem(sentences, remedy) {
    this.problem.replaceChildren(...sentences.map((sentence) => el('p', {}, [sentence])));
    this.#remedyAction = remedy?.act;
    write(this.remedy, remedy?.text ?? '');
    this.remedy.hidden = !remedy;
    this.problemBox.hidden = false;
  }

  /** Shows in place of the sentence that nothing works. @param {string | Text} message @param {Remedy} remedy */
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
    this.#sentence = this.words.text('status-loading');
    this.#renderSentence();
    keepFocus(this.element, () => this.fixes.replaceChildren(), this.element);
    this.#shownFixes = '';
  }

  dismiss() {
    keepFocus(this.element, () => (this.problemBox.hidden = true), this.element);
    this.problem.replaceChildren();
  }
}
