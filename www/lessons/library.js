// @ts-check
/** Finds lessons and reads them: built-in ones by their ids, a teacher's own by its address or as a file. */
import { attempt } from '../shared/arguments.js';
import { toError } from '../shared/errors.js';
import { given, problem } from '../shared/problems.js';
import { loadTools, tools } from '../shared/tools.js';
import { fetchText } from '../training/data.js';
import { LESSONS } from './list.js';

/** @typedef {import('../types.js').Lesson} Lesson */

/** A lesson that has been read. `free` gives its memory back. */
export class OpenLesson {
  /**
   * @param {string} id That of a built-in one, or an address; the name of a file.
   * @param {boolean} isBuiltIn
   * @param {boolean} isFile It has no address under which it could be found again.
   * @param {InstanceType<typeof tools.Lesson>} graded
   */
  constructor(id, isBuiltIn, isFile, graded) {
    this.id = id;
    this.isBuiltIn = isBuiltIn;
    this.isFile = isFile;
    /** Of its text; that of a teacher's own is not known. */
    this.lang = isBuiltIn ? 'en' : '';
    this.graded = graded;
    /** @type {Lesson} */
    const { title, predict, parts } = JSON.parse(graded.toJSON());
    this.title = title;
    this.predict = predict;
    this.parts = parts;
  }

  free() {
    this.graded.free();
  }
}

/** The lesson after a built-in one. @param {string} id */
export const lessonAfter = (id) => LESSONS[LESSONS.findIndex((lesson) => lesson.id === id) + 1];

/**
 * What an attribute or a link names: `vanishing`, `vanishing/2`, `week-3.md`, `https://…/week-3.md/2`.
 * @param {string} address @returns {{ id: string, part: number }} Parts count from 1.
 */
export function parseAddress(address) {
  const [, id, part] = /^(.*?)(?:\/(\d{1,3}))?$/s.exec(address.trim()) ?? [];
  return { id, part: Number(part ?? 1) };
}

/** The opposite. @param {string} id @param {number} part */
export const formatAddress = (id, part) => (part > 1 ? `${id}/${part}` : id);

/** @param {string | File} source An id, an address, or a file. @returns {Promise<OpenLesson>} */
export async function openLesson(source) {
  if (typeof source !== 'string') return read(source.name, false, true, await source.text());
  const isBuiltIn = LESSONS.some(({ id }) => id === source);
  if (isBuiltIn) return read(source, true, false, await fetchText(`lesson-${source}.md`));
  const url = attempt(() => new URL(source, document.baseURI));
  // What is no file's name and no path was meant as an id.
  if (!url || !/[./]/.test(source)) throw toError(problem('LessonError', 'lessons-unknown', { id: given(source), known: LESSONS.map(({ id }) => id).join(', ') }));
  return read(source, false, false, await fetchOwn(url));
}

/** @param {string} id @param {boolean} isBuiltIn @param {boolean} isFile @param {string} text */
async function read(id, isBuiltIn, isFile, text) {
  await loadTools();
  try {
    return new OpenLesson(id, isBuiltIn, isFile, new tools.Lesson(text));
  } catch (error) {
    throw Object.assign(/** @type {Error} */ (error), { file: id.split('/').at(-1) });
  }
}

/** A file beside the page. @param {URL} url */
async function fetchOwn(url) {
  const file = url.pathname;
  let response;
  try {
    response = await fetch(url);
  } catch {
    throw toError(problem('LoadError', 'load-offline', { file }));
  }
  if (!response.ok) throw toError(problem('LoadError', 'load-status', { file, status: response.status }));
  return response.text();
}
