// @ts-check
/** The card of a lesson, which stands where the verdict stands: title, place, text, question, answer, and the way on. */
import { el, label, write } from '../shared/dom.js';

/** @typedef {import('../shared/words.js').Text} Text */
/** @typedef {import('../shared/words.js').Words} Words */

/** @param {string} className @param {string | Text} face @param {Text} name @param {() => void} act */
function button(className, face, name, act) {
  const made = el('button', { type: 'button', class: className, title: name, 'aria-label': name }, [face]);
  made.addEventListener('click', act);
  return made;
}

export class Card {
  /**
   * @param {Words} words
   * @param {{ previous: () => void, next: () => void, leave: () => void, back: () => void }} actions `back` returns to the
   *   network of the part.
   */
  constructor(words, actions) {
    this.words = words;
    this.title = el('h2', { class: 'lesson-title', tabindex: '-1' });
    this.lesson = el('span', { class: 'lesson-of' });
    this.place = el('span');
    this.where = el('p', { class: 'lesson-where' }, [this.lesson, this.place]);
    this.fold = button('lesson-fold', '▾', words.text('lessons-fold'), () => this.toggle());
    this.modified = el('button', { type: 'button', class: 'lesson-modified', title: words.text('lessons-modified.title'), hidden: '' }, [words.text('lessons-modified')]);
    this.modified.addEventListener('click', actions.back);
    this.previous = button('lesson-step', '‹', words.text('lessons-previous'), actions.previous);
    this.next = button('lesson-step', '›', words.text('lessons-next'), actions.next);
    this.leave = button('lesson-leave', '', words.text('lessons-leave'), actions.leave);
    label(this.leave, 'title', words.text('lessons-leave.title'));
    this.leave.append(el('span', { class: 'caption' }, [words.text('lessons-leave')]), el('span', { class: 'sign' }, ['×']));
    this.text = el('div', { class: 'lesson-text' });
    this.work = el('div', { class: 'lesson-work' });
    this.after = el('div', { class: 'lesson-after' });
    this.foot = el('div', { class: 'lesson-foot' });
    this.body = el('div', { class: 'lesson-body' }, [this.text, this.work, this.after]);
    this.element = el('section', { class: 'lesson-card' }, [
      el('header', { class: 'lesson-head' }, [
        this.fold,
        el('div', { class: 'lesson-titles' }, [this.title, this.where]),
        this.modified,
        el('div', { class: 'lesson-ways' }, [this.previous, this.next, this.leave]),
      ]),
      this.body,
      this.foot,
    ]);
  }

  /** Shows another part. @param {{ lesson: string, title: string, part: number, parts: number }} place Parts count from 1. */
  begin({ lesson, title, part, parts }) {
    label(this.element, 'aria-label', lesson);
    write(this.title, title);
    write(this.lesson, `${lesson} · `);
    write(this.place, this.words.text('lessons-where', { part, parts }));
    this.previous.disabled = part === 1;
    this.next.disabled = part === parts;
    this.modified.hidden = true;
    for (const place of [this.text, this.work, this.after, this.foot]) place.replaceChildren();
    this.isFolded = false;
    this.body.scrollTop = 0;
  }

  /** Only its head is seen. */
  set isFolded(/** @type {boolean} */ isFolded) {
    this.fold.setAttribute('aria-expanded', String(!isFolded));
    this.fold.textContent = isFolded ? '▸' : '▾';
    this.element.classList.toggle('folded', isFolded);
    this.element.closest('.lab')?.classList.toggle('lesson-folded', isFolded);
  }

  get isFolded() {
    return this.element.classList.contains('folded');
  }

  toggle() {
    this.isFolded = !this.isFolded;
  }

  /** A button below all. @param {Text} text @param {() => void} act @param {boolean} [isMain] */
  addAction(text, act, isMain = false) {
    const made = el('button', { type: 'button', ...(isMain ? { class: 'lesson-main' } : {}) }, [text]);
    made.addEventListener('click', act);
    this.foot.append(made);
    return made;
  }
}
