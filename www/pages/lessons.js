// @ts-check
/** The lesson checker of the docs page: a file is checked while it is written, by the code that will open it. */
import { LESSONS } from '../lessons/list.js';
import { el } from '../shared/dom.js';
import { messageOf } from '../shared/errors.js';
import { loadTools, tools } from '../shared/tools.js';
import { ENGLISH } from '../shared/words.js';
import { fetchText } from '../training/data.js';

/** @typedef {import('../types.js').Lesson} Lesson */
/** @typedef {import('../types.js').LessonProblem} LessonProblem */

/** What lessons may name: rows of a table. @returns {Promise<[string, string][]>} */
export async function namedNumbers() {
  await loadTools();
  return JSON.parse(tools.namedNumbers()).map((/** @type {{ name: string, about: string }} */ { name, about }) => [`\`${name}\``, about]);
}

/** A lesson file, read; or what is wrong with it. @param {string} text @returns {Lesson | LessonProblem[]} */
function read(text) {
  try {
    const lesson = new tools.Lesson(text);
    try {
      return JSON.parse(lesson.toJSON());
    } finally {
      lesson.free();
    }
  } catch (error) {
    const { problems } = /** @type {{ problems?: LessonProblem[] }} */ (error);
    if (problems) return problems;
    throw error;
  }
}

/** What a part asks of its reader. @param {Lesson['parts'][number]} part */
function summary({ title, query, ask, goal, steps }) {
  const kinds = { draw: 'draw dW', choose: `choose among ${ask?.kind === 'choose' ? ask.answers.length : 0} answers`, number: 'say a number' };
  const told = [ask && kinds[ask.kind], steps > 0 && `run to step ${steps}`, goal && `puzzle: ${goal.conditions.join(' and ')} within ${goal.within} steps`];
  return el('li', {}, [el('b', {}, [title]), `: ${told.filter(Boolean).join(', ') || 'read'}. `, el('a', { href: `./#${query}` }, ['Open its network'])]);
}

/** Makes the checker work. @param {HTMLElement} place It has a text area, a choice and an output. */
export async function startChecker(place) {
  const [file, choice, output] = ['textarea', 'select', 'output'].map((name) => place.querySelector(name));
  if (!(file instanceof HTMLTextAreaElement && choice instanceof HTMLSelectElement && output)) return;
  const template = file.value;
  await loadTools();
  await ENGLISH.load('lessons');
  const check = () => {
    const result = read(file.value);
    output.className = Array.isArray(result) ? 'wrong' : '';
    if (Array.isArray(result)) {
      output.replaceChildren(el('ul', {}, result.map(({ line, said }) => el('li', {}, [el('b', {}, [`Line ${line}. `]), ENGLISH.retell(said)]))));
    } else {
      const minutes = result.minutes === 1 ? '1 minute' : `${result.minutes} minutes`;
      output.replaceChildren(el('p', {}, ['No mistakes. ', el('b', {}, [result.title]), ` takes ${minutes}:`]), el('ol', {}, result.parts.map(summary)));
    }
  };
  choice.append(...LESSONS.map(({ id, title }) => el('option', { value: id }, [title])));
  choice.addEventListener('change', async () => {
    try {
      file.value = choice.value ? await fetchText(`lesson-${choice.value}.md`) : template;
      check();
    } catch (error) {
      output.textContent = messageOf(error, ENGLISH);
    }
  });
  file.addEventListener('input', check);
  check();
}
