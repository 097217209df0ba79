// @ts-check
/** What was guessed and answered, as plain data: for links, which bring it back, and for reports. */
import { plainText } from './text.js';

/** @typedef {import('../types.js').LessonAnswer} LessonAnswer */
/** @typedef {import('../types.js').LessonPart} LessonPart */
/** @typedef {import('../types.js').LessonRecord} LessonRecord */
/** @typedef {import('../types.js').LessonResult} LessonResult */
/** What was answered in a part; a null guess was skipped. @typedef {{ guess: LessonAnswer | null } | null | undefined} Answer */

/** More layers than this has no network. */
const MOST_LAYERS = 1000;

/** An answer from elsewhere, if it can be one to the question of a part. @param {LessonPart} part @param {Answer} answer @returns {Answer} */
export function checkAnswer({ ask }, answer) {
  if (!ask || typeof answer !== 'object' || answer === null) return undefined;
  const { guess } = answer;
  if (guess === null) return { guess };
  if (ask.kind === 'draw') return Array.isArray(guess) && guess.length > 0 && guess.length <= MOST_LAYERS && guess.every(Number.isFinite) ? { guess } : undefined;
  if (typeof guess !== 'number' || !Number.isFinite(guess)) return undefined;
  return ask.kind === 'number' || ask.answers[guess] ? { guess } : undefined;
}

/**
 * @param {import('./library.js').OpenLesson} lesson @param {number} index The part, from 0.
 * @param {LessonAnswer | string | null} guess A text is in words already. @param {LessonResult | null} result @returns {LessonRecord}
 */
export function recordOf({ id, title, parts }, index, guess, result) {
  const { title: heading, text, ask, goal } = parts[index];
  const inWords = ask?.kind === 'choose' && typeof guess === 'number' ? plainText([{ p: ask.answers[guess].text }]) : guess;
  return { id, title, part: index + 1, heading, question: plainText([...text, ...(ask?.text ?? goal?.text ?? [])]), guess: inWords, result };
}
