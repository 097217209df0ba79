// @ts-check
/** On a first visit: a quiet offer of the first lesson, which goes away for good. */
import { el, retell } from '../shared/dom.js';
import { Words } from '../shared/words.js';
import { LESSONS } from './list.js';
import { progress } from './progress.js';
import { addLessonStyles } from './styles.js';

/** @param {import('../gradient-flow.js').GradientFlow} lab */
export async function offerLesson(lab) {
  const root = /** @type {HTMLElement | null | undefined} */ (lab.shadowRoot?.querySelector('.lab'));
  const menu = /** @type {HTMLElement | null | undefined} */ (root?.querySelector('.lessons-button'));
  if (!root || !menu) return;
  const words = new Words();
  await Promise.all([addLessonStyles(lab.shadowRoot), words.load('lessons')]);
  await words.choose(root.lang);
  const [{ id, title, minutes }] = LESSONS;
  const start = el('button', { type: 'button', class: 'lesson-main' }, [words.text('lessons-offer-start')]);
  const dismiss = el('button', { type: 'button' }, [words.text('lessons-offer-dismiss')]);
  const offer = el('aside', { class: 'lesson-offer' }, [el('p', {}, [words.text('lessons-offer', { title, minutes })]), el('div', {}, [start, dismiss])]);
  const language = new MutationObserver(async () => {
    await words.choose(root.lang);
    retell(offer);
  });
  const close = () => {
    language.disconnect();
    offer.remove();
    progress.closeOffer();
  };
  start.addEventListener('click', () => {
    close();
    lab.lesson = id;
  });
  dismiss.addEventListener('click', () => {
    close();
    menu.focus();
  });
  // Whoever finds the menu needs no offer.
  menu.addEventListener('click', close, { once: true });
  lab.addEventListener('gradient-flow-lesson', close, { once: true });
  language.observe(root, { attributes: true, attributeFilter: ['lang'] });
  root.append(offer);
}
