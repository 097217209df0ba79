// @ts-check
/** The verdict over the charts, in large type, with its fixes and reasons, and the comparison with a kept run. */
import { closeButton, el, write } from '../shared/dom.js';
import { keepFocus } from '../shared/focus.js';
import { ProblemBox } from './problem-box.js';
import { Reasons } from './reasons.js';

/** @typedef {import('../shared/words.js').Text} Text */
/** @typedef {import('../types.js').Status} Status */
/** @typedef {import('../types.js').Values} Values */
/** @typedef {import('./problem-box.js').Remedy} Remedy */
/** A setting that a kept run has otherwise. @typedef {{ label: string, pinned: string, now: string }} Difference */

export class StatusLine {
  /** The fixes on the screen, as JSON. */
  #shownFixes = '';
  /** @type {{ title: string | Text, text: string | Text }} */
  #verdict;
  /** Takes the place of the verdict. @type {Text | undefined} */
  #travelText;

  /**
   * @param {import('../shared/words.js').Words} words
   * @param {{ fix: (patch: Values) => void, unpin: () => void, returnToLatest: () => void }} actions
   */
  constructor(words, actions) {
    this.words = words;
    this.actions = actions;
    this.#verdict = { title: words.text('status-loading'), text: '' };
    this.headline = el('h2', { class: 'headline' }, [this.#verdict.title]);
    this.text = el('p', { class: 'text' });
    this.latest = el('button', { type: 'button', class: 'latest', hidden: '' }, [words.text('status-latest')]);
    this.latest.addEventListener('click', actions.returnToLatest);
    this.intro = el('span', { class: 'fixes-intro', hidden: '' }, [words.text('status-fixes')]);
    this.fixes = el('div', { class: 'fixes' });
    this.reasons = new Reasons(words);
    this.problems = new ProblemBox(words);
    this.differences = el('span', { class: 'differences' });
    this.pinned = el('div', { class: 'pinned', hidden: '' }, [this.differences, closeButton(words.text('status-unkeep'), actions.unpin)]);
    this.element = el('div', { class: 'status', role: 'group', 'aria-label': words.text('status-label'), tabindex: '-1' }, [
      el('div', { class: 'verdict' }, [this.headline, this.pinned]),
      this.text,
      el('div', { class: 'actions' }, [this.latest, this.intro, this.fixes, this.reasons.button]),
      this.reasons.box,
      this.problems.element,
    ]);
  }

  /** Takes the place of the verdict while the charts show an earlier step. @param {Text | undefined} text */
  set travelText(text) {
    this.#travelText = text;
    keepFocus(this.element, () => (this.latest.hidden = text === undefined), this.element);
    if (text) this.reasons.toggle(false);
    this.#renderVerdict();
  }

  #renderVerdict() {
    const { title, text } = this.#travelText ? { title: this.#travelText, text: '' } : this.#verdict;
    if (this.headline.textContent !== String(title)) write(this.headline, title);
    if (this.text.textContent !== String(text)) write(this.text, text);
  }

  /** Shows a diagnosis. @param {Status} status */
  show(status) {
    this.element.dataset.tone = status.tone;
    this.#verdict = status;
    this.#renderVerdict();
    this.reasons.show(status);
    this.#introduce(status.fixes.length, status.progress);
    const fixes = JSON.stringify(status.fixes);
    if (fixes === this.#shownFixes) return;
    this.#shownFixes = fixes;
    keepFocus(this.element, () => this.fixes.replaceChildren(...status.fixes.map((fix) => this.#fixButton(fix))), this.element);
  }

  /** What stands before the fixes: how far their trials are, or what they are. @param {number} count @param {string} [progress] */
  #introduce(count, progress = '') {
    const { intro, words } = this;
    const text = progress || words.text('status-fixes');
    intro.hidden = count === 0 && progress === '';
    intro.classList.toggle('alone', count === 0);
    if (intro.textContent !== String(text)) write(intro, text);
  }

  /** @param {Status['fixes'][number]} fix */
  #fixButton({ label, result, note = '', patch }) {
    const reached = result ? [' ', el('span', { class: 'reached' }, [`→ ${result}`])] : [];
    const button = el('button', { type: 'button', class: 'fix', title: note }, [el('span', { class: 'name' }, [label]), ...reached]);
    button.addEventListener('click', () => this.actions.fix(patch));
    return button;
  }

  /** What is said of the kept run. */
  get comparison() {
    return this.pinned.hidden ? '' : (this.differences.textContent ?? '');
  }

  /** What the kept run has otherwise; null where none is kept. @param {Difference[] | null} differences */
  compare(differences) {
    const { words, reasons } = this;
    this.pinned.hidden = differences === null;
    if (differences === null) {
      write(reasons.kept, '');
      return;
    }
    const list = differences.map(({ label, pinned, now }) => words.say('status-difference', { label, kept: pinned, now })).join(', ');
    const text = list ? words.say('status-kept', { differences: list }) : words.say('status-kept-same');
    this.differences.textContent = text;
    this.differences.title = text;
    write(reasons.kept, text);
  }

  /** Shows sentences that can be dismissed. @param {(string | Text)[]} sentences @param {Remedy} [remedy] */
  showProblem(sentences, remedy) {
    this.problems.show(sentences, remedy);
  }

  dismiss() {
    this.problems.close();
  }

  /** Shows in place of the verdict that nothing works. @param {string | Text} message @param {Remedy} remedy */
  showFailure(message, remedy) {
    this.element.dataset.tone = 'failed';
    this.#replaceVerdict(this.words.text('status-failed'), message);
    const button = el('button', { type: 'button', class: 'fix' }, [remedy.text]);
    button.addEventListener('click', remedy.act);
    this.fixes.replaceChildren(button);
  }

  /** Shows that another try to load has begun. */
  showLoading() {
    delete this.element.dataset.tone;
    this.#replaceVerdict(this.words.text('status-loading'), '');
  }

  /** @param {Text} title @param {string | Text} text */
  #replaceVerdict(title, text) {
    this.#verdict = { title, text };
    this.#renderVerdict();
    this.reasons.show({ fixes: [] });
    keepFocus(this.element, () => this.fixes.replaceChildren(), this.element);
    this.#introduce(0);
    this.#shownFixes = '';
  }
}
