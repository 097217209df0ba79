// @ts-check
/** What a link must hold to bring back what is on the screen. */
import { wasm } from '../shared/wasm.js';
import { stateDigest } from './digest.js';
import { changesOf, formatPlan, parseStep, startOf } from './plan.js';

/** @typedef {import('../element/laboratory.js').Laboratory} Laboratory */
/** @typedef {import('../types.js').LiveChange} LiveChange */
/** What is on the screen: a config in which it began (as JSON), and the attributes that take it there. @typedef {{ config: string, view: Record<string, string>, step: number, changes: LiveChange[], digest: string, hasKept: boolean }} MomentParts */
/** What `moment` holds. @typedef {{ digest: string, kept?: string, layer?: number, lesson?: string, part: number, answers: any[] }} Moment */

/** What is on the screen now; undefined before the first snapshot. @param {Laboratory} laboratory @returns {MomentParts | undefined} */
export function momentOf(laboratory) {
  const { run, screen, figures, store } = laboratory;
  const { schema } = store;
  if (!run.snapshot || !schema || !figures) return undefined;
  const { kept, numbers } = screen.comparison;
  // Of an earlier step there are no weights any more, of which a digest would be.
  const step = numbers?.step ?? run.snapshot.step;
  const digest = step === run.snapshot.step ? stateDigest(run.snapshot) : '';
  const changes = changesOf(run.configs, step);
  const moment = new URLSearchParams({ digest });
  if (figures.selected !== undefined) moment.set('layer', String(figures.selected + 1));
  if (kept) moment.set('kept', readable(new URLSearchParams([...new URLSearchParams(wasm.configToQuery(startOf(kept.configs))), ...travel(kept, schema)])));
  for (const [name, value] of lessonOf(laboratory)) moment.set(name, value);
  const view = { ...Object.fromEntries(travel({ configs: run.configs, step }, schema)), moment: readable(moment) };
  return { config: startOf(run.configs), view, step, changes, digest, hasKept: kept !== undefined };
}

/** The attributes that take a run to its step. @param {{ configs: { step: number, config: string }[], step: number }} run @param {import('../types.js').Schema} schema */
function travel({ configs, step }, schema) {
  const then = formatPlan(changesOf(configs, step), schema);
  return [['at', String(step)], ...(then ? [['then', then]] : [])];
}

/** The lesson's part, and what was answered. @param {Laboratory} laboratory @returns {[string, string][]} */
function lessonOf(laboratory) {
  const { lessons } = laboratory;
  if (!lessons?.lesson || lessons.lesson.isFile) return [];
  return [['lesson', lessons.lesson.id], ['part', String(lessons.index + 1)], ['answers', JSON.stringify(lessons.answers)]];
}

/** Parameters as a text in which one recognises what stands there: these signs mean nothing in a fragment. @param {URLSearchParams | string} parameters */
export const readable = (parameters) => String(parameters).replaceAll(/%(3A|3B|3D|2C|2F)/g, decodeURIComponent);

/** Reads the attribute `moment`. @param {string} text @returns {Moment} */
export function parseMoment(text) {
  const parameters = new URLSearchParams(text);
  const of = (/** @type {string} */ name) => parameters.get(name) ?? undefined;
  return { digest: of('digest') ?? '', kept: of('kept'), layer: parseStep(of('layer') ?? '') || undefined, lesson: of('lesson'), part: parseStep(of('part') ?? '') || 1, answers: parseList(of('answers')) };
}

/** @param {string} [text] @returns {any[]} */
function parseList(text = '[]') {
  try {
    const list = JSON.parse(text);
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}
