// @ts-check
/** A line over the charts: how far a replay is, with a button to cancel it, and what has come of it. */
import { fetchStyleSheet } from '../shared/assets.js';
import { closeButton, el, write } from '../shared/dom.js';
import { keepFocus } from '../shared/focus.js';
import { Text } from '../shared/words.js';

/** @typedef {import('../words/messages.js').Messages} Messages */

/** Milliseconds after which a replay is worth a line. */
const DELAY = 250;

export class MomentLine {
  #text = el('span', { class: 'moment-text' });
  #bar = el('progress');
  #way = { from: 0, to: 0, isKept: false };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {import('../shared/words.js').Words} words
   * @param {import('../element/screen.js').Screen} screen
   * @param {() => void} cancel
   */
  constructor(words, screen, cancel) {
    this.words = words;
    this.screen = screen;
    this.cancel = el('button', { type: 'button', class: 'moment-cancel' }, [words.text('moment-cancel')]);
    this.cancel.addEventListener('click', cancel);
    this.close = closeButton(words.text('status-dismiss'), () => this.hide());
    this.element = el('div', { class: 'moment', role: 'group', 'aria-label': words.text('moment-label'), hidden: '' }, [this.#text, this.#bar, this.cancel, this.close]);
    screen.root.append(this.element);
    this.#style();
  }

  async #style() {
    const shadow = /** @type {ShadowRoot} */ (this.screen.host.shadowRoot);
    // Without it the line still says the same.
    const sheet = await fetchStyleSheet('moments/moments.css').catch(() => undefined);
    if (sheet) shadow.adoptedStyleSheets.push(sheet);
  }

  /** A replay begins. @param {number} from @param {number} to @param {boolean} isKept Of the kept run. */
  begin(from, to, isKept) {
    this.hide();
    this.#way = { from, to, isKept };
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#show('busy');
      this.screen.announcer.announce(this.#text.textContent ?? '');
    }, DELAY);
    this.advance(from);
  }

  /** It has come to a step. @param {number} step */
  advance(step) {
    const { from, to, isKept } = this.#way;
    write(this.#text, this.words.text(isKept ? 'moment-replaying-kept' : 'moment-replaying', { step, steps: to }));
    [this.#bar.max, this.#bar.value] = [to - from, Math.max(0, step - from)];
  }

  /**
   * Says what has come of it.
   * @template {keyof Messages} Id @param {Id} id @param {Messages[Id]} args
   */
  say(id, ...args) {
    this.#tell('calm', id, args[0]);
  }

  /**
   * Says that something is not as it should be.
   * @template {keyof Messages} Id @param {Id} id @param {Messages[Id]} args
   */
  warn(id, ...args) {
    this.#tell('warning', id, args[0]);
  }

  /** @param {string} kind @param {string} id @param {Record<string, import('../types.js').Value>} [values] */
  #tell(kind, id, values = {}) {
    this.hide();
    write(this.#text, new Text(this.words, { id, arguments: values }));
    this.#show(kind);
    this.screen.announcer.announce(this.#text.textContent ?? '');
  }

  /** @param {string} kind */
  #show(kind) {
    this.element.dataset.kind = kind;
    this.#bar.hidden = this.cancel.hidden = kind !== 'busy';
    this.close.hidden = kind === 'busy';
    this.element.hidden = false;
  }

  hide() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { status } = this.screen;
    keepFocus(this.element, () => (this.element.hidden = true), status.element);
  }
}
