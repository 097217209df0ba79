// @ts-check
/** Tells what is wrong with a lesson: of a file, each line and why. What was there stays. */
import { emit } from '../element/events.js';
import { messageOf } from '../shared/errors.js';

/** @typedef {import('../types.js').LessonProblem} LessonProblem */

/** A box has no room for more. */
const MOST_LINES = 8;

/** @param {import('../element/laboratory.js').Laboratory} laboratory @param {unknown} error */
export function reportError({ host, words, screen }, error) {
  const { name, file, problems } = /** @type {{ name: string, file?: string, problems?: LessonProblem[] }} */ (error);
  if (!problems || file === undefined) {
    const message = messageOf(error, words);
    screen.status.showProblem([message]);
    emit(host, 'error', { name, message });
    return;
  }
  const lines = problems.map(({ line, said }) => ({ line, message: words.retell(said) }));
  const sentences = [
    words.say('lessons-file-wrong', { name: file }),
    ...lines.slice(0, MOST_LINES).map(({ line, message }) => words.say('lessons-file-line', { line, reason: message })),
    ...(lines.length > MOST_LINES ? [words.say('lessons-file-more', { count: lines.length - MOST_LINES })] : []),
  ];
  screen.status.showProblem(sentences);
  emit(host, 'error', { name, message: sentences.join(' '), problems: lines });
}
