// @ts-check
/** The attributes of the view: what they mean, and what of them is not known. */

/** @typedef {import('../types.js').Schema} Schema */

export const VIEW = ['charts', 'controls', 'speed', 'theme'];

/** @param {string} text */
const words = (text) => text.split(/[\s,]+/).filter(Boolean);

/** The ids of the charts that one sees first. @param {Schema} schema */
export const usual = ({ charts }) => charts.filter((chart) => chart.usual).map(({ id }) => id);

/** @param {Schema} schema @param {string | null} attribute */
export function chosenCharts(schema, attribute) {
  const known = schema.charts.map(({ id }) => id);
  const ids = attribute === null ? usual(schema) : words(attribute);
  const shown = ids.filter((id) => known.includes(id));
  const charts = (shown.length > 0 || ids.length === 0 ? shown : usual(schema)).map((id) => schema.charts[known.indexOf(id)]);
  return { charts, unknown: ids.filter((id) => !known.includes(id)).join(' '), allowed: known.join(', ') };
}

/** @param {Schema} schema @param {string | null} attribute */
export function chosenControls(schema, attribute) {
  const known = schema.fields.map(({ name }) => name);
  const named = words(attribute ?? 'all').map((name) => name.replaceAll('-', '_'));
  const [all, none] = [named.includes('all'), named.includes('none')];
  const names = all ? known : named.filter((name) => known.includes(name));
  const unknown = named.filter((name) => !known.includes(name) && name !== 'all' && name !== 'none').join(' ');
  return { names, all, none, unknown, allowed: `all, none, or some of ${known.join(', ')}` };
}

/** Is it a speed? @param {string | null} speed */
export const isSpeed = (speed) => speed === null || speed === 'max' || (Number(speed) > 0 && Number(speed) <= 1000);
