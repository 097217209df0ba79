// @ts-check
/** The attributes that choose what an element shows: parses them and finds values that do not exist. */

/** @typedef {import('../types.js').Schema} Schema */

/** The attributes of the view; the others that matter are settings. */
export const VIEW_ATTRIBUTES = ['charts', 'controls', 'speed', 'theme', 'lang', 'autoplay', 'keys', 'trials', 'table', 'map', 'lesson', 'predict', 'fixes', 'at', 'then', 'moment'];

/** Those that take the run to a step. */
export const MOMENT_ATTRIBUTES = ['at', 'then', 'moment'];

/** @param {string} list Separated by spaces or commas; what stands there twice counts once. */
export const splitList = (list) => [...new Set(list.split(/[\s,]+/).filter(Boolean))];

/** The ids of the charts that are shown unless others are chosen. @param {Schema} schema */
export const defaultCharts = ({ charts }) => charts.filter((chart) => chart.default).map(({ id }) => id);

/** @param {Schema} schema @param {string | null} attribute */
export function parseCharts(schema, attribute) {
  const known = schema.charts.map(({ id }) => id);
  const ids = attribute === null ? defaultCharts(schema) : splitList(attribute);
  const valid = ids.filter((id) => known.includes(id));
  const shown = valid.length > 0 || ids.length === 0 ? valid : defaultCharts(schema);
  const charts = shown.map((id) => schema.charts[known.indexOf(id)]);
  return { charts, unknown: ids.filter((id) => !known.includes(id)).join(' '), known: known.join(', ') };
}

/** @param {Schema} schema @param {string | null} attribute */
export function parseControls(schema, attribute) {
  const known = schema.fields.map(({ name }) => name);
  const listed = splitList((attribute ?? 'all').replaceAll('-', '_'));
  const [all, none] = [listed.includes('all'), listed.includes('none')];
  const names = all ? known : listed.filter((name) => known.includes(name));
  const unknown = listed.filter((name) => !known.includes(name) && name !== 'all' && name !== 'none').join(' ');
  return { names, all, none, unknown, known: known.join(', ') };
}

/** A number as one writes it: no hexadecimal, no spaces. */
const DECIMAL = /^\+?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** @param {string | null} speed */
export const isSpeed = (speed) => speed === null || speed === 'max' || (DECIMAL.test(speed) && Number(speed) > 0 && Number(speed) <= 1000);
