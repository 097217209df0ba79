// @ts-check
/** The questions and puzzles in the text: they are asked by the network beside it, as parts of a lesson beside the page. */

const LESSON = 'learn.md';

/** @param {import('./stage.js').Stage} stage */
export function connectQuestions(stage) {
  for (const question of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.ask'))) {
    const button = /** @type {HTMLButtonElement} */ (question.querySelector('button'));
    button.hidden = !('lesson' in stage.lab);
    button.addEventListener('click', () => stage.ask(`${LESSON}/${question.dataset.part}`));
  }
}
