// @ts-check
/** Whether an answer is right, and how one says so. */
import { tools } from '../shared/tools.js';

/** @typedef {import('../types.js').LessonAnswer} LessonAnswer */
/** @typedef {import('../types.js').LessonResult} LessonResult */

/**
 * @param {import('../shared/words.js').Words} words @param {import('./library.js').OpenLesson} lesson @param {number} index
 * @param {LessonAnswer} guess @param {string} config As JSON. @param {import('../types.js').Snapshot} snapshot
 * @returns {LessonResult | null} Null where the answer is of another kind than the question.
 */
export function grade(words, lesson, index, guess, config, snapshot) {
  const { ask } = lesson.parts[index];
  if (ask?.kind === 'choose' && typeof guess === 'number') {
    const right = ask.answers[guess]?.right ?? false;
    return { right, text: right ? words.say('lessons-right') : words.say('lessons-wrong') };
  }
  if (ask?.kind === 'number' && typeof guess === 'number') {
    const { right, truth } = JSON.parse(lesson.graded.answer(index, guess, config, snapshot));
    const args = { guess: { number: String(guess) }, truth };
    return { right, text: right ? words.say('lessons-number-right', args) : words.say('lessons-number-wrong', args) };
  }
  if (ask?.kind === 'draw' && Array.isArray(guess)) {
    // The output layer is drawn too, but the lesson is about the hidden ones.
    const { close, said } = JSON.parse(tools.gradeDrawing(Float64Array.from(guess).subarray(0, snapshot.layers.dw_rms.length - 1), snapshot.layers.dw_rms));
    return { right: close, text: words.retell(said) };
  }
  return null;
}
