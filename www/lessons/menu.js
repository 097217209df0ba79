// @ts-check
/** The menu of lessons: the built-in ones, with what is done, and a file of one's own. */
import { openDialog } from '../dialogs/dialog.js';
import { siteAddress } from '../shared/assets.js';
import { el, write } from '../shared/dom.js';
import { LESSONS } from './list.js';
import { progress } from './progress.js';

/** @param {import('./lessons.js').Lessons} lessons */
export async function openMenu(lessons) {
  const { words, host } = lessons;
  const { lesson: link } = lessons.laboratory;
  /** @param {string | File} source */
  const enter = (source) => {
    dialog.close?.();
    dialog.remove();
    link.with((loaded) => loaded.enter(source));
  };
  const list = el('ol', { class: 'lesson-list' });
  const fill = () => list.replaceChildren(...LESSONS.map((lesson) => item(words, lesson, lessons.lesson?.id === lesson.id, () => enter(lesson.id))));
  fill();
  const file = /** @type {HTMLInputElement} */ (el('input', { type: 'file', accept: '.md,.markdown,text/markdown', class: 'unseen', tabindex: '-1', 'aria-label': words.text('lessons-open-file') }));
  file.addEventListener('change', () => file.files?.[0] && enter(file.files[0]));
  const open = el('button', { type: 'button' }, [words.text('lessons-open-file')]);
  open.addEventListener('click', () => file.click());
  const clear = el('button', { type: 'button', class: 'lesson-clear' }, [words.text('lessons-clear')]);
  clear.hidden = progress.isEmpty;
  clear.addEventListener('click', () => {
    progress.clear();
    fill();
    open.focus();
    clear.hidden = true;
  });
  const site = siteAddress();
  const guide = site === undefined ? [] : [el('a', { href: `${site}docs.html#lessons`, target: '_blank' }, [words.text('lessons-write')])];
  const foot = el('div', { class: 'lesson-menu-foot' }, [open, file, ...guide, clear]);
  const local = el('p', { class: 'hint' });
  write(local, words.text('lessons-local'));
  const dialog = await openDialog(host, words, words.text('lessons-menu'), 'lesson-menu', [el('p', { class: 'hint' }, [words.text('lessons-menu-hint')]), list, foot, local]);
  /** @type {HTMLElement | null} */ (list.querySelector('[aria-current], button'))?.focus();
  progress.closeOffer();
}

/**
 * @param {import('../shared/words.js').Words} words @param {{ id: string, title: string, minutes: number }} lesson
 * @param {boolean} isOn @param {() => void} enter
 */
function item(words, { id, title, minutes }, isOn, enter) {
  const { done, parts } = progress.of(id);
  const isDone = done > 0 && done === parts;
  const told = isDone ? words.text('lessons-done') : words.text('lessons-some-done', { done, parts });
  const state = done === 0 ? [] : [el('span', { class: isDone ? 'lesson-done' : 'lesson-some' }, isDone ? ['✓ ', told] : [el('span', { 'aria-hidden': 'true' }, [`${done}/${parts}`]), el('span', { class: 'unseen' }, [told])])];
  const time = el('span', { class: 'lesson-minutes' }, [words.text('lessons-minutes', { minutes })]);
  const button = el('button', { type: 'button', 'data-lesson': id, ...(isOn ? { 'aria-current': 'true' } : {}) }, [el('span', { class: 'lesson-name' }, [title]), ...state, time]);
  button.addEventListener('click', enter);
  return el('li', {}, [button]);
}
